import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/contracts/errors.ts';
import { alignWords, editDistance } from '../../src/evaluation/alignment.ts';

const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 9 });
const errorsOf = (steps: ReturnType<typeof alignWords>) => steps.filter((step) => step.kind !== 'hit').length;

/** The definition of the Levenshtein distance, without a table: slow, and too simple to be wrong. */
function distanceByDefinition(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return a.length + b.length;
  const [, ...restA] = a;
  const [, ...restB] = b;
  if (a[0] === b[0]) return distanceByDefinition(restA, restB);
  return (
    1 + Math.min(distanceByDefinition(restA, restB), distanceByDefinition(restA, b), distanceByDefinition(a, restB))
  );
}

describe('an alignment', () => {
  it('is never dearer than the distance by definition, nor cheaper', () => {
    const few = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 });
    fc.assert(
      fc.property(few, few, (reference, hypothesis) => {
        const distance = distanceByDefinition(reference, hypothesis);
        expect(errorsOf(alignWords(reference, hypothesis))).toBe(distance);
        expect(editDistance(reference, hypothesis)).toBe(distance);
      }),
    );
  });

  it('passes every word of both texts once, in order', () => {
    fc.assert(
      fc.property(words, words, (reference, hypothesis) => {
        const steps = alignWords(reference, hypothesis);
        const references = steps.flatMap((step) => ('reference' in step ? [step.reference] : []));
        const hypotheses = steps.flatMap((step) => ('hypothesis' in step ? [step.hypothesis] : []));
        expect(references).toEqual(reference.map((_, index) => index));
        expect(hypotheses).toEqual(hypothesis.map((_, index) => index));
      }),
    );
  });

  it('calls a hit only what is the same word', () => {
    fc.assert(
      fc.property(words, words, (reference, hypothesis) => {
        for (const step of alignWords(reference, hypothesis)) {
          if (step.kind === 'hit') expect(reference[step.reference]).toBe(hypothesis[step.hypothesis]);
          if (step.kind === 'substitution') expect(reference[step.reference]).not.toBe(hypothesis[step.hypothesis]);
        }
      }),
    );
  });

  it('costs as much from either side', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(errorsOf(alignWords(a, b))).toBe(errorsOf(alignWords(b, a)));
      }),
    );
  });

  it('of texts longer than an hour of speech is refused, unless they hardly differ', () => {
    const long = Array.from({ length: 9_000 }, (_, index) => `a${index}`);
    const other = Array.from({ length: 9_000 }, (_, index) => `b${index}`);
    expect(() => alignWords(long, other)).toThrow(AppError);
    expect(errorsOf(alignWords(long, [...long.slice(0, 4_000), 'x', ...long.slice(4_001)]))).toBe(1);
  });
});
