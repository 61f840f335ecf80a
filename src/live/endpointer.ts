import { LIVE_LIMITS } from '../contracts/live.ts';
import { toWindows, WINDOW_SECONDS } from './voice-window.ts';

/** Probability at which a voice begins, and the lower one below which it has fallen silent. */
const ONSET_PROBABILITY = 0.5;
const OFFSET_PROBABILITY = 0.35;
/** A voice heard for less before it falls silent for as long is a click or a cough. */
const MINIMUM_SPEECH_WINDOWS = toWindows(0.1);
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
  const isClick = !next.isSpeech && silentWindows >= MINIMUM_SPEECH_WINDOWS;
  const isOver = next.isSpeech && silentWindows >= toWindows(pauseSeconds);
  if (isClick || (isOver && !hasVoice(next))) return quiet;
  const begun = next.isSpeech && state.open?.isSpeech !== true ? next : null;
  if (isOver) {
    const ended = ending(next, Math.min(window, next.voiceEndWindow + PADDING_WINDOWS), false);
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
 * Ends what is being said at the window to be heard next; nothing happens when nobody speaks. What is left of a word that
 * is cut is the next utterance's, or a click if it is short: better than words made up from a breath.
 */
export function finalized(state: EndpointerState): { state: EndpointerState; ended: EndedUtterance | null } {
  const { open, window } = state;
  if (!open?.isSpeech || !hasVoice(open)) return { state, ended: null };
  return { state: silentFrom(window), ended: ending(open, window, false) };
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
  const isSpeech = open.isSpeech || open.voiceEndWindow - open.voiceStartWindow >= MINIMUM_SPEECH_WINDOWS;
  return { ...open, isSpeech };
}

function goingOn(cut: number, voiceEndWindow: number, probabilities: readonly number[]): OpenUtterance {
  return { startWindow: cut, voiceStartWindow: cut, voiceEndWindow, isSpeech: true, probabilities };
}

function ending({ startWindow }: OpenUtterance, endWindow: number, goesOn: boolean): EndedUtterance {
  return { startWindow, endWindow, goesOn };
}

/** In the last third, where a cut costs least; the latest of equals. */
function leastVoicedWindow({ voiceStartWindow, probabilities }: OpenUtterance): number {
  let least = probabilities.length - 1;
  for (let at = least; at > (2 * probabilities.length) / 3; at--) {
    if (probabilities[at]! < probabilities[least]!) least = at;
  }
  return voiceStartWindow + least;
}
