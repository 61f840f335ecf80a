import { describe, expect, test } from 'vitest';
import { explainFollowUps } from '../../src/followup/explain.ts';
import { extractFollowUps } from '../../src/followup/extract.ts';
import { UNIT_DEFAULTS } from '../../src/followup/unit.ts';
import { REF_DATE, readDictated, readTyped, requestsOf } from './reading.ts';

describe('what a recogniser misspelled is understood, and never ready to book:', () => {
  test.each([
    ['Otörbesök om sex, veckor', 'aterbesok', '2026-04-21'],
    ['Återbesök, Amtre Mona derhus Doktor Lind.', 'aterbesok', '2026-06-10'],
    ['telefåntid läkare om två veckor', 'telefon', '2026-03-24'],
    ['åter besök om fyra vekor', 'aterbesok', '2026-04-07'],
    ['återbesök om sec veckor', 'aterbesok', '2026-04-21'],
  ])('%s', (text, type, target) => {
    const reading = readDictated(text);
    expect(requestsOf(reading)[0]).toMatchObject({ type, time: { target } });
    expect(reading.flags).toContain('uncertain_hearing');
    expect(reading.route).not.toBe('auto');
  });

  test.each([
    ['Återbesökomtremånader', 'aterbesok', '2026-06-10'],
    ['telefontidomtvåveckor hos dsk', 'telefon', '2026-03-24'],
    ['Otarbesök om sex vackur.', 'aterbesok', '2026-04-21'],
  ])('words run together, or in each other’s place: %s', (text, type, target) => {
    const reading = readDictated(text);
    expect(requestsOf(reading)[0]).toMatchObject({ type, time: { target } });
    expect(reading.route).toBe('review');
  });

  test('typed words that ran together are read too', () => {
    const reading = readTyped('återbesökomtremånader hos dr Lind');
    expect(requestsOf(reading)).toMatchObject([
      { type: 'aterbesok', practitioner: 'Lind', time: { target: '2026-06-10' } },
    ]);
    expect(reading.route).toBe('review');
  });

  test('an offset survives a word that grew into its neighbour', () => {
    const requests = requestsOf(readDictated('Otörbesök om sex, veckor med provaren vecka innan.'));
    expect(requests[1]).toMatchObject({ type: 'provtagning', before: 'R1', time: { offset: '-P1W' } });
  });

  test('a misheard denial is for staff to look at', () => {
    const reading = readDictated('inge åtebesök behös');
    expect(reading.decisions.map(({ type }) => type)).toEqual(['aterbesok']);
    expect(reading.route).toBe('review');
  });
});

describe('spoken signs are signs, but a colon can be the bowel:', () => {
  test('punkt ends a sentence', () => {
    expect(requestsOf(readDictated('återbesök om tre månader punkt prover en vecka innan punkt'))).toHaveLength(2);
  });

  test('dt kolon is an examination', () => {
    expect(requestsOf(readDictated('dt kolon om tre månader'))[0]?.service).toBe('DT kolon');
  });
});

describe('typed text keeps its ordinary words:', () => {
  test.each(['Läraren kommer tillbaka.', 'Veckan har varit lugn, träffar vänner.', 'Sidan gjorde ont förra hösten.'])(
    '%s',
    (text) => {
      const { repairs, reading } = explainFollowUps(text, { refDate: REF_DATE, unit: UNIT_DEFAULTS });
      expect(repairs).toEqual([]);
      expect(reading.followUps).toEqual([]);
    },
  );

  test('a slip of one letter in a long word is repaired and told', () => {
    const reading = readTyped('Återbesökk om 3 månader.');
    expect(reading.flags).toContain('uncertain_hearing');
    expect(requestsOf(reading)[0]?.time?.target).toBe('2026-06-10');
  });
});

test('a name that is nobody here is taken for the colleague who sounds like it, and shown to staff', () => {
  const unit = { ...UNIT_DEFAULTS, staff: [{ name: 'Anna Berg', role: 'lakare' }] };
  const options = { refDate: REF_DATE, mode: 'dictated', unit } as const;
  const reading = extractFollowUps('återbesök hos doktor bärg om tre veckor', options);
  expect(requestsOf(reading)[0]?.practitioner).toBe('Berg');
  expect(reading.route).toBe('review');
  expect(extractFollowUps('återbesök hos doktor berg om tre veckor', options).route).toBe('auto');
});

test('a word heard with low confidence keeps a clear request from being ready to book', () => {
  const text = 'återbesök om tre veckor till mig';
  const options = { refDate: REF_DATE, mode: 'dictated', unit: UNIT_DEFAULTS } as const;
  const start = text.indexOf('tre');
  const words = [{ start, end: start + 'tre'.length, confidence: 0.3 }];
  expect(extractFollowUps(text, options).route).toBe('auto');
  expect(extractFollowUps(text, { ...options, words }).route).toBe('review');
});
