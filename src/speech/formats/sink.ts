import { peakDbfs } from '../../audio/levels.ts';
import { downmix, type Pcm, SPEECH_RATE_HZ } from '../../audio/pcm.ts';
import { Resampler } from '../../audio/resampler.ts';
import { AppError } from '../../contracts/errors.ts';
import type { DecodeLimits } from './limits.ts';

/** Louder than the noise of a muted input's converter, quieter than any room. */
const SILENCE_DBFS = -70;
const FLOAT_BYTES = 4;
const LOWEST_RATE_HZ = 1000;
const HIGHEST_RATE_HZ = 192_000;

/**
 * Where decoders put what they decode, piece by piece: mixes down, resamples and collects, so that a long file needs
 * little more memory than its own speech. It is also where length, time and level are judged.
 */
export class SpeechSink {
  readonly #maxSeconds: number;
  readonly #deadlineMs: number;
  #resampler: Resampler | undefined;
  #rateHz: number | undefined;
  #receivedCount = 0;
  #peakDbfs = -Infinity;
  #buffer = new ArrayBuffer(SPEECH_RATE_HZ * FLOAT_BYTES);
  #count = 0;

  constructor(limits: DecodeLimits) {
    this.#maxSeconds = limits.maxSeconds;
    this.#deadlineMs = performance.now() + (limits.timeoutMs ?? 30_000 + limits.maxSeconds * 100);
  }

  get maxSeconds(): number {
    return this.#maxSeconds;
  }

  /** What is left of the time for decoding. */
  get remainingMs(): number {
    return this.#deadlineMs - performance.now();
  }

  /** Seconds of sound taken so far. */
  get seconds(): number {
    return this.#rateHz === undefined ? 0 : this.#receivedCount / this.#rateHz;
  }

  /**
   * Takes the next samples, -1 to 1, one array a channel. Throws AUDIO_TOO_LONG, AUDIO_CORRUPT for what no recording
   * holds (a rate that changes or is absurd, samples that are no numbers), SPEECH_TIMEOUT.
   */
  push(channels: readonly Float32Array[], rateHz: number): void {
    this.assertInTime();
    const mono = downmix(channels);
    const resampler = this.#resamplerFor(rateHz);
    this.#receivedCount += mono.length;
    if (this.seconds > this.#maxSeconds) {
      throw new AppError('AUDIO_TOO_LONG', 'the recording is too long', {
        expected: `at most ${this.#maxSeconds} s`,
        got: 'more, of which the rest was not decoded',
      });
    }
    this.#append(resampler.push(mono));
  }

  /** Throws SPEECH_TIMEOUT when the time for decoding is over. */
  assertInTime(): void {
    if (this.remainingMs > 0) return;
    throw new AppError('SPEECH_TIMEOUT', 'decoding took too long', {
      retryable: true,
      got: `${this.seconds.toFixed(1)} s of sound until then`,
    });
  }

  /** The whole recording at 16 kHz. Throws AUDIO_EMPTY, AUDIO_SILENT. */
  finish(): Pcm {
    if (this.#resampler !== undefined) this.#append(this.#resampler.flush());
    if (this.#count === 0) {
      throw new AppError('AUDIO_EMPTY', 'the file holds no sound', { expected: 'samples', got: '0 s' });
    }
    if (this.#peakDbfs < SILENCE_DBFS) {
      throw new AppError('AUDIO_SILENT', 'the recording is silent: is the microphone muted?', {
        expected: `sound above ${SILENCE_DBFS} dBFS`,
        got: this.#peakDbfs === -Infinity ? 'digital silence' : `a peak of ${this.#peakDbfs.toFixed(0)} dBFS`,
      });
    }
    return { samples: new Float32Array(this.#buffer.transfer(this.#count * FLOAT_BYTES)), rateHz: SPEECH_RATE_HZ };
  }

  #resamplerFor(rateHz: number): Resampler {
    if (this.#resampler !== undefined && rateHz === this.#rateHz) return this.#resampler;
    if (this.#rateHz !== undefined) {
      throw new AppError('AUDIO_CORRUPT', 'the sample rate changes within the file', {
        expected: `${this.#rateHz} Hz`,
        got: `${rateHz} Hz`,
      });
    }
    if (!Number.isInteger(rateHz) || rateHz < LOWEST_RATE_HZ || rateHz > HIGHEST_RATE_HZ) {
      throw new AppError('AUDIO_CORRUPT', 'the sample rate is none that sound is recorded at', {
        expected: `${LOWEST_RATE_HZ} to ${HIGHEST_RATE_HZ} Hz`,
        got: `${rateHz} Hz`,
      });
    }
    this.#rateHz = rateHz;
    this.#resampler = new Resampler(rateHz, SPEECH_RATE_HZ);
    return this.#resampler;
  }

  #append(samples: Float32Array): void {
    this.#peakDbfs = Math.max(this.#peakDbfs, peakDbfs(samples));
    if (Number.isNaN(this.#peakDbfs) || this.#peakDbfs === Infinity) {
      throw new AppError('AUDIO_CORRUPT', 'the samples are damaged', { expected: 'finite numbers', got: 'others' });
    }
    const neededBytes = (this.#count + samples.length) * FLOAT_BYTES;
    if (neededBytes > this.#buffer.byteLength) {
      // a transfer can grow in place, where a new array would need the memory of both
      this.#buffer = this.#buffer.transfer(Math.max(neededBytes, 1.5 * this.#buffer.byteLength));
    }
    new Float32Array(this.#buffer, this.#count * FLOAT_BYTES, samples.length).set(samples);
    this.#count += samples.length;
  }
}
