import { expect, test } from 'vitest';
import { readAnswerCode } from '../../src/patient-page/answer-codes.ts';
import { readBirthDates } from '../../src/patient-page/birth-date.ts';

const TODAY = '2026-11-22';

test.each([
  ['1975-03-04', '1975-03-04'],
  ['19750304', '1975-03-04'],
  ['750304', '1975-03-04'],
  [' 1975 03 04 ', '1975-03-04'],
  ['1975.03.04', '1975-03-04'],
  ['75-03-04', '1975-03-04'],
  ['197503041234', '1975-03-04'],
  ['750304-1234', '1975-03-04'],
  ['20200229', '2020-02-29'],
  // Of this century only where that day has been.
  ['261123', '1926-11-23'],
  ['1924-03-04', '1924-03-04'],
  ['1926-11-22', '1926-11-22'],
])('%j is read as %s', (typed, date) => {
  expect(readBirthDates(typed, TODAY)).toEqual([date]);
});

test('six digits mean each century that somebody alive was born in: a child as well as who is above a hundred', () => {
  expect(readBirthDates('261122', TODAY)).toEqual(['2026-11-22', '1926-11-22']);
  expect(readBirthDates('240304-1234', TODAY)).toEqual(['2024-03-04', '1924-03-04']);
  // 1897 was 129 years ago.
  expect(readBirthDates('970304', TODAY)).toEqual(['1997-03-04', '1897-03-04']);
  // A leap day of one century alone.
  expect(readBirthDates('000229', TODAY)).toEqual(['2000-02-29']);
});

test.each(['', '1975', '1975-02-30', '2026-11-23', '4 mars 1975', '1975-03-04x', '7503041'])(
  '%j is no birth date',
  (typed) => {
    expect(readBirthDates(typed, TODAY)).toEqual([]);
  },
);

test('a code is read as people type it: small letters, spaces, and letters for the digits that look like them', () => {
  expect(readAnswerCode(' 7kmx 2t9p-4wq3 ')).toBe('7KMX2T9P4WQ3');
  expect(readAnswerCode('oIl0-2t9p-4wq3')).toBe('01102T9P4WQ3');
  for (const wrong of ['', '7KMX-2T9P', '7KMX-2T9P-4WQ3-5', '7KMX-2T9P-4WQU', '7KMX-2T9P-4WQÅ']) {
    expect(readAnswerCode(wrong), wrong).toBeUndefined();
  }
});
