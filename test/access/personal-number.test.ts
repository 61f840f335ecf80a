import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatPersonalNumber, parsePersonalNumber } from '../../src/access/personal-number.ts';

const TODAY = '2026-03-10';
/** Birth numbers 980-999 are not given to anybody. */
const NUMBER = '198501019809';

describe('a personnummer', () => {
  test.each(['850101-9809', '8501019809', '19850101-9809', '198501019809', ' 19850101 9809 ', '850101 - 9809'])(
    'written as "%s" is stored with 12 digits',
    (text) => {
      expect(parsePersonalNumber(text, TODAY)).toEqual({
        kind: 'personnummer',
        number: NUMBER,
        birthDate: '1985-01-01',
      });
    },
  );

  test('with ten digits is of the youngest who can have it, and with a plus of who is 100 or turns 100 this year', () => {
    const young = parsePersonalNumber('150101-9804', TODAY);
    expect(young.number).toBe('201501019804');
    expect(parsePersonalNumber('150101+9804', TODAY).number).toBe('191501019804');
    expect(parsePersonalNumber('260501+9807', TODAY).number).toBe('192605019807');
  });

  test.each(['850101-9801', '850230-9801', '20990101-9803', '8501019', 'Anna Andersson', '', '19850101+9809'])(
    '"%s" is refused, and the refusal does not repeat it',
    (text) => {
      const parsing = () => parsePersonalNumber(text, TODAY);
      expect(parsing).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
      expect(parsing).not.toThrow(text === '' ? 'never' : text);
    },
  );

  test('with one wrong digit is never taken', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: 11 }), fc.integer({ min: 1, max: 9 }), (at, change) => {
        const wrong = [...NUMBER]
          .map((digit, index) => (index === at ? (Number(digit) + change) % 10 : digit))
          .join('');
        expect(() => parsePersonalNumber(wrong, TODAY)).toThrow('not a personal number');
      }),
    );
  });
});

test('a samordningsnummer has its day plus 60, and the birth date without', () => {
  expect(parsePersonalNumber('700161-9803', TODAY)).toEqual({
    kind: 'samordningsnummer',
    number: '197001619803',
    birthDate: '1970-01-01',
  });
});

test.each(['20210325K069', '20210325 K069', '20210325-k069'])('the reservnummer "%s" is taken as it is', (text) => {
  expect(parsePersonalNumber(text, TODAY)).toEqual({
    kind: 'reservnummer',
    number: '20210325K069',
    birthDate: '2021-03-25',
  });
});

test('a reservnummer needs a date that exists', () => {
  expect(() => parsePersonalNumber('20210231K069', TODAY)).toThrow('not a personal number');
});

test('a number is shown short or whole, with a plus from the year of turning 100', () => {
  expect(formatPersonalNumber(NUMBER, TODAY)).toBe('850101-9809');
  expect(formatPersonalNumber(NUMBER, TODAY, 'full')).toBe('19850101-9809');
  expect(formatPersonalNumber('192612319802', TODAY)).toBe('261231+9802');
  expect(formatPersonalNumber('20210325K069', TODAY)).toBe('20210325K069');
});
