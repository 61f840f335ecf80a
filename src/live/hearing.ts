import type { LiveSpeech } from '../contracts/live-speech.ts';
import type { Vocabulary } from '../contracts/vocabulary.ts';
import { type EndedUtterance, type EndpointerState, finalized, hasVoice, heard } from './endpointer.ts';
import { foreseenEnd } from './foreseen-end.ts';
import type { ControlMessage } from './journal-records.ts';
import type { StartingPoint } from './recovery.ts';
import { type RetryOptions, withRetries } from './retries.ts';
import type { LiveSound } from './sound.ts';
import { VoiceMemories, type VoiceSnapshot } from './voice-memories.ts';
import { toWindows, WINDOW_SAMPLES } from './voice-window.ts';

/** Sound given to the voice detector at once: what came while it was at work, but not a whole offline hour. */
const LARGEST_BATCH_WINDOWS = 64;
/** How often silence is noted in the journal, so that it need not be heard again. */
const QUIET_WINDOWS = toWindows(30);

/** What the client told of the words to come; another object once it tells something else. */
export interface Hints {
  /** The session's own terms, beside the clinic's. */
  readonly vocabulary: Vocabulary;
  /** Text said before, or in the style wanted; empty when there is none. */
  readonly prompt: string;
}

/** A stretch of the session that is one utterance; samples at 16 kHz. */
export interface UtteranceSpan {
  readonly startSample: number;
  readonly endSample: number;
  /** Cut while somebody spoke. */
  readonly goesOn: boolean;
  readonly hints: Hints;
}

/** What an utterance that is still open has come to. */
export interface OpenSpan {
  readonly startSample: number;
  readonly heardSample: number;
  readonly hints: Hints;
}

export interface HearingEvents {
  spoke(speaking: boolean, atSample: number): void;
  /** @param voice remembered where the next utterance may begin, or before */
  ended(utterance: UtteranceSpan, voice: VoiceSnapshot): void;
  /** A finalize or stop was reached: all said before it has ended. */
  reached(control: ControlMessage): void;
  /** Nobody spoke up to this window. */
  quiet(window: number, voice: VoiceSnapshot): void;
  /** Some sound was heard. */
  progressed(): void;
}

export interface HearingOptions {
  readonly speech: LiveSpeech;
  readonly owner: object;
  readonly sound: LiveSound;
  readonly start: StartingPoint;
  readonly pauseSeconds: number;
  readonly hints: Hints;
  readonly retry: RetryOptions;
  readonly events: HearingEvents;
}

/**
 * Listens for voices: sound, and the client's wishes at their places in it, become utterances in order. What comes out
 * depends on what came in alone, however it was cut up and whenever it came.
 */
export class Hearing {
  readonly #options: HearingOptions;
  readonly #marks: { readonly control: ControlMessage; readonly sample: number }[] = [];
  #endpointer: EndpointerState;
  #boundarySample: number;
  readonly #memories: VoiceMemories;
  /** Where the detector is: behind the endpointer at first, when it begins with an earlier memory. */
  #voice: VoiceSnapshot;
  #pauseSeconds: number;
  #hints: Hints;
  #quietWindow: number;
  #isHearing = false;

  constructor(options: HearingOptions) {
    const { endpointer, voice, boundarySample } = options.start;
    this.#options = options;
    this.#endpointer = endpointer;
    this.#boundarySample = boundarySample;
    this.#voice = voice;
    this.#memories = new VoiceMemories(voice);
    this.#quietWindow = endpointer.window;
    this.#pauseSeconds = options.pauseSeconds;
    this.#hints = options.hints;
  }

  /** The sample up to which nothing is left to be heard: the beginning of what is being said, else what was heard. */
  get settledSample(): number {
    const { open, window } = this.#endpointer;
    return Math.max(this.#boundarySample, (open?.startWindow ?? window) * WINDOW_SAMPLES);
  }

  /** The first sample that may still be read. */
  get neededSample(): number {
    const preRollSamples = toWindows(1) * WINDOW_SAMPLES;
    return Math.min(this.settledSample - preRollSamples, this.#voice.window * WINDOW_SAMPLES);
  }

  get pauseSeconds(): number {
    return this.#pauseSeconds;
  }

  get heardSample(): number {
    return this.#endpointer.window * WINDOW_SAMPLES;
  }

  /** What somebody is saying. */
  get open(): OpenSpan | null {
    const { open } = this.#endpointer;
    if (!open?.isSpeech || !hasVoice(open)) return null;
    return { startSample: this.settledSample, heardSample: this.heardSample, hints: this.#hints };
  }

  /** The utterance that ends if nobody goes on speaking, when all its sound is here and nothing is left to be heard. */
  get foreseen(): UtteranceSpan | null {
    if (this.#windowsToHear() > 0) return null;
    const ended = foreseenEnd(this.#endpointer, this.#pauseSeconds);
    return ended && this.#span(ended, ended.endWindow * WINDOW_SAMPLES);
  }

  /** A wish of the client after all sound so far. */
  mark(control: ControlMessage): void {
    this.#marks.push({ control, sample: this.#options.sound.endSample });
  }

  /** Hears what there is, unless that is being done already. @throws as LiveSpeech.voice */
  async hear(): Promise<void> {
    if (this.#isHearing) return;
    this.#isHearing = true;
    try {
      for (;;) {
        this.#reachMarks();
        const windows = this.#windowsToHear();
        if (windows === 0) return;
        await this.#hearBatch(windows);
      }
    } finally {
      this.#isHearing = false;
    }
  }

  async #hearBatch(windows: number): Promise<void> {
    const { speech, owner, sound, retry, events } = this.#options;
    const { window, memory } = this.#voice;
    const samples = sound.read(window * WINDOW_SAMPLES, (window + windows) * WINDOW_SAMPLES);
    const { signal } = retry;
    const heardNow = await withRetries(() => speech.voice({ samples, memory }, { owner, signal }), retry);
    // What was heard for the memory's sake only was judged before.
    const unjudged = heardNow.probabilities.subarray(Math.max(0, this.#endpointer.window - window));
    for (const probability of unjudged) this.#hearWindow(probability);
    this.#voice = { window: window + windows, memory: heardNow.memory };
    this.#memories.add(this.#voice, Math.floor(this.settledSample / WINDOW_SAMPLES));
    events.progressed();
  }

  /** Whole windows before the next mark. */
  #windowsToHear(): number {
    const endSample = this.#marks[0]?.sample ?? this.#options.sound.endSample;
    const windows = Math.floor(endSample / WINDOW_SAMPLES) - this.#voice.window;
    return Math.max(0, Math.min(LARGEST_BATCH_WINDOWS, windows));
  }

  #hearWindow(probability: number): void {
    const { events } = this.#options;
    const { state, begun, ended } = heard(this.#endpointer, probability, this.#pauseSeconds);
    if (begun) events.spoke(true, Math.max(this.#boundarySample, begun.startWindow * WINDOW_SAMPLES));
    if (ended) this.#end(ended, ended.endWindow * WINDOW_SAMPLES);
    // Nothing but silence came after a cut, which had left it open whether somebody would go on.
    else if (this.#endpointer.open?.isSpeech && !state.open) events.spoke(false, this.#boundarySample);
    this.#endpointer = state;
    if (state.open) this.#quietWindow = state.window;
    if (state.window - this.#quietWindow < QUIET_WINDOWS) return;
    this.#quietWindow = state.window;
    events.quiet(state.window, this.#memories.before(state.window));
  }

  #reachMarks(): void {
    for (;;) {
      const mark = this.#marks[0];
      if (mark === undefined || Math.floor(mark.sample / WINDOW_SAMPLES) > this.#endpointer.window) return;
      this.#marks.shift();
      this.#reach(mark.control, mark.sample);
    }
  }

  #reach(control: ControlMessage, sample: number): void {
    if (control.type === 'configure') {
      const { pauseSeconds = this.#pauseSeconds, vocabulary, prompt } = control;
      this.#pauseSeconds = pauseSeconds;
      if (vocabulary === undefined && prompt === undefined) return;
      const before = this.#hints;
      this.#hints = { vocabulary: vocabulary ?? before.vocabulary, prompt: prompt ?? before.prompt };
      return;
    }
    // One before the boundary made it: it was read back from the journal with what it had done.
    if (sample > this.#boundarySample) {
      const { state, ended } = finalized(this.#endpointer);
      // To the very sample: the end of a word must not wait for its window to be full. Where a pause has begun its end is
      // the one that was foreseen.
      if (ended) this.#end(ended, ended.endWindow < state.window ? ended.endWindow * WINDOW_SAMPLES : sample);
      this.#endpointer = state;
    }
    this.#options.events.reached(control);
  }

  #end(ended: EndedUtterance, endSample: number): void {
    const span = this.#span(ended, endSample);
    this.#boundarySample = endSample;
    if (!ended.goesOn) this.#options.events.spoke(false, endSample);
    this.#options.events.ended(span, this.#memories.before(Math.floor(endSample / WINDOW_SAMPLES)));
  }

  #span({ startWindow, goesOn }: EndedUtterance, endSample: number): UtteranceSpan {
    const startSample = Math.max(this.#boundarySample, startWindow * WINDOW_SAMPLES);
    return { startSample, endSample, goesOn, hints: this.#hints };
  }
}
