import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseForScoring, wordsForScoring } from '../../src/evaluation/normalise.ts';

describe('normalisation for scoring', () => {
  it.each([
    ['På 1980-talet!', 'på 1980talet'],
    ['  Hej,\n\tdå…  ', 'hej då'],
    ['”Åh” — nej', 'åh nej'],
    ['5 % + 3 °C', '5 3 c'],
    ['a\u030angstro\u0308m', 'ångström'],
  ])('turns %j into %j', (text, expected) => {
    expect(normaliseForScoring(text)).toBe(expected);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = normaliseForScoring(text);
        expect(normaliseForScoring(once)).toBe(once);
      }),
    );
  });

  it('finds no word in punctuation and white space', () => {
    expect(wordsForScoring(' … -- !\n')).toEqual([]);
  });
});
