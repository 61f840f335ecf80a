import { AppError } from '../contracts/errors.ts';
import type { LetterContents, LetterPreparation } from '../contracts/letter.ts';

/** How a preparation is to read, as somebody has looked it through beside the clinician's words. */
export type CheckedWords = Pick<LetterPreparation, 'original' | 'plain'>;

export function preparationsIn({ visits, toBook }: LetterContents): LetterPreparation[] {
  return [...visits.flatMap(({ preparations }) => preparations), ...(toBook?.preparations ?? [])];
}

/**
 * The contents with the words that staff have checked. Throws STATE_NOT_ALLOWED where short forms were written out that
 * nobody has looked at.
 */
export function withCheckedWords(contents: LetterContents, checked: readonly CheckedWords[]): LetterContents {
  const words = new Map(checked.map(({ original, plain }) => [original, plain]));
  const unchecked = preparationsIn(contents).filter(
    ({ original, writtenOut }) => writtenOut.length > 0 && !words.has(original),
  );
  if (unchecked.length > 0) {
    throw new AppError('STATE_NOT_ALLOWED', 'short forms in the preparations were written out by a table', {
      expected: 'the words of each, checked beside the original',
      got: `${unchecked.length} unchecked`,
    });
  }
  return withPreparations(contents, (one) => ({ ...one, plain: words.get(one.original) ?? one.plain }));
}

/** With the words that were checked for earlier letters, the latest first, where there are such. */
export function withEarlierWords(contents: LetterContents, earlier: readonly EarlierLetter[]): LetterContents {
  const words = wordsIn(earlier);
  return withPreparations(contents, (one) => ({ ...one, plain: words.get(one.original) ?? one.plain }));
}

/** For a letter that nobody looks at: what was never checked stays as the clinician said it. */
export function withoutUncheckedWords(contents: LetterContents, earlier: readonly EarlierLetter[]): LetterContents {
  const words = wordsIn(earlier);
  return withPreparations(contents, (one) => ({ ...one, plain: words.get(one.original) ?? one.original }));
}

interface EarlierLetter {
  readonly contents: LetterContents;
}

function wordsIn(earlier: readonly EarlierLetter[]): ReadonlyMap<string, string> {
  const oldestFirst = earlier.toReversed().flatMap(({ contents }) => preparationsIn(contents));
  return new Map(oldestFirst.map(({ original, plain }) => [original, plain]));
}

function withPreparations(
  contents: LetterContents,
  change: (preparation: LetterPreparation) => LetterPreparation,
): LetterContents {
  const { visits, toBook } = contents;
  return {
    ...contents,
    visits: visits.map((visit) => ({ ...visit, preparations: visit.preparations.map(change) })),
    ...(toBook && { toBook: { ...toBook, preparations: toBook.preparations.map(change) } }),
  };
}
