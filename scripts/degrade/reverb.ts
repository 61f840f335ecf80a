import { SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';
import { randomNumbers } from '../../src/evaluation/random-numbers.ts';

/** Echoes in this time are too many to be told apart (velvet noise; Järveläinen and Karjalainen, 2007). */
const ECHOES_PER_SECOND = 2_000;
/** By how much the sound of a room has fallen when its reverberation time is over. */
const DECAY_DB = 60;

interface Echo {
  readonly delaySamples: number;
  readonly gain: number;
}

/**
 * The sound in a room: itself, and echoes at random times that fall by 60 dB in `reverberationSeconds`, together as loud
 * as it is. The same for the same seed.
 */
export function inRoom(samples: Float32Array, reverberationSeconds: number, seed: number): Float32Array<ArrayBuffer> {
  const output = new Float32Array(samples);
  for (const { delaySamples, gain } of echoes(reverberationSeconds, seed)) {
    for (let at = delaySamples; at < output.length; at++) output[at]! += gain * samples[at - delaySamples]!;
  }
  return output;
}

function echoes(reverberationSeconds: number, seed: number): readonly Echo[] {
  const random = randomNumbers(seed);
  const spacing = SPEECH_RATE_HZ / ECHOES_PER_SECOND;
  const raw = Array.from({ length: Math.round(reverberationSeconds * ECHOES_PER_SECOND) }, (_, index) => {
    const delaySamples = 1 + Math.floor((index + random()) * spacing);
    const fallDb = (DECAY_DB * delaySamples) / (reverberationSeconds * SPEECH_RATE_HZ);
    return { delaySamples, gain: (random() < 0.5 ? -1 : 1) * 10 ** (-fallDb / 20) };
  });
  const energy = raw.reduce((sum, { gain }) => sum + gain * gain, 0);
  return raw.map(({ delaySamples, gain }) => ({ delaySamples, gain: gain / Math.sqrt(energy) }));
}
