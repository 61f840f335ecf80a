import { SPEECH_RATE_HZ } from '../audio/pcm.ts';
import { type EndpointerState, goingOnFrom, silentFrom } from './endpointer.ts';
import { type Frame, sampleCount } from './frames.ts';
import type { ReadRecord } from './journal-reader.ts';
import type { CommittedRecord, ControlMessage, JournalRecord, OpenedRecord } from './journal-records.ts';
import { type StoredVoice, voiceFrom } from './stored-voice.ts';
import { NOTHING_HEARD, type VoiceSnapshot, warmingUpFor } from './voice-memories.ts';
import { WINDOW_SAMPLES } from './voice-window.ts';

/** Before all that is to be heard: for what the resampler lacks at a beginning. */
const MARGIN_WINDOWS = 4;

/** Where a session's recognition begins, at its beginning or anew. */
export interface StartingPoint {
  readonly endpointer: EndpointerState;
  /** At or before the endpointer's window. */
  readonly voice: VoiceSnapshot;
  /** All before this sample is committed or known to be silent. */
  readonly boundarySample: number;
}

export const AT_THE_BEGINNING: StartingPoint = {
  endpointer: silentFrom(0),
  voice: NOTHING_HEARD,
  boundarySample: 0,
};

export type SessionInput = { readonly frame: Frame } | { readonly control: ControlMessage };

/** What a journal tells of a session. */
export interface Recovered {
  readonly opened: OpenedRecord;
  readonly committed: readonly CommittedRecord[];
  /** Number of the first frame that is not stored. */
  readonly nextSeq: number;
  readonly sampleCount: number;
  readonly start: StartingPoint;
  /** The second of the session that the first of `inputs` begins at. */
  readonly fromSecond: number;
  /** What came from there on, in its order. */
  readonly inputs: readonly SessionInput[];
  readonly isDone: boolean;
  /** Length of what is whole. */
  readonly wholeBytes: number;
}

/** A session that nothing has happened in. */
export function newlyOpened(opened: OpenedRecord): Recovered {
  return {
    opened,
    committed: [],
    nextSeq: 1,
    sampleCount: 0,
    start: AT_THE_BEGINNING,
    fromSecond: 0,
    inputs: [],
    isDone: false,
    wholeBytes: 0,
  };
}

/**
 * Reads a session back. Words that were committed are taken as they are. The sound after them is to be heard again, and
 * is cut into the same utterances: an end depends on what came after the end before alone, and the voice detector goes
 * on with what it remembered there. Undefined when not even the beginning is whole.
 */
export async function recover(records: AsyncIterable<ReadRecord>): Promise<Recovered | undefined> {
  let reading: Reading | undefined;
  for await (const { record, endOffset } of records) {
    if (reading === undefined) {
      if (record.kind !== 'opened') return undefined;
      reading = new Reading(record);
    } else if (!reading.take(record)) break;
    reading.wholeBytes = endOffset;
  }
  return reading?.result();
}

/** Holds the inputs that are still needed only: what a later record shows to be behind it is let go. */
class Reading {
  wholeBytes = 0;
  #opened: OpenedRecord;
  #committed: CommittedRecord[] = [];
  #start = AT_THE_BEGINNING;
  #inputs: { readonly input: SessionInput; readonly endSample: number }[] = [];
  #nextSeq = 1;
  /** At the session's rate. */
  #sampleCount = 0;
  #isDone = false;

  constructor(opened: OpenedRecord) {
    this.#opened = opened;
  }

  /** False when the record cannot follow: what is after it is not to be trusted. */
  take(record: JournalRecord): boolean {
    switch (record.kind) {
      case 'opened':
        return false;
      case 'frame':
        if (record.seq !== this.#nextSeq) return false;
        this.#nextSeq++;
        this.#sampleCount += sampleCount(record.samples);
        this.#inputs.push({ input: { frame: record }, endSample: this.#sampleCount });
        return true;
      case 'control':
        this.#inputs.push({ input: { control: record.message }, endSample: this.#sampleCount });
        return true;
      case 'committed':
        this.#commit(record);
        return true;
      case 'quiet': {
        const { boundarySample } = this.#start;
        const endpointer = silentFrom(record.window, Math.floor(boundarySample / WINDOW_SAMPLES));
        this.#startAt({ endpointer, voice: voiceAt(record.voice, record.window), boundarySample });
        return true;
      }
      case 'done':
        this.#isDone = true;
        return true;
      default:
        return record satisfies never;
    }
  }

  result(): Recovered {
    const { sampleRateHz } = this.#opened;
    const first = this.#inputs[0];
    const firstSample = first ? first.endSample - samplesIn(first.input) : 0;
    const skipped = first ? this.#fromSecond() * sampleRateHz - firstSample : 0;
    return {
      opened: this.#opened,
      committed: this.#committed,
      nextSeq: this.#nextSeq,
      sampleCount: this.#sampleCount,
      start: this.#start,
      fromSecond: this.#fromSecond(),
      inputs: this.#inputs.map(({ input }, index) => (index === 0 ? without(input, skipped) : input)),
      isDone: this.#isDone,
      wholeBytes: this.wholeBytes,
    };
  }

  #commit({ voice, ...committed }: CommittedRecord): void {
    const { endSample, goesOn } = committed;
    const window = Math.floor(endSample / WINDOW_SAMPLES);
    const endpointer = goesOn ? goingOnFrom(window) : silentFrom(window);
    this.#committed.push(committed);
    this.#startAt({ endpointer, voice: voiceAt(voice, window), boundarySample: endSample });
  }

  #startAt(start: StartingPoint): void {
    this.#start = start;
    const fromSample = this.#fromSecond() * this.#opened.sampleRateHz;
    const needed = this.#inputs.findIndex(({ endSample }) => endSample > fromSample);
    const passed = this.#inputs.splice(0, needed === -1 ? this.#inputs.length : needed);
    for (const { input } of passed) this.#opened = configured(this.#opened, input);
  }

  #fromSecond(): number {
    const { endpointer, voice } = this.#start;
    // Never later than for a record without a memory, as another version may have written the next one.
    const window = Math.min(voice.window, warmingUpFor(endpointer.window).window) - MARGIN_WINDOWS;
    return Math.max(0, Math.floor((window * WINDOW_SAMPLES) / SPEECH_RATE_HZ));
  }
}

function voiceAt(stored: StoredVoice | undefined, window: number): VoiceSnapshot {
  return stored ? voiceFrom(stored) : warmingUpFor(window);
}

function configured(opened: OpenedRecord, input: SessionInput): OpenedRecord {
  if (!('control' in input) || input.control.type !== 'configure') return opened;
  const { vocabulary = opened.vocabulary, prompt = opened.prompt, pauseSeconds = opened.pauseSeconds } = input.control;
  return { ...opened, vocabulary, prompt, pauseSeconds };
}

function samplesIn(input: SessionInput): number {
  return 'frame' in input ? sampleCount(input.frame.samples) : 0;
}

function without(input: SessionInput, skippedSamples: number): SessionInput {
  if (!('frame' in input)) return input;
  const { seq, samples } = input.frame;
  return { frame: { seq, samples: samples.subarray(2 * skippedSamples) } };
}
