import { readFileSync } from 'node:fs';
import { SPEECH_RATE_HZ } from '../src/audio/pcm.ts';
import { decodeAudio } from '../src/speech/formats/decode-audio.ts';

/** Sound at 16 kHz, mono. */
export type Samples = Float32Array<ArrayBuffer>;

const LIMITS = { maxBytes: 1024 * 1024 * 1024, maxSeconds: 4 * 3600 };

export async function readSpeech(path: string): Promise<Samples> {
  return (await decodeAudio(new Uint8Array(readFileSync(path)), LIMITS)).samples;
}

export function secondsOf(samples: Float32Array): number {
  return samples.length / SPEECH_RATE_HZ;
}

/** Pieces of sound after one another, each followed by `pauseSeconds` of silence. */
export function joinSpeech(pieces: readonly Float32Array[], pauseSeconds: number): Samples {
  const pause = Math.round(pauseSeconds * SPEECH_RATE_HZ);
  const joined = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length + pause, 0));
  let offset = 0;
  for (const piece of pieces) {
    joined.set(piece, offset);
    offset += piece.length + pause;
  }
  return joined;
}

/** Exactly so many seconds: the start of the recording, which begins anew where it is too short. */
export function stretch(samples: Samples, seconds: number): Samples {
  const stretched = new Float32Array(Math.round(seconds * SPEECH_RATE_HZ));
  for (let offset = 0; offset < stretched.length; offset += samples.length) {
    stretched.set(samples.subarray(0, stretched.length - offset), offset);
  }
  return stretched;
}

const WINDOW_SAMPLES = SPEECH_RATE_HZ / 10;
/** A cut may lie this far from where it was wanted, as a share of the wanted length. */
const SLACK = 0.35;

/**
 * Cuts a recording into pieces of about `seconds`, each cut in the middle of the quietest tenth of a second nearby. The
 * pieces together are the whole recording.
 */
export function cutAtPauses(samples: Samples, seconds: number): readonly Samples[] {
  const wanted = seconds * SPEECH_RATE_HZ;
  const pieces: Samples[] = [];
  let start = 0;
  while (samples.length - start > wanted * (1 + SLACK)) {
    const from = start + Math.round(wanted * (1 - SLACK));
    const cut = quietest(samples, from, start + Math.round(wanted * (1 + SLACK)));
    pieces.push(samples.subarray(start, cut));
    start = cut;
  }
  return [...pieces, samples.subarray(start)];
}

function quietest(samples: Float32Array, from: number, to: number): number {
  const hop = WINDOW_SAMPLES / 10;
  let best = { energy: Number.POSITIVE_INFINITY, at: from };
  for (let start = from; start + WINDOW_SAMPLES <= to; start += hop) {
    const energy = samples.subarray(start, start + WINDOW_SAMPLES).reduce((sum, sample) => sum + sample * sample, 0);
    if (energy < best.energy) best = { energy, at: start + WINDOW_SAMPLES / 2 };
  }
  return best.at;
}
