import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeAudio } from '../../src/speech/formats/decode-audio.ts';
import { ensureGraphs, type GraphPaths, type GraphPrecision } from '../../src/speech/models/graph-cache.ts';
import { readWhisperConfig } from '../../src/speech/models/read-whisper-config.ts';
import { BUNDLED_DIRECTORY } from '../../src/speech/models/registry.ts';
import { Recogniser } from '../../src/speech/recogniser.ts';
import { SpeechTokenizer } from '../../src/speech/tokenizer.ts';

export const MODEL_FOLDER = join(BUNDLED_DIRECTORY, 'whisper-base');
const AUDIO = join(import.meta.dirname, '../fixtures/audio');
const SPEECH = join(AUDIO, 'speech');
/** All tests share the graphs in it, and keep them from one run to the next. */
export const TEST_DATA = join(import.meta.dirname, '../../.cache/test');
const GRAPH_CACHE = join(TEST_DATA, 'cache/graphs');

export interface Clip {
  readonly file: string;
  readonly spoken: string;
}

export const CLIPS: readonly Clip[] = JSON.parse(readFileSync(join(SPEECH, 'transcripts.json'), 'utf8'));
export const [FIRST_CLIP] = CLIPS as readonly [Clip, ...Clip[]];

export const config = readWhisperConfig(MODEL_FOLDER);
export const tokenizer = new SpeechTokenizer(MODEL_FOLDER);

export function baseGraphs(precision: GraphPrecision = 'shipped'): Promise<GraphPaths> {
  return ensureGraphs(MODEL_FOLDER, GRAPH_CACHE, precision);
}

export async function loadBaseRecogniser(precision: GraphPrecision = 'shipped'): Promise<Recogniser> {
  return Recogniser.load({ ...(await baseGraphs(precision)), config, tokenizer });
}

/** A file of the clips' folder, as a copy that may be handed over. */
export function clipBytes(file: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(join(SPEECH, file)));
}

export function clipSamples(file: string): Promise<Float32Array<ArrayBuffer>> {
  return samplesOf(join(SPEECH, file));
}

/** The clip that the parity fixture was computed from. */
export function formatSamples(file: string): Promise<Float32Array<ArrayBuffer>> {
  return samplesOf(join(AUDIO, 'formats', file));
}

async function samplesOf(path: string): Promise<Float32Array<ArrayBuffer>> {
  const { samples } = await decodeAudio(new Uint8Array(readFileSync(path)), { maxBytes: 1e7, maxSeconds: 60 });
  return samples;
}

/** White noise from -level to level, the same on every run. Source: Numerical Recipes, linear congruential generator. */
export function noise(length: number, level: number): Float32Array<ArrayBuffer> {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return level * ((state / 2 ** 32) * 2 - 1);
  });
}

/** The largest difference between two lists of numbers, element by element; infinite where their lengths differ. */
export function largestDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let index = 0; index < one.length; index++) {
    const difference = Math.abs(one[index]! - other[index]!);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
