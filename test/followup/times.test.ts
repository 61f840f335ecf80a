import { describe, expect, test } from 'vitest';
import { readTyped, requestsOf } from './reading.ts';

const timeOf = (words: string) => requestsOf(readTyped(`Återbesök ${words}.`))[0]?.time;

describe('a time after "Återbesök" is understood:', () => {
  test.each([
    ['om tre veckor', { kind: 'om', target: '2026-03-31' }],
    ['3v', { kind: 'om', target: '2026-03-31' }],
    ['om ett halvår', { kind: 'om', target: '2026-09-10' }],
    ['om ett kvartal', { kind: 'om', target: '2026-06-10' }],
    ['om en och en halv månad', { kind: 'om', target: '2026-04-25' }],
    ['om ca 14 dagar', { kind: 'om', target: '2026-03-24' }],
    ['om 6-8 v', { kind: 'intervall', earliest: '2026-04-21', latest: '2026-05-05' }],
    ['om sex till åtta veckor', { kind: 'intervall', earliest: '2026-04-21', latest: '2026-05-05' }],
    ['inom en månad', { kind: 'inom', earliest: '2026-03-10', latest: '2026-04-10' }],
    ['senast 17 april', { kind: 'inom', latest: '2026-04-17' }],
    ['före 1 maj', { kind: 'fore_datum', latest: '2026-04-30' }],
    ['tidigast 1 juni', { kind: 'efter_datum', earliest: '2026-06-01' }],
    ['efter påsk', { kind: 'efter_helg', earliest: '2026-04-07' }],
    ['den 26:e mars', { kind: 'datum', target: '2026-03-26' }],
    ['26/3 kl. 14.30', { kind: 'datum', start: '2026-03-26T14:30' }],
    ['torsdag 26 mars kl halv tre', { kind: 'datum', start: '2026-03-26T14:30' }],
    ['fredag nästa vecka', { kind: 'datum', target: '2026-03-20' }],
    ['i övermorgon', { kind: 'datum', target: '2026-03-12' }],
    ['v. 17', { kind: 'vecka', earliest: '2026-04-20', latest: '2026-04-24' }],
    ['nästa vecka', { kind: 'vecka', earliest: '2026-03-16', latest: '2026-03-20' }],
    ['i april', { kind: 'manad', earliest: '2026-04-01', latest: '2026-04-30' }],
    ['till hösten', { kind: 'sasong', earliest: '2026-09-01', latest: '2026-11-30' }],
    ['enligt plan', { kind: 'plan' }],
    ['om några veckor', { kind: 'vag' }],
    ['snarast', { kind: 'snarast' }],
  ])('%s', (words, expected) => {
    expect(timeOf(words)).toMatchObject(expected);
  });
});

describe('a date that cannot be meant is asked about, never moved:', () => {
  test.each([
    ['den 31 april', 'invalid_date'],
    ['fredag 26 mars', 'weekday_date_mismatch'],
    ['12 februari 2026', 'invalid_date'],
    ['mån', 'ambiguous_abbrev'],
  ])('%s', (words, flag) => {
    const reading = readTyped(`Återbesök ${words}.`);
    expect(reading.flags).toContain(flag);
    expect(reading.route).toBe('clinician');
  });
});

describe('a free day is told and kept:', () => {
  test.each([
    ['om två månader', 'target_on_weekend:2026-05-10'],
    ['1 maj', 'holiday_in_window:2026-05-01'],
    ['15 maj', 'target_on_bridge_day:2026-05-15'],
    ['v 15', 'holiday_in_window:2026-04-06'],
    ['inom 5 dagar', 'window_touches_weekend:2026-03-15'],
    ['om 4-5 dagar', 'short_window_weekend'],
  ])('%s', (words, flag) => {
    expect(readTyped(`Återbesök ${words}.`).flags).toContain(flag);
  });
});

describe('a series has its interval, and an end or a flag:', () => {
  test.each([
    ['PSA var tredje månad under ett år.', { interval: 'P3M', count: 4, until: '2027-03-10' }],
    ['Hembesök dsk varje torsdag t.o.m. 9 april.', { interval: 'P1W', count: 5, until: '2026-04-09' }],
    ['Tre återbesök hos psykolog med fyra veckors mellanrum.', { interval: 'P4W', count: 3 }],
    ['Hb en gång i månaden i sex månader.', { interval: 'P1M', count: 6, until: '2026-09-10' }],
  ])('%s', (text, series) => {
    expect(requestsOf(readTyped(text))[0]?.series).toEqual(series);
  });

  test('without an end staff are asked', () => {
    expect(readTyped('Årlig kontroll hos diabetessköterska.').flags).toContain('series_without_end');
  });
});
