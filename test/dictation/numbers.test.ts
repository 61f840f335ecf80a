import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberWordValue } from '../../src/dictation/number-words.ts';
import { written } from './say.ts';

const SMALL = [
  ...['noll', 'ett', 'två', 'tre', 'fyra', 'fem', 'sex', 'sju', 'åtta', 'nio', 'tio', 'elva', 'tolv', 'tretton'],
  ...['fjorton', 'femton', 'sexton', 'sjutton', 'arton', 'nitton'],
];
const TENS = ['', '', 'tjugo', 'trettio', 'fyrtio', 'femtio', 'sextio', 'sjuttio', 'åttio', 'nittio'];

/** A number in words, as a list: the test's own way, from the grammar books. */
function spell(value: number): string[] {
  if (value < 20) return [SMALL[value]!];
  if (value < 100) return [TENS[Math.floor(value / 10)]!, ...rest(value % 10)];
  if (value < 1000) return [...spell(Math.floor(value / 100)), 'hundra', ...rest(value % 100)];
  if (value < 1_000_000) return [...spell(Math.floor(value / 1000)), 'tusen', ...rest(value % 1000)];
  const millions = Math.floor(value / 1_000_000);
  const counted = millions === 1 ? ['en', 'miljon'] : [...spell(millions), 'miljoner'];
  return [...counted, ...rest(value % 1_000_000)];
}

function rest(value: number): string[] {
  return value === 0 ? [] : spell(value);
}

/** Figures as running text has them. */
function inFigures(value: number): string {
  return value < 10_000 ? String(value) : String(value).replace(/\B(?=(\d{3})+$)/g, '\u00A0');
}

describe('number words', () => {
  test('mean the number that was spelled, each from 0 to 1 000 000, in one word', { timeout: 60_000 }, () => {
    const wrong: number[] = [];
    for (let value = 0; value <= 1_000_000; value += 1) {
      if (numberWordValue(spell(value).join('')) !== value) wrong.push(value);
    }
    expect(wrong).toEqual([]);
  });

  test('mean the same however their words were joined, up to 999 999 999', () => {
    fc.assert(
      fc.property(fc.integer({ min: 13, max: 999_999_999 }), fc.array(fc.boolean()), (value, joins) => {
        const said = spell(value).reduce((text, word, index) => `${text}${joins[index] ? '' : ' '}${word}`);
        expect(written(said)).toBe(inFigures(value));
      }),
    );
  });

  test.each(['tjugotio', 'tvåtre', 'femhundrahundra', 'tusentusen', 'nollfem', 'miljon', 'enda', 'tretti1', ''])(
    'are not made of %j',
    (word) => expect(numberWordValue(word)).toBeUndefined(),
  );

  test('of two numbers said with a pause between them stay two', () => {
    expect(written('tjugo ·· fem milligram')).toBe('20 5\u00A0mg');
  });

  test('longer than any number are words', () => {
    expect(written(`${'tjugo'.repeat(2000)} punkt`)).toBe(`Tjugo${'tjugo'.repeat(1999)}.`);
  });
});
