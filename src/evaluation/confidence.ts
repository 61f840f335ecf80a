import { alignWords } from './alignment.ts';
import { wordsForScoring } from './normalise.ts';

/** A word that was heard, with how likely the recogniser said it was right. */
export interface SureWord {
  readonly text: string;
  readonly probability: number;
}

/** The same beside what was said. */
export type JudgedWord<Word extends SureWord = SureWord> = Word & { readonly isRight: boolean };

/** Words of about the same probability. */
export interface ReliabilityBin {
  readonly words: number;
  /** What the recogniser said of them, on average. */
  readonly probability: number;
  /** How many of them were right. */
  readonly rightShare: number;
}

/** What marking the words below a probability does. */
export interface MarkingFigures {
  /** Of all words heard. */
  readonly markedShare: number;
  /** Marked ones that are wrong, of all that are marked. */
  readonly wrongOfMarked: number;
  /** Wrong ones that are marked, of all that are wrong. */
  readonly markedOfWrong: number;
}

const BINS = 10;

/**
 * Which of the words that were heard were said, by the cheapest alignment of both as errors are counted. A word without
 * a letter or figure is left out; one that counts as several is right when all of them are.
 */
export function judgeWords<Word extends SureWord>(
  reference: string,
  words: readonly Word[],
): readonly JudgedWord<Word>[] {
  const parts = words.map(({ text }) => wordsForScoring(text));
  const hits = new Set<number>();
  for (const step of alignWords(wordsForScoring(reference), parts.flat())) {
    if (step.kind === 'hit') hits.add(step.hypothesis);
  }
  let from = 0;
  return words.flatMap((word, index) => {
    const places = parts[index]!.map((_, place) => from + place);
    from += places.length;
    return places.length === 0 ? [] : [{ ...word, isRight: places.every((place) => hits.has(place)) }];
  });
}

/** The words in order of their probability, in bins of as many words each: what a reliability plot shows. */
export function reliabilityBins(judged: readonly JudgedWord[], bins = BINS): readonly ReliabilityBin[] {
  const sorted = judged.toSorted((a, b) => a.probability - b.probability);
  const bounds = Array.from({ length: bins + 1 }, (_, bin) => Math.round((bin * sorted.length) / bins));
  return bounds.slice(1).flatMap((to, bin) => {
    const inside = sorted.slice(bounds[bin], to);
    if (inside.length === 0) return [];
    return [{ words: inside.length, probability: mean(inside, probabilityOf), rightShare: mean(inside, rightnessOf) }];
  });
}

/**
 * How far what was said of words lies from what came true, on average over bins of as many words each (expected
 * calibration error; Naeini et al., 2015; Nguyen and O'Connor, 2015, for bins of equal size).
 */
export function calibrationError(judged: readonly JudgedWord[], bins = BINS): number {
  const gaps = reliabilityBins(judged, bins).map(
    ({ words, probability, rightShare }) => words * Math.abs(probability - rightShare),
  );
  return gaps.reduce((sum, gap) => sum + gap, 0) / judged.length;
}

/** The mean squared distance between what was said of a word and what came true (Brier, 1950): 0 at best. */
export function brierScore(judged: readonly JudgedWord[]): number {
  return mean(judged, (word) => (word.probability - rightnessOf(word)) ** 2);
}

/** How often a right word is given more than a wrong one, of all pairs of both: 0.5 by chance, 1 at best; NaN without either. */
export function rankingQuality(judged: readonly JudgedWord[]): number {
  const right = judged.filter(({ isRight }) => isRight).map(probabilityOf);
  const wrong = judged.filter(({ isRight }) => !isRight).map(probabilityOf);
  let wins = 0;
  for (const one of right) for (const other of wrong) wins += one > other ? 1 : one === other ? 0.5 : 0;
  return wins / (right.length * wrong.length);
}

export function markingFigures(judged: readonly JudgedWord[], below: number): MarkingFigures {
  const marked = judged.filter(({ probability }) => probability < below);
  const wrong = judged.filter(({ isRight }) => !isRight);
  const both = marked.filter(({ isRight }) => !isRight).length;
  return {
    markedShare: marked.length / judged.length,
    wrongOfMarked: both / marked.length,
    markedOfWrong: both / wrong.length,
  };
}

function probabilityOf({ probability }: JudgedWord): number {
  return probability;
}

function rightnessOf({ isRight }: JudgedWord): number {
  return isRight ? 1 : 0;
}

function mean(words: readonly JudgedWord[], value: (word: JudgedWord) => number): number {
  return words.reduce((sum, word) => sum + value(word), 0) / words.length;
}
