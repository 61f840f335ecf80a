import { expect, test } from 'vitest';
import { readAnswerCode } from '../../src/patient-page/answer-codes.ts';
import { readBirthDate } from '../../src/patient-page/birth-date.ts';

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
  ['261122', '2026-11-22'],
  ['261123', '1926-11-23'],
  ['1926-11-22', '1926-11-22'],
])('%j is read as %s', (typed, date) => {
  expect(readBirthDate(typed, TODAY)).toBe(date);
});

test.each(['', '1975', '1975-02-30', '2026-11-23', '4 mars 1975', '1975-03-04x', '7503041'])(
  '%j is no birth date',
  (typed) => {
    expect(readBirthDate(typed, TODAY)).toBeUndefined();
  },
);

test('a code is read as people type it: small letters, spaces, and letters for the digits that look like them', () => {
  expect(readAnswerCode(' 7kmx 2t9p-4wq3 ')).toBe('7KMX2T9P4WQ3');
  expect(readAnswerCode('oIl0-2t9p-4wq3')).toBe('01102T9P4WQ3');
  for (const wrong of ['', '7KMX-2T9P', '7KMX-2T9P-4WQ3-5', '7KMX-2T9P-4WQU', '7KMX-2T9P-4WQÅ']) {
    expect(readAnswerCode(wrong), wrong).toBeUndefined();
  }
});
