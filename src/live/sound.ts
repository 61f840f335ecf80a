import { joined, SPEECH_RATE_HZ, s16leToFloat } from '../audio/pcm.ts';
import { Resampler } from '../audio/resampler.ts';
import { WINDOW_SAMPLES } from './voice-window.ts';

const SMALLEST_ROOM_SAMPLES = 4 * SPEECH_RATE_HZ;

/**
 * The sound of a session at 16 kHz, as much of it as is still needed. Samples are counted from the session's first one.
 * It can begin at any whole second of the session: there an input and an output of the resampler fall together, so that
 * the same samples come out as in one that began at 0, but for the first few milliseconds.
 */
export class LiveSound {
  readonly #resampler: Resampler;
  #room = new Float32Array(SMALLEST_ROOM_SAMPLES);
  #firstSample: number;
  #count = 0;

  constructor(sampleRateHz: number, fromSecond: number) {
    this.#resampler = new Resampler(sampleRateHz, SPEECH_RATE_HZ);
    this.#firstSample = fromSecond * SPEECH_RATE_HZ;
  }

  /** One past the last sample there is; the resampler holds back the few milliseconds before it needs what follows. */
  get endSample(): number {
    return this.#firstSample + this.#count;
  }

  /** @param samples of 16 bits, little-endian, at the session's rate */
  push(samples: Uint8Array): void {
    this.#append(this.#resampler.push(s16leToFloat(samples)));
  }

  /** No more comes: what was held back, and silence up to a whole window. */
  end(): void {
    const rest = this.#resampler.flush();
    const overhang = (this.endSample + rest.length) % WINDOW_SAMPLES;
    this.#append(joined(rest, new Float32Array(overhang === 0 ? 0 : WINDOW_SAMPLES - overhang)));
  }

  /** A copy. */
  read(startSample: number, endSample: number): Float32Array<ArrayBuffer> {
    if (startSample < this.#firstSample || endSample > this.endSample) {
      throw new RangeError(
        `expected samples from ${this.#firstSample} to ${this.endSample}; got ${startSample} to ${endSample}`,
      );
    }
    return this.#room.slice(startSample - this.#firstSample, endSample - this.#firstSample);
  }

  /** Samples before this one are not read any more. */
  forget(beforeSample: number): void {
    const unneeded = Math.min(beforeSample - this.#firstSample, this.#count);
    // Moved seldom, so that each sample is moved once on the average.
    if (unneeded < this.#count - unneeded || unneeded < SMALLEST_ROOM_SAMPLES / 2) return;
    const kept = this.#room.subarray(unneeded, this.#count);
    this.#room = roomFor(kept, kept.length);
    this.#firstSample += unneeded;
    this.#count = kept.length;
  }

  #append(samples: Float32Array): void {
    const count = this.#count + samples.length;
    if (count > this.#room.length) this.#room = roomFor(this.#room.subarray(0, this.#count), 2 * count);
    this.#room.set(samples, this.#count);
    this.#count = count;
  }
}

function roomFor(samples: Float32Array, length: number): Float32Array<ArrayBuffer> {
  const room = new Float32Array(Math.max(SMALLEST_ROOM_SAMPLES, length));
  room.set(samples);
  return room;
}
