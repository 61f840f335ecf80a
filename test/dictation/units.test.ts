import { describe, expect, test } from 'vitest';
import { isUnitSymbol, SYMBOLS } from '../../src/dictation/units.ts';
import { written } from './say.ts';

const NAMED = Object.entries(SYMBOLS).flatMap(([symbol, said]) =>
  said.split(', ').flatMap((name) => (name === '' ? [] : [{ name, symbol }])),
);

describe('no unit is taken for another:', () => {
  test.each(NAMED)('fjorton $name', ({ name, symbol }) => expect(written(`fjorton ${name}`)).toBe(`14\u00A0${symbol}`));
  test.each(Object.keys(SYMBOLS))('14 %s', (symbol) => expect(written(`14 ${symbol}`)).toBe(`14\u00A0${symbol}`));
  test.each(Object.keys(SYMBOLS))('14%s', (symbol) => expect(written(`14${symbol}`)).toBe(`14\u00A0${symbol}`));

  test.each([
    ['14 mmol/l', '14\u00A0mmol/l'],
    ['14mmol/l', '14\u00A0mmol/l'],
    ['14 µg', '14\u00A0mikrogram'],
    ['14 \u03BCmol/l', '14\u00A0µmol/l'],
    ['14 ml/min', '14\u00A0ml/min'],
    ['14 mm hg', '14\u00A0mmHg'],
  ])('%s', (heard, expected) => expect(written(heard)).toBe(expected));
});

test('what is no unit is not one: constructor, e, mg/x, mg/l/l', () => {
  expect(['constructor', 'e', 'mg/x', 'mg/l/l', ''].filter(isUnitSymbol)).toEqual([]);
});
