import { deflateSync } from 'node:zlib';

/** Whisper's own thresholds for text that repeats itself, is badly guessed, or was heard in silence. */
const COMPRESSION_RATIO_LIMIT = 2.4;
const LOG_PROBABILITY_LIMIT = -1;
const NO_SPEECH_LIMIT = 0.6;
/** Faster than anybody speaks. */
const TOKENS_PER_SECOND = 9;
const SPARE_TOKENS = 12;

/** What the guards look at. */
export interface Heard {
  readonly text: string;
  readonly averageLogProbability: number;
  readonly noSpeechProbability: number;
  /** False when the tokens allowed ran out. */
  readonly ended: boolean;
}

/** How many tokens a stretch of speech can hold, at most `limit`. */
export function tokensThatFit(durationSeconds: number, limit: number): number {
  return Math.min(limit, Math.ceil(durationSeconds * TOKENS_PER_SECOND) + SPARE_TOKENS);
}

/** Length of the text in UTF-8 over its length compressed: speech has 1 to 2, a loop far more. */
export function compressionRatio(text: string): number {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.length === 0 ? 1 : bytes.length / deflateSync(bytes).length;
}

/** Whether the text repeats itself or never ends. */
export function isLoop(heard: Heard): boolean {
  return !heard.ended || compressionRatio(heard.text) > COMPRESSION_RATIO_LIMIT;
}

/**
 * Whether the text was most likely made up where nothing was said. A badly guessed row of dots is what a creaking chair
 * gives where the model is not sure enough that nobody spoke.
 */
export function isInvented({ text, averageLogProbability, noSpeechProbability }: Heard): boolean {
  const saysNothing = noSpeechProbability > NO_SPEECH_LIMIT || !/[\p{L}\p{N}]/u.test(text);
  return saysNothing && averageLogProbability < LOG_PROBABILITY_LIMIT;
}
