import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { characterErrorRate, scoreText, totalScore, wordErrorRate } from '../../src/evaluation/score.ts';

const JiwerFixture = z.object({
  together: z.object({ wer: z.number(), cer: z.number() }),
  pairs: z.array(
    z.object({
      reference: z.string(),
      hypothesis: z.string(),
      wer: z.number(),
      cer: z.number(),
      hits: z.number(),
      substitutions: z.number(),
      deletions: z.number(),
      insertions: z.number(),
    }),
  ),
});
const fixtureUrl = new URL('../fixtures/evaluation/jiwer.json', import.meta.url);
const jiwer = JiwerFixture.parse(JSON.parse(readFileSync(fixtureUrl, 'utf8')));

const sentence = fc
  .array(fc.constantFrom('en', 'två', 'Tre', 'fyra.'), { maxLength: 12 })
  .map((words) => words.join(' '));

describe('word and character error rates', () => {
  it.each(jiwer.pairs)('are those of jiwer for $reference | $hypothesis', (pair) => {
    const score = scoreText(pair.reference, pair.hypothesis);
    expect(score).toMatchObject({
      hits: pair.hits,
      substitutions: pair.substitutions,
      deletions: pair.deletions,
      insertions: pair.insertions,
    });
    expect(wordErrorRate(score)).toBeCloseTo(pair.wer, 12);
    expect(characterErrorRate(score)).toBeCloseTo(pair.cer, 12);
  });

  it('of many texts together are those of jiwer', () => {
    const total = totalScore(jiwer.pairs.map((pair) => scoreText(pair.reference, pair.hypothesis)));
    expect(wordErrorRate(total)).toBeCloseTo(jiwer.together.wer, 12);
    expect(characterErrorRate(total)).toBeCloseTo(jiwer.together.cer, 12);
  });

  it('of a text against itself are zero, and of silence heard as silence too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const score = scoreText(text, text);
        expect([wordErrorRate(score), characterErrorRate(score)]).toEqual([0, 0]);
      }),
    );
  });

  it('count the words that were heard where nothing was said', () => {
    const score = scoreText('...', 'tack för att ni tittade');
    expect(wordErrorRate(score)).toBe(5);
    expect(score).toMatchObject({ words: 0, insertions: 5 });
  });

  it('account for every word of both texts', () => {
    fc.assert(
      fc.property(sentence, sentence, (reference, hypothesis) => {
        const score = scoreText(reference, hypothesis);
        const words = (text: string) => text.split(' ').filter((word) => word !== '').length;
        expect(score.hits + score.substitutions + score.deletions).toBe(words(reference));
        expect(score.hits + score.substitutions + score.insertions).toBe(words(hypothesis));
      }),
    );
  });
});
