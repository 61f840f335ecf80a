import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { characterErrorBlocks, errorBlocks } from '../../src/evaluation/blocks.ts';
import { errorRateDifference, errorRateInterval, figureInterval, percentile } from '../../src/evaluation/bootstrap.ts';
import { errorRate, scoreText, wordErrors } from '../../src/evaluation/score.ts';

const unit = fc.record({ errors: fc.nat({ max: 6 }), words: fc.integer({ min: 1, max: 9 }) });
const units = fc.array(unit, { minLength: 2, maxLength: 12 });
const few = { draws: 200 };

describe('bootstrap intervals', () => {
  it('are the same for the same seed and others for another', () => {
    const sample = [0, 1, 2, 3, 4, 5, 6, 7].map((errors) => ({ errors, words: 7 }));
    expect(errorRateInterval(sample)).toEqual(errorRateInterval(sample));
    expect(errorRateInterval(sample, { seed: 2 })).not.toEqual(errorRateInterval(sample, { seed: 3 }));
  });

  it('of any figure are those of the error rate when that is the figure', () => {
    fc.assert(
      fc.property(units, (sample) => {
        const rate = (drawn: typeof sample) =>
          errorRate({
            errors: drawn.reduce((sum, { errors }) => sum + errors, 0),
            words: drawn.reduce((sum, { words }) => sum + words, 0),
          });
        expect(figureInterval(sample, (drawn) => rate([...drawn]), few)).toEqual(errorRateInterval(sample, few));
      }),
    );
  });

  it('lie between the rates of the best and the worst unit', () => {
    fc.assert(
      fc.property(units, (sample) => {
        const rates = sample.map(({ errors, words }) => errors / words);
        const { value, low, high } = errorRateInterval(sample, few);
        expect(low).toBeGreaterThanOrEqual(Math.min(...rates) - 1e-12);
        expect(high).toBeLessThanOrEqual(Math.max(...rates) + 1e-12);
        expect(value).toBeGreaterThanOrEqual(Math.min(...rates) - 1e-12);
      }),
    );
  });

  it('hold the true rate in about 95 of 100 samples', () => {
    const trueRate = 0.25;
    let seed = 7;
    const coin = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647 < trueRate ? 1 : 0;
    };
    const held = Array.from({ length: 300 }, () => {
      const sample = Array.from({ length: 60 }, () => ({
        words: 8,
        errors: [1, 2, 3, 4, 5, 6, 7, 8].reduce((sum) => sum + coin(), 0),
      }));
      const { low, high } = errorRateInterval(sample, { draws: 300 });
      return low <= trueRate && trueRate <= high;
    }).filter(Boolean).length;
    expect(held).toBeGreaterThan(300 * 0.9);
    expect(held).toBeLessThan(300 * 0.99);
  });

  it('of a difference between a system and itself are nothing', () => {
    fc.assert(
      fc.property(units, (sample) => {
        expect(errorRateDifference(sample, sample, few)).toEqual({ value: 0, low: 0, high: 0 });
      }),
    );
  });

  it('of one system that is worse everywhere do not reach zero, however hard the units differ', () => {
    const baseline = [0, 10, 1, 9, 2, 8, 3, 7].map((errors) => ({ errors, words: 10 }));
    const worse = baseline.map(({ errors, words }) => ({ errors: errors + 1, words }));
    const { value, low } = errorRateDifference(worse, baseline);
    expect(value).toBeCloseTo(0.1);
    expect(low).toBeGreaterThan(0.09);
  });

  it('refuse two systems that were not given the same units', () => {
    const one = { errors: 1, words: 2 };
    expect(() => errorRateDifference([one], [one, one])).toThrow(RangeError);
  });
});

describe('blocks of a long text', () => {
  const sentence = fc.array(fc.constantFrom('en', 'två', 'tre'), { maxLength: 60 }).map((words) => words.join(' '));

  it('add up to the score of the whole, and have the same words for every system', () => {
    fc.assert(
      fc.property(sentence, sentence, sentence, (reference, one, other) => {
        const blocks = errorBlocks(reference, one, 8);
        const sum = (field: 'errors' | 'words') => blocks.reduce((total, block) => total + block[field], 0);
        expect({ errors: sum('errors'), words: sum('words') }).toEqual(wordErrors(scoreText(reference, one)));
        expect(errorBlocks(reference, other, 8).map(({ words }) => words)).toEqual(blocks.map(({ words }) => words));
        const { characters, characterErrors } = scoreText(reference, one);
        const letters = characterErrorBlocks(reference, one, 30);
        expect(letters.reduce((total, { words }) => total + words, 0)).toBe(characters);
        expect(letters.reduce((total, { errors }) => total + errors, 0)).toBe(characterErrors);
      }),
    );
  });

  it('hold half a block of words at least, unless the text is shorter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 100 }), (length) => {
        const text = Array.from({ length }, () => 'ord').join(' ');
        for (const block of errorBlocks(text, text, 8)) expect(block.words).toBeGreaterThanOrEqual(4);
      }),
    );
  });
});

describe('a percentile', () => {
  it('lies between two values by proportion', () => {
    expect([0, 0.25, 0.5, 1].map((share) => percentile([10, 20, 30], share))).toEqual([10, 15, 20, 30]);
  });
});
