import { deflateSync } from 'node:zlib';

/** Whisper's own thresholds for text that repeats itself, is badly guessed, or was heard in silence. */
const COMPRESSION_RATIO_LIMIT = 2.4;
const LOG_PROBABILITY_LIMIT = -1;
const NO_SPEECH_LIMIT = 0.6;
/**
 * The surer a model is that nobody spoke, the surer of its words it must be.
 * Half sure: of 166 utterances of accented speech and of speech 5 dB above a fan the worst guessed has -1.7, and with more
 * than 0.4 none is below -1.35; a creaking chair had -1.8 at 0.6.
 * Certain: of 179 utterances of speech, half of them 5 dB above white noise, none had more than 0.6; silence and noise
 * alone have 0.75 to 0.93, and words that follow each other well.
 */
const INVENTED = [
  { noSpeechAbove: 0.4, logProbabilityBelow: -1.6 },
  { noSpeechAbove: NO_SPEECH_LIMIT, logProbabilityBelow: LOG_PROBABILITY_LIMIT },
  { noSpeechAbove: 0.7, logProbabilityBelow: -0.7 },
] as const;
/** Faster than anybody speaks: room for a search to end by itself. */
const TOKENS_PER_SECOND = 9;
const SPARE_TOKENS = 12;
/**
 * What even the fastest words stay below, cut to their very ends: those measured had 13 tokens a second at most and none
 * more than 12 a second and one; utterances with their pauses had 6. Makes a difference below 2 s.
 */
const FASTEST_TOKENS_PER_SECOND = 12;
const FASTEST_SPARE_TOKENS = 6;

/** What the guards look at. */
export interface Heard {
  readonly text: string;
  readonly tokens: readonly number[];
  /** Of the sound. */
  readonly durationSeconds: number;
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

/** Whether nobody can have said so much in this time. */
function isTooFast({ tokens, durationSeconds }: Heard): boolean {
  return tokens.length > durationSeconds * FASTEST_TOKENS_PER_SECOND + FASTEST_SPARE_TOKENS;
}

/** Whether the text repeats itself, never ends, or is more than can have been said. */
export function isLoop(heard: Heard): boolean {
  return !heard.ended || compressionRatio(heard.text) > COMPRESSION_RATIO_LIMIT || isTooFast(heard);
}

/**
 * Whether the text was most likely made up where nothing was said. A badly guessed row of dots is what a creaking chair
 * gives where the model is not sure enough that nobody spoke; or a row of letters, faster than anybody speaks.
 */
export function isInvented(heard: Heard): boolean {
  if (isTooFast(heard)) return true;
  const { text, averageLogProbability, noSpeechProbability } = heard;
  const isDoubted = INVENTED.some(
    ({ noSpeechAbove, logProbabilityBelow }) =>
      noSpeechProbability > noSpeechAbove && averageLogProbability < logProbabilityBelow,
  );
  return isDoubted || (!/[\p{L}\p{N}]/u.test(text) && averageLogProbability < LOG_PROBABILITY_LIMIT);
}
