import { alignWords, editDistance } from './alignment.ts';
import { normaliseForScoring, wordsForScoring } from './normalise.ts';

/** Errors against a number of reference words: what a rate is made of, and what a bootstrap draws. */
export interface ErrorCount {
  readonly errors: number;
  readonly words: number;
}

/** What one text, or several together, cost against what was said. */
export interface Score {
  /** Words of the reference: hits + substitutions + deletions. */
  readonly words: number;
  readonly hits: number;
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
  /** Characters of the normalised reference, the spaces between words among them, as jiwer counts them. */
  readonly characters: number;
  readonly characterErrors: number;
}

/** Compares what was recognised with what was said, both normalised first. */
export function scoreText(reference: string, hypothesis: string): Score {
  const steps = alignWords(wordsForScoring(reference), wordsForScoring(hypothesis));
  const count = (kind: (typeof steps)[number]['kind']) => steps.filter((step) => step.kind === kind).length;
  const [hits, substitutions, deletions] = [count('hit'), count('substitution'), count('deletion')];
  const referenceCharacters = Array.from(normaliseForScoring(reference));
  return {
    words: hits + substitutions + deletions,
    hits,
    substitutions,
    deletions,
    insertions: count('insertion'),
    characters: referenceCharacters.length,
    characterErrors: editDistance(referenceCharacters, Array.from(normaliseForScoring(hypothesis))),
  };
}

/** The scores of several texts as one: long texts weigh more than short ones. */
export function totalScore(scores: readonly Score[]): Score {
  const sum = (field: keyof Score) => scores.reduce((total, score) => total + score[field], 0);
  return {
    words: sum('words'),
    hits: sum('hits'),
    substitutions: sum('substitutions'),
    deletions: sum('deletions'),
    insertions: sum('insertions'),
    characters: sum('characters'),
    characterErrors: sum('characterErrors'),
  };
}

export function wordErrors(score: Score): ErrorCount {
  return { errors: score.substitutions + score.deletions + score.insertions, words: score.words };
}

/**
 * Word error rate, 0 for no error and above 1 when more was heard than said. As in jiwer, where nothing was said the
 * rate is the number of words that were heard.
 */
export function wordErrorRate(score: Score): number {
  return errorRate(wordErrors(score));
}

/** Character error rate; where nothing was said, the number of characters that were heard. */
export function characterErrorRate(score: Score): number {
  return errorRate({ errors: score.characterErrors, words: score.characters });
}

/** Errors for each reference word; the errors alone where there is no word. */
export function errorRate(count: ErrorCount): number {
  return count.words === 0 ? count.errors : count.errors / count.words;
}
