import { LIVE_LIMITS } from '../contracts/live.ts';
import { toWindows, WINDOW_SECONDS } from './voice-window.ts';

/** Probability at which a voice begins, and the lower one below which it has fallen silent. */
const ONSET_PROBABILITY = 0.5;
const OFFSET_PROBABILITY = 0.35;
/** A voice heard for less before it falls silent for as long is a click or a cough. */
const MINIMUM_SPEECH_WINDOWS = toWindows(0.1);
/**
 * One that was never as clear as this counts only when it goes on for longer than chairs creak. Of 38 creaks that opened
 * an utterance 15 still do; 609 utterances of speech from -20 to -50 dBFS, and 10 dB above noises, stay as they were. Of
 * 290 words cut out of speech and heard alone as many open one down to -30 dBFS, and 8 fewer at -40 dBFS.
 */
const CLEAR_PROBABILITY = 0.8;
const DOUBTFUL_SPEECH_WINDOWS = toWindows(0.32);
/** After so much silence it was a noise; until then it may be the soft beginning of a word. */
const DOUBTFUL_PAUSE_WINDOWS = toWindows(0.5);
/** Sound kept on both sides of an utterance: the detector hears soft beginnings and endings late. */
const PADDING_WINDOWS = toWindows(0.3);
const LONGEST_WINDOWS = Math.floor(LIVE_LIMITS.utteranceSeconds / WINDOW_SECONDS);

/** Somebody speaks, or seems to. Windows are counted from the session's beginning; ends are exclusive. */
export interface OpenUtterance {
  /** Pre-roll included. */
  readonly startWindow: number;
  readonly voiceStartWindow: number;
  readonly voiceEndWindow: number;
  /** False as long as it may be a click. */
  readonly isSpeech: boolean;
  /** Of each window from `voiceStartWindow` on. */
  readonly probabilities: readonly number[];
}

export interface EndpointerState {
  /** The window to be heard next. */
  readonly window: number;
  /** Where the utterance before ended: no pre-roll reaches back over it. */
  readonly fromWindow: number;
  readonly open: OpenUtterance | null;
}

export interface EndedUtterance {
  readonly startWindow: number;
  readonly endWindow: number;
  /** Cut while somebody spoke: the next utterance begins where this one ends. */
  readonly goesOn: boolean;
}

export interface Heard {
  readonly state: EndpointerState;
  /** Speech was recognised as such with this window. */
  readonly begun: OpenUtterance | null;
  readonly ended: EndedUtterance | null;
}

/** Nobody speaks at `window`; the utterance before ended at `fromWindow`. */
export function silentFrom(window: number, fromWindow: number = window): EndpointerState {
  return { window, fromWindow, open: null };
}

/** An utterance was cut at `window` while somebody spoke. */
export function goingOnFrom(window: number): EndpointerState {
  return { ...silentFrom(window), open: goingOn(window, window, []) };
}

/**
 * Takes the probability of speech in the next window. An utterance begins 0.3 s before a voice is heard, and ends when
 * the voice has been silent for the pause, or at 15 s: there at the least voiced window of its last third.
 *
 * What comes out depends on the windows since the last end alone (and on whether that one went on), so that the same
 * ends come out when a session is taken up again from there.
 */
export function heard(state: EndpointerState, probability: number, pauseSeconds: number): Heard {
  const next = state.open ? grown(state.open, state.window, probability) : begunAt(state, probability);
  const window = state.window + 1;
  const quiet = { state: { ...state, window, open: null }, begun: null, ended: null };
  if (next === null) return quiet;

  const silentWindows = window - next.voiceEndWindow;
  const isClick = !next.isSpeech && silentWindows >= pauseAfterDoubt(next);
  const isOver = next.isSpeech && silentWindows >= toWindows(pauseSeconds);
  if (isClick || (isOver && !hasVoice(next))) return quiet;
  const begun = next.isSpeech && state.open?.isSpeech !== true ? next : null;
  if (isOver) {
    const ended = ending(next, endAfterVoice(next, window), false);
    return { state: silentFrom(window, ended.endWindow), begun, ended };
  }
  if (window - next.startWindow >= LONGEST_WINDOWS) {
    const cut = leastVoicedWindow(next);
    const open = goingOn(
      cut,
      Math.max(cut, next.voiceEndWindow),
      next.probabilities.slice(cut - next.voiceStartWindow),
    );
    return { state: { window, fromWindow: cut, open }, begun, ended: ending(next, cut, true) };
  }
  return { state: { ...state, window, open: next }, begun, ended: null };
}

/**
 * Ends what is being said at the window to be heard next, or where its pause would end it if that is before; nothing
 * happens when nobody speaks. What is left of a word that is cut is the next utterance's, or a click if it is short:
 * better than words made up from a breath.
 */
export function finalized(state: EndpointerState): { state: EndpointerState; ended: EndedUtterance | null } {
  const { open, window } = state;
  if (!open?.isSpeech || !hasVoice(open)) return { state, ended: null };
  const ended = ending(open, endAfterVoice(open, window), false);
  return { state: silentFrom(window, ended.endWindow), ended };
}

/** Whether anything was said since a cut: what is left of an utterance may be its closing silence. */
export function hasVoice(open: OpenUtterance): boolean {
  return open.voiceEndWindow > open.voiceStartWindow;
}

function begunAt({ window, fromWindow }: EndpointerState, probability: number): OpenUtterance | null {
  if (probability < ONSET_PROBABILITY) return null;
  return speechOnceLongEnough({
    startWindow: Math.max(fromWindow, window - PADDING_WINDOWS),
    voiceStartWindow: window,
    voiceEndWindow: window + 1,
    isSpeech: false,
    probabilities: [probability],
  });
}

function grown(open: OpenUtterance, window: number, probability: number): OpenUtterance {
  const voiceEndWindow = probability >= OFFSET_PROBABILITY ? window + 1 : open.voiceEndWindow;
  return speechOnceLongEnough({ ...open, voiceEndWindow, probabilities: [...open.probabilities, probability] });
}

function speechOnceLongEnough(open: OpenUtterance): OpenUtterance {
  return { ...open, isSpeech: open.isSpeech || isLongEnough(open) };
}

function isLongEnough(open: OpenUtterance): boolean {
  const voicedWindows = countVoiced(open);
  if (voicedWindows >= DOUBTFUL_SPEECH_WINDOWS) return true;
  return voicedWindows >= MINIMUM_SPEECH_WINDOWS && Math.max(...open.probabilities) >= CLEAR_PROBABILITY;
}

function pauseAfterDoubt(open: OpenUtterance): number {
  return countVoiced(open) >= MINIMUM_SPEECH_WINDOWS ? DOUBTFUL_PAUSE_WINDOWS : MINIMUM_SPEECH_WINDOWS;
}

function countVoiced({ probabilities }: OpenUtterance): number {
  return probabilities.filter((probability) => probability >= OFFSET_PROBABILITY).length;
}

function goingOn(cut: number, voiceEndWindow: number, probabilities: readonly number[]): OpenUtterance {
  return { startWindow: cut, voiceStartWindow: cut, voiceEndWindow, isSpeech: true, probabilities };
}

function ending({ startWindow }: OpenUtterance, endWindow: number, goesOn: boolean): EndedUtterance {
  return { startWindow, endWindow, goesOn };
}

function endAfterVoice({ voiceEndWindow }: OpenUtterance, window: number): number {
  return Math.min(window, voiceEndWindow + PADDING_WINDOWS);
}

/** In the last third, where a cut costs least; the latest of equals. */
function leastVoicedWindow({ voiceStartWindow, probabilities }: OpenUtterance): number {
  let least = probabilities.length - 1;
  for (let at = least; at > (2 * probabilities.length) / 3; at--) {
    if (probabilities[at]! < probabilities[least]!) least = at;
  }
  return voiceStartWindow + least;
}
