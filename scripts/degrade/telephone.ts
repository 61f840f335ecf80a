import { aLawToS16le } from '../../src/audio/g711.ts';
import { joined, SPEECH_RATE_HZ, s16leToFloat } from '../../src/audio/pcm.ts';
import { Resampler } from '../../src/audio/resampler.ts';

const LINE_RATE_HZ = 8_000;
/** What a telephone lets through (ITU-T G.712). */
const BAND_HZ = { from: 300, to: 3_400 };
/** Of a Butterworth filter of the fourth order, as two sections. */
const QUALITIES = [0.5412, 1.3066] as const;
/** Every value that an A-law code stands for, in ascending order. */
const LEVELS = s16leToFloat(aLawToS16le(Uint8Array.from({ length: 256 }, (_, code) => code))).sort();

/** The sound after a telephone line: 300 to 3,400 Hz, 8,000 samples a second, A-law (ITU-T G.711), and back. */
export function overTelephone(samples: Float32Array): Float32Array<ArrayBuffer> {
  const line = atRate(samples, SPEECH_RATE_HZ, LINE_RATE_HZ);
  for (const quality of QUALITIES) {
    passThrough(line, 'high', BAND_HZ.from, quality);
    passThrough(line, 'low', BAND_HZ.to, quality);
  }
  return atRate(line.map(nearestLevel), LINE_RATE_HZ, SPEECH_RATE_HZ);
}

function atRate(samples: Float32Array, fromHz: number, toHz: number): Float32Array<ArrayBuffer> {
  const resampler = new Resampler(fromHz, toHz);
  return joined(resampler.push(samples), resampler.flush());
}

/** Filters in place. Source: R. Bristow-Johnson, Cookbook formulae for audio equalizer biquad filter coefficients. */
function passThrough(samples: Float32Array, pass: 'low' | 'high', cornerHz: number, quality: number): void {
  const angle = (2 * Math.PI * cornerHz) / LINE_RATE_HZ;
  const alpha = Math.sin(angle) / (2 * quality);
  const cosine = Math.cos(angle);
  const middle = pass === 'low' ? 1 - cosine : -(1 + cosine);
  const outer = Math.abs(middle) / 2;
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let at = 0; at < samples.length; at++) {
    const x = samples[at]!;
    const y = (outer * (x + x2) + middle * x1 + 2 * cosine * y1 - (1 - alpha) * y2) / (1 + alpha);
    [x2, x1, y2, y1] = [x1, x, y1, y];
    samples[at] = y;
  }
}

function nearestLevel(sample: number): number {
  let [low, high] = [0, LEVELS.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (LEVELS[middle]! <= sample) low = middle;
    else high = middle;
  }
  return sample - LEVELS[low]! <= LEVELS[high]! - sample ? LEVELS[low]! : LEVELS[high]!;
}
