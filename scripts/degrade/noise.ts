import { rmsDbfs } from '../../src/audio/levels.ts';
import { SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';
import { randomNumbers } from '../../src/evaluation/random-numbers.ts';
import { scaled } from './speech-level.ts';

/** Long-term speech falls by some 6 dB an octave from here (Byrne et al., 1994): what hides all of its sounds alike. */
const CORNER_HZ = 500;

/** Noise with the spectrum of speech, at a root mean square in dB below full scale; the same for the same seed. */
export function speechShapedNoise(length: number, levelDbfs: number, seed: number): Float32Array<ArrayBuffer> {
  const random = randomNumbers(seed);
  const share = 1 - Math.exp((-2 * Math.PI * CORNER_HZ) / SPEECH_RATE_HZ);
  let held = 0;
  const noise = Float32Array.from({ length }, () => {
    held += share * (2 * random() - 1 - held);
    return held;
  });
  return scaled(noise, levelDbfs - rmsDbfs(noise));
}

/** The sum of two sounds, as long as the first. */
export function mixed(samples: Float32Array, other: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(samples, (sample, at) => sample + (other[at] ?? 0));
}
