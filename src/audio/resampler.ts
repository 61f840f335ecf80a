import { designPolyphaseFilters } from './polyphase-filters.ts';
import { createPolyphaseKernel, type PolyphaseKernel } from './polyphase-kernel.ts';

/** The most inputs, and the most outputs, of one run of the kernel: keeps its memory small whatever the file is. */
const BLOCK_SAMPLES = 16_384;
const FLOAT_BYTES = 4;

/**
 * Changes the rate of a mono stream, any rate to any rate, up by L and down by M through a bank of L short filters
 * (polyphase; Crochiere and Rabiner, Multirate Digital Signal Processing, 1983, ch. 3). Aliases and images stay below
 * -80 dB and the lower 90 % of the band passes unchanged. The filters are centred on each output's own time, so that
 * output n stands at n / outputRateHz exactly. Every output is summed in the same order however the stream is cut:
 * the same samples come out bit for bit.
 */
export class Resampler {
  /** L: the positions between two inputs that an output can fall on. */
  readonly #phases: number;
  /** M: how far one output moves on, in phases. */
  readonly #down: number;
  readonly #taps: number;
  readonly #kernel: PolyphaseKernel;
  /** The inputs still needed, the first under the first tap of the next output; a window of the kernel's memory. */
  readonly #held: Float32Array;
  readonly #output: Float32Array;
  readonly #blockInputs: number;
  #heldCount: number;
  #phase = 0;
  #receivedCount = 0;
  #producedCount = 0;

  /** @param inputRateHz a whole number of samples a second; so is outputRateHz */
  constructor(inputRateHz: number, outputRateHz: number) {
    for (const rateHz of [inputRateHz, outputRateHz]) {
      if (!Number.isInteger(rateHz) || rateHz <= 0) {
        throw new RangeError(`expected a sample rate of a whole number of Hz above 0; got ${rateHz}`);
      }
    }
    const divisor = greatestCommonDivisor(inputRateHz, outputRateHz);
    this.#phases = outputRateHz / divisor;
    this.#down = inputRateHz / divisor;
    const filters = designPolyphaseFilters(inputRateHz, outputRateHz, this.#phases);
    this.#taps = filters.taps;
    this.#blockInputs = Math.max(1, Math.min(BLOCK_SAMPLES, Math.floor((BLOCK_SAMPLES * inputRateHz) / outputRateHz)));

    const heldAt = filters.weights.length;
    // what waits under the filter and the steps between outputs, and what a block or the closing silence adds
    const heldLength = 2 * this.#taps + Math.ceil(this.#down / this.#phases) + this.#blockInputs;
    const outputLength = Math.ceil((heldLength * this.#phases) / this.#down) + 1;
    this.#kernel = createPolyphaseKernel((heldAt + heldLength + outputLength) * FLOAT_BYTES);
    const memory = new Float32Array(this.#kernel.memory);
    memory.set(filters.weights);
    this.#held = memory.subarray(heldAt, heldAt + heldLength);
    this.#output = memory.subarray(heldAt + heldLength, heldAt + heldLength + outputLength);
    // silence before the start puts the centre of the first filter on the first input
    this.#heldCount = this.#taps / 2 - 1;
  }

  /** Takes the next samples; gives those that are ready. The last few wait for what comes after them. */
  push(samples: Float32Array): Float32Array<ArrayBuffer> {
    const parts: Float32Array<ArrayBuffer>[] = [];
    for (let at = 0; at < samples.length; at += this.#blockInputs) {
      const block = samples.subarray(at, at + this.#blockInputs);
      this.#receivedCount += block.length;
      parts.push(this.#take(block));
    }
    return joined(parts);
  }

  /** The samples that were waiting, once the input has ended. In all ceil(inputs * outputRate / inputRate) come out. */
  flush(): Float32Array<ArrayBuffer> {
    const owedCount = Math.ceil((this.#receivedCount * this.#phases) / this.#down) - this.#producedCount;
    return this.#take(new Float32Array(this.#taps)).slice(0, owedCount);
  }

  #take(inputs: Float32Array): Float32Array<ArrayBuffer> {
    this.#held.set(inputs, this.#heldCount);
    this.#heldCount += inputs.length;
    const count = this.#readyCount();
    this.#kernel.sum(
      this.#held.byteOffset,
      0,
      this.#output.byteOffset,
      count,
      this.#phase,
      this.#down,
      this.#phases,
      this.#taps * FLOAT_BYTES,
    );
    const position = this.#phase + count * this.#down;
    this.#phase = position % this.#phases;
    const passedInputs = (position - this.#phase) / this.#phases;
    this.#held.copyWithin(0, passedInputs, this.#heldCount);
    this.#heldCount -= passedInputs;
    this.#producedCount += count;
    return new Float32Array(this.#output.subarray(0, count));
  }

  /** Outputs that have all their inputs: number i reaches up to input floor((phase + i * M) / L) + taps. */
  #readyCount(): number {
    const spareInputs = this.#heldCount - this.#taps;
    return spareInputs < 0 ? 0 : Math.ceil(((spareInputs + 1) * this.#phases - this.#phase) / this.#down);
  }
}

/** Changes the rate of a whole recording; see `Resampler`. */
export function resample(samples: Float32Array, inputRateHz: number, outputRateHz: number): Float32Array<ArrayBuffer> {
  const resampler = new Resampler(inputRateHz, outputRateHz);
  return joined([resampler.push(samples), resampler.flush()]);
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function joined(parts: readonly Float32Array<ArrayBuffer>[]): Float32Array<ArrayBuffer> {
  if (parts.length === 1) return parts[0]!;
  const whole = new Float32Array(parts.reduce((count, part) => count + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
