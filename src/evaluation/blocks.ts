import { alignWords } from './alignment.ts';
import { normaliseForScoring, wordsForScoring } from './normalise.ts';
import type { ErrorCount } from './score.ts';

/**
 * A text's errors by stretches of `blockWords` words of the reference, so that one long recording gives a bootstrap
 * something to draw. The stretches depend on the reference alone: two systems' blocks of one reference are pairs. A word
 * heard without one in the reference counts where the reference stood; a last stretch of less than half a block joins
 * the one before it.
 */
export function errorBlocks(reference: string, hypothesis: string, blockWords: number): readonly ErrorCount[] {
  return blocksOf(wordsForScoring(reference), wordsForScoring(hypothesis), blockWords);
}

/** The same for characters, as the character error rate counts them: `words` of a block are its characters. */
export function characterErrorBlocks(
  reference: string,
  hypothesis: string,
  blockCharacters: number,
): readonly ErrorCount[] {
  const characters = (text: string) => Array.from(normaliseForScoring(text));
  return blocksOf(characters(reference), characters(hypothesis), blockCharacters);
}

function blocksOf(reference: readonly string[], hypothesis: readonly string[], length: number): readonly ErrorCount[] {
  const blocks = Math.max(1, Math.round(reference.length / length));
  const errors = new Array<number>(blocks).fill(0);
  const words = new Array<number>(blocks).fill(0);
  let position = 0;
  for (const step of alignWords(reference, hypothesis)) {
    if ('reference' in step) position = step.reference;
    const block = Math.min(blocks - 1, Math.floor(position / length));
    if ('reference' in step) words[block]!++;
    if (step.kind !== 'hit') errors[block]!++;
  }
  return words.map((count, block) => ({ words: count, errors: errors[block]! }));
}
