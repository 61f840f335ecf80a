import { joined, s16leToFloat } from '../../audio/pcm.ts';
import { FRAME_SECONDS } from '../live/frames.ts';
import type { LiveStore } from '../live/live-store.ts';
import type { Spoken } from './note-schema.ts';

/** Heard before and after the word, whose times are not exact. */
const MARGIN_SECONDS = 0.15;

/** Plays the sound of dictated words, one at a time. */
export class WordPlayer {
  readonly #store: LiveStore;
  #context: AudioContext | undefined;
  #source: AudioBufferSourceNode | undefined;

  constructor(store: LiveStore) {
    this.#store = store;
  }

  /** False when the sound is no longer there. */
  async play({
    session,
    startSeconds,
    endSeconds,
  }: Pick<Spoken, 'session' | 'startSeconds' | 'endSeconds'>): Promise<boolean> {
    const first = Math.floor(Math.max(0, startSeconds - MARGIN_SECONDS) / FRAME_SECONDS) + 1;
    const last = Math.ceil((endSeconds + MARGIN_SECONDS) / FRAME_SECONDS);
    const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
    const frames = await Promise.all(numbers.map((number) => this.#store.loadFrame(session, number)));
    const samples = joined(...frames.flatMap((frame) => (frame ? [s16leToFloat(frame)] : [])));
    if (samples.length === 0) return false;
    const found = frames.filter((frame) => frame !== undefined).length;
    this.#start(samples, Math.round(samples.length / (found * FRAME_SECONDS)));
    return true;
  }

  #start(samples: Float32Array<ArrayBuffer>, rateHz: number): void {
    this.#context ??= new AudioContext();
    this.#source?.stop();
    const buffer = this.#context.createBuffer(1, samples.length, rateHz);
    buffer.copyToChannel(samples, 0);
    this.#source = this.#context.createBufferSource();
    this.#source.buffer = buffer;
    this.#source.connect(this.#context.destination);
    this.#source.start();
  }
}
