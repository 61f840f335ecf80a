import { SPEECH_RATE_HZ } from '../audio/pcm.ts';
import { RealPowerSpectrum } from './fft.ts';

const WINDOW_SAMPLES = 400;
export const HOP_SAMPLES = 160;
const BINS = WINDOW_SAMPLES / 2 + 1;
const POWER_FLOOR = 1e-10;
/** Nothing may lie further below the loudest value than this many decades. */
const RANGE_DECADES = 8;

// Slaney's mel scale: linear up to 1 kHz, logarithmic above.
const LINEAR_MELS_PER_HZ = 3 / 200;
const LOGARITHMIC_FROM_HZ = 1000;
const LOGARITHMIC_FROM_MEL = LOGARITHMIC_FROM_HZ * LINEAR_MELS_PER_HZ;
const LOGARITHMIC_STEP = Math.log(6.4) / 27;

/** A triangular filter: its weights from the first bin that it hears. */
interface MelFilter {
  readonly firstBin: number;
  readonly weights: Float64Array;
}

/** Log-mel spectrogram, frame by frame, as the encoder reads it: row-major [frames, melBins]. */
export interface LogMel {
  readonly frames: number;
  readonly melBins: number;
  readonly values: Float32Array;
}

/**
 * Turns sound at 16 kHz into Whisper's log-mel spectrogram: windows of 25 ms every 10 ms, centred, reflected at the
 * start; log10, clipped to 8 decades below the loudest, then (x + 4) / 4.
 * Source: openai/whisper, audio.py; librosa's Slaney filters.
 */
export class LogMelFrontEnd {
  readonly melBins: number;
  readonly #filters: readonly MelFilter[];
  readonly #window: Float64Array;
  readonly #spectrum = new RealPowerSpectrum(WINDOW_SAMPLES);
  readonly #power = new Float64Array(BINS);

  constructor(melBins: number) {
    this.melBins = melBins;
    this.#filters = slaneyFilters(melBins);
    this.#window = Float64Array.from(
      { length: WINDOW_SAMPLES },
      (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / WINDOW_SAMPLES),
    );
  }

  /**
   * The first `frames` frames of `samples` followed by silence. `border` rows of zeros are laid before and after, as
   * the encoder's first convolution wants them.
   */
  compute(samples: Float32Array, frames: number, border = 0): LogMel {
    const padded = new Float32Array(frames * HOP_SAMPLES + WINDOW_SAMPLES);
    const centre = WINDOW_SAMPLES / 2;
    padded.set(samples.subarray(0, padded.length - centre), centre);
    for (let index = 0; index < centre; index++) padded[index] = padded[2 * centre - index];

    const { melBins } = this;
    const values = new Float32Array((frames + 2 * border) * melBins);
    const inner = values.subarray(border * melBins, (border + frames) * melBins);
    let loudest = Math.log10(POWER_FLOOR);
    for (let frame = 0; frame < frames; frame++) {
      this.#spectrum.compute(padded, frame * HOP_SAMPLES, this.#window, this.#power);
      for (let mel = 0; mel < melBins; mel++) {
        const level = Math.log10(Math.max(POWER_FLOOR, this.#filtered(this.#filters[mel])));
        inner[frame * melBins + mel] = level;
        if (level > loudest) loudest = level;
      }
    }
    const floor = loudest - RANGE_DECADES;
    for (let index = 0; index < inner.length; index++) inner[index] = (Math.max(inner[index], floor) + 4) / 4;
    return { frames: frames + 2 * border, melBins, values };
  }

  #filtered({ firstBin, weights }: MelFilter): number {
    let sum = 0;
    for (let index = 0; index < weights.length; index++) sum += weights[index] * this.#power[firstBin + index];
    return sum;
  }
}

function slaneyFilters(melBins: number): MelFilter[] {
  const top = hzToMel(SPEECH_RATE_HZ / 2);
  const edgesHz = Array.from({ length: melBins + 2 }, (_, index) => melToHz((top * index) / (melBins + 1)));
  return Array.from({ length: melBins }, (_, mel) => {
    const [low, peak, high] = edgesHz.slice(mel, mel + 3);
    const area = 2 / (high - low);
    const weights = Array.from({ length: BINS }, (_, bin) => {
      const hz = (bin * SPEECH_RATE_HZ) / WINDOW_SAMPLES;
      return area * Math.max(0, Math.min((hz - low) / (peak - low), (high - hz) / (high - peak)));
    });
    const firstBin = Math.max(
      0,
      weights.findIndex((weight) => weight > 0),
    );
    const end = weights.findLastIndex((weight) => weight > 0) + 1;
    return { firstBin, weights: Float64Array.from(weights.slice(firstBin, end)) };
  });
}

function hzToMel(hz: number): number {
  if (hz < LOGARITHMIC_FROM_HZ) return hz * LINEAR_MELS_PER_HZ;
  return LOGARITHMIC_FROM_MEL + Math.log(hz / LOGARITHMIC_FROM_HZ) / LOGARITHMIC_STEP;
}

function melToHz(mel: number): number {
  if (mel < LOGARITHMIC_FROM_MEL) return mel / LINEAR_MELS_PER_HZ;
  return LOGARITHMIC_FROM_HZ * Math.exp((mel - LOGARITHMIC_FROM_MEL) * LOGARITHMIC_STEP);
}
