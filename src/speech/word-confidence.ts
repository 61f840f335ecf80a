import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile } from './models/json-file.ts';

/** In the folder of a model whose words were compared with what was said. */
export const CONFIDENCE_FILE = 'confidence.json';

/** What is known of a word when its utterance has been recognised. */
export interface WordEvidence {
  /** As written, with the punctuation that clings to it. */
  readonly text: string;
  /** Natural; of the tokens that spell it, one at least. */
  readonly tokenLogProbabilities: readonly number[];
}

/** How likely a word is right, 0 to 1. */
export type WordJudge = (evidence: WordEvidence) => number;

/** A logistic regression over what `confidenceFeatures` makes of a word. */
const ConfidenceTable = z.strictObject({
  /** What it was fitted on. */
  provenance: z.string(),
  /** ISO 639-1 code of the language that it holds for. */
  language: z.string(),
  intercept: z.number(),
  weights: z.strictObject({ sum: z.number(), mean: z.number(), strangeness: z.number() }),
});
export type ConfidenceTable = z.infer<typeof ConfidenceTable>;
export type ConfidenceFeatures = ConfidenceTable['weights'];

/** What a recogniser itself says: the mean probability of the word's tokens. */
export const meanTokenProbability: WordJudge = ({ tokenLogProbabilities }) =>
  tokenLogProbabilities.reduce((sum, value) => sum + Math.exp(value), 0) / tokenLogProbabilities.length;

/**
 * Log-probability of the whole word and of its tokens on average, and how strange it looks to a lexicon.
 *
 * @param strangeness of a text: 0 for usual words, 1 for an unknown one
 */
export function confidenceFeatures(
  { text, tokenLogProbabilities }: WordEvidence,
  strangeness: (text: string) => number,
): ConfidenceFeatures {
  const sum = tokenLogProbabilities.reduce((total, value) => total + value, 0);
  return { sum, mean: sum / tokenLogProbabilities.length, strangeness: strangeness(text) };
}

export function calibratedJudge(
  { intercept, weights }: ConfidenceTable,
  strangeness: (text: string) => number,
): WordJudge {
  return (evidence) => {
    const features = confidenceFeatures(evidence, strangeness);
    const logOdds =
      intercept +
      weights.sum * features.sum +
      weights.mean * features.mean +
      weights.strangeness * features.strangeness;
    return 1 / (1 + Math.exp(-logOdds));
  };
}

/** The table of a model; nothing where its words were never compared. @throws AppError MODEL_INVALID when it is none */
export function readConfidenceTable(modelFolder: string): ConfidenceTable | undefined {
  const path = join(modelFolder, CONFIDENCE_FILE);
  return existsSync(path) ? readJsonFile(path, ConfidenceTable) : undefined;
}
