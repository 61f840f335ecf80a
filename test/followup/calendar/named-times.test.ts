import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEAST_NAMES, feastWindow, weekendWindow } from '../../../src/followup/calendar/feast-times.ts';
import { addDays, daysBetween, weekdayOf } from '../../../src/followup/calendar/local-date.ts';
import {
  type CalendarUnit,
  nextSeasonWindow,
  numberedPeriod,
  relativePeriod,
  type Season,
  seasonWindow,
  turnOfMonth,
} from '../../../src/followup/calendar/named-times.ts';
import { type NamedWindow, type Part, partOfSpan, type Relation } from '../../../src/followup/calendar/named-window.ts';
import { anyPlanningDay, date } from './dates.ts';

const ref = date('2026-03-10');
const SEASONS: Season[] = ['var', 'sommar', 'host', 'vinter'];
const UNITS: CalendarUnit[] = ['manad', 'kvartal', 'halvar', 'ar'];
const PARTS: Part[] = ['borjan', 'mitten', 'slutet'];
const RELATIONS: Relation[] = ['fore', 'vid', 'efter'];

const anyFeast = fc.constantFrom(...FEAST_NAMES);
const anySeason = fc.constantFrom(...SEASONS);
const anyPart = fc.constantFrom(undefined, ...PARTS);
const anyRelation = fc.constantFrom(...RELATIONS);

describe('seasons', () => {
  it.each([
    ['var', {}, { earliest: '2026-03-10', latest: '2026-05-31' }],
    ['sommar', {}, { earliest: '2026-06-01', latest: '2026-08-31' }],
    ['host', {}, { earliest: '2026-09-01', latest: '2026-11-30' }],
    ['vinter', {}, { earliest: '2026-12-01', latest: '2027-02-28' }],
    ['sommar', { relation: 'fore' }, { latest: '2026-05-31' }],
    ['sommar', { relation: 'efter' }, { earliest: '2026-09-01' }],
    ['host', { part: 'borjan' }, { earliest: '2026-09-01', latest: '2026-09-30' }],
    ['host', { year: 2027 }, { earliest: '2027-09-01', latest: '2027-11-30' }],
  ] as const)('from 10 March 2026: %s %j is %j, and fuzzy', (season, options, window) => {
    expect(seasonWindow(ref, season, options)).toEqual({ ...window, fuzzy: true });
  });

  it('that are going on over the turn of the year are meant themselves', () => {
    expect(seasonWindow(date('2026-01-15'), 'vinter')).toEqual({
      earliest: '2026-01-15',
      latest: '2026-02-28',
      fuzzy: true,
    });
  });

  it.each([
    ['2026-03-10', 'var', '2027-03-01', undefined],
    ['2026-11-10', 'var', '2027-03-01', undefined],
    ['2026-01-10', 'vinter', '2026-12-01', undefined],
    ['2026-03-10', 'host', '2026-09-01', '2027-09-01'],
    ['2026-01-10', 'var', '2026-03-01', '2027-03-01'],
  ] as const)('called "nästa" on %s: %s begins %s, or %s', (from, season, earliest, later) => {
    const window = nextSeasonWindow(date(from), season);
    expect(window).toMatchObject({ earliest, fuzzy: true });
    expect(window.alternative?.earliest).toBe(later);
  });
});

describe('numbered and relative periods', () => {
  it.each([
    ['manad', 4, {}, { earliest: '2026-04-01', latest: '2026-04-30', fuzzy: false }],
    ['manad', 3, {}, { earliest: '2026-03-10', latest: '2026-03-31', fuzzy: false }],
    ['manad', 1, {}, { earliest: '2027-01-01', latest: '2027-01-31', fuzzy: false }],
    ['manad', 2, {}, { earliest: '2027-02-01', latest: '2027-02-28', fuzzy: true }],
    ['manad', 12, { part: 'borjan' }, { earliest: '2026-12-01', latest: '2026-12-10', fuzzy: true }],
    ['manad', 4, { part: 'mitten' }, { earliest: '2026-04-11', latest: '2026-04-20', fuzzy: true }],
    ['manad', 2, { part: 'slutet', year: 2028 }, { earliest: '2028-02-21', latest: '2028-02-29', fuzzy: true }],
    ['manad', 5, { relation: 'fore' }, { latest: '2026-04-30', fuzzy: false }],
    ['manad', 3, { relation: 'fore' }, { latest: '2027-02-28', fuzzy: true }],
    ['manad', 3, { relation: 'efter' }, { earliest: '2026-04-01', fuzzy: false }],
    ['manad', 1, { year: 2026 }, { earliest: '2026-01-01', latest: '2026-01-31', fuzzy: true }],
    ['kvartal', 2, {}, { earliest: '2026-04-01', latest: '2026-06-30', fuzzy: false }],
    ['halvar', 2, {}, { earliest: '2026-07-01', latest: '2026-12-31', fuzzy: false }],
    ['ar', 1, { year: 2027 }, { earliest: '2027-01-01', latest: '2027-12-31', fuzzy: false }],
  ] as const)('from 10 March 2026: %s %i %j is %j', (unit, number, options, window) => {
    expect(numberedPeriod(ref, unit, number, options)).toEqual(window);
  });

  it.each([
    ['manad', 0, undefined, { earliest: '2026-03-10', latest: '2026-03-31', fuzzy: false }],
    ['manad', 1, undefined, { earliest: '2026-04-01', latest: '2026-04-30', fuzzy: false }],
    ['manad', 1, 'borjan', { earliest: '2026-04-01', latest: '2026-04-10', fuzzy: true }],
    ['manad', 0, 'slutet', { earliest: '2026-03-21', latest: '2026-03-31', fuzzy: true }],
    ['manad', 10, undefined, { earliest: '2027-01-01', latest: '2027-01-31', fuzzy: false }],
    ['kvartal', 1, undefined, { earliest: '2026-04-01', latest: '2026-06-30', fuzzy: false }],
    ['halvar', 1, undefined, { earliest: '2026-07-01', latest: '2026-12-31', fuzzy: false }],
    ['ar', 1, undefined, { earliest: '2027-01-01', latest: '2027-12-31', fuzzy: false }],
    ['ar', 0, 'slutet', { earliest: '2026-09-01', latest: '2026-12-31', fuzzy: true }],
  ] as const)('from 10 March 2026: %s %i ahead, part %s, is %j', (unit, ahead, part, window) => {
    expect(relativePeriod(ref, unit, ahead, part)).toEqual(window);
  });

  it('whose part has ended are told as they were, and fuzzy', () => {
    const window = { earliest: '2026-03-01', latest: '2026-03-10', fuzzy: true };
    expect(relativePeriod(date('2026-03-20'), 'manad', 0, 'borjan')).toEqual(window);
  });

  it.each([
    [12, 'vid', { earliest: '2026-12-27', latest: '2027-01-05', fuzzy: true }],
    [12, 'fore', { latest: '2026-12-31', fuzzy: false }],
    [12, 'efter', { earliest: '2027-01-01', fuzzy: false }],
    [4, 'vid', { earliest: '2026-04-26', latest: '2026-05-05', fuzzy: true }],
    [undefined, 'fore', { latest: '2026-03-31', fuzzy: false }],
    [undefined, 'efter', { earliest: '2026-04-01', fuzzy: false }],
  ] as const)('turn after month %s, %s: %j', (month, relation, window) => {
    expect(turnOfMonth(ref, month, { relation })).toEqual(window);
  });

  it('turn in a year that was said, the last month of it included', () => {
    expect(turnOfMonth(ref, 12, { relation: 'fore', year: 2027 })).toEqual({ latest: '2027-12-31', fuzzy: false });
    expect(turnOfMonth(ref, 12, { relation: 'efter', year: 2027 })).toEqual({ earliest: '2028-01-01', fuzzy: false });
  });

  it('have three parts that follow on each other and fill the month', () => {
    fc.assert(
      fc.property(anyPlanningDay, fc.integer({ min: 1, max: 24 }), (from, ahead) => {
        const { earliest, latest } = relativePeriod(from, 'manad', ahead);
        const [first, second, third] = PARTS.map((part) => partOfSpan({ earliest: earliest!, latest: latest! }, part));
        expect(first!.earliest).toBe(earliest);
        expect(second!.earliest).toBe(addDays(first!.latest, 1));
        expect(third!.earliest).toBe(addDays(second!.latest, 1));
        expect(third!.latest).toBe(latest);
      }),
    );
  });
});

describe('feasts', () => {
  it.each([
    ['jul', 'fore', { latest: '2026-12-23' }],
    ['jul', 'vid', { earliest: '2026-12-24', latest: '2026-12-26' }],
    ['jul', 'efter', { earliest: '2026-12-27' }],
    ['nyar', 'efter', { earliest: '2027-01-02' }],
    ['jul_och_nyar', 'efter', { earliest: '2027-01-07' }],
    ['trettonhelg', 'fore', { latest: '2027-01-04' }],
    ['pask', 'fore', { latest: '2026-04-02' }],
    ['pask', 'efter', { earliest: '2026-04-07' }],
    ['valborg', 'vid', { earliest: '2026-04-30', latest: '2026-04-30' }],
    ['kristi_himmelsfard', 'fore', { latest: '2026-05-13' }],
    ['pingst', 'vid', { earliest: '2026-05-23', latest: '2026-05-24' }],
    ['nationaldag', 'efter', { earliest: '2026-06-07' }],
    ['midsommar', 'fore', { latest: '2026-06-18' }],
    ['midsommar', 'efter', { earliest: '2026-06-21' }],
    ['alla_helgons', 'fore', { latest: '2026-10-30' }],
    ['forsta_advent', 'vid', { earliest: '2026-11-29', latest: '2026-11-29' }],
    ['lucia', 'fore', { latest: '2026-12-12' }],
  ] as const)('from 10 March 2026: %s, %s, is %j', (feast, relation, window) => {
    expect(feastWindow(ref, feast, { relation })).toEqual({ ...window, fuzzy: false });
  });

  it.each(['sportlov', 'pasklov', 'sommarlov', 'hostlov', 'jullov', 'semester', 'industrisemester'] as const)(
    'without days of their own are fuzzy: %s',
    (feast) => {
      for (const relation of RELATIONS) expect(feastWindow(ref, feast, { relation }).fuzzy).toBe(true);
    },
  );

  it.each([
    ['2026-12-25', 'vid', { earliest: '2026-12-25', latest: '2026-12-26', fuzzy: false }],
    ['2026-12-23', 'fore', { latest: '2026-12-23', fuzzy: false }],
    ['2026-12-24', 'fore', { latest: '2027-12-23', fuzzy: true }],
    ['2026-12-25', 'efter', { earliest: '2026-12-27', fuzzy: false }],
    ['2026-12-28', 'efter', { earliest: '2026-12-28', fuzzy: true }],
    ['2026-12-28', 'vid', { earliest: '2027-12-24', latest: '2027-12-26', fuzzy: true }],
    ['2027-01-10', 'efter', { earliest: '2027-12-27', fuzzy: false }],
  ] as const)('during and just after: Christmas on %s, %s, is %j', (from, relation, window) => {
    expect(feastWindow(date(from), 'jul', { relation })).toEqual(window);
  });

  it('begin and end on days that the law knows: the first Sunday of Advent is four Sundays before Christmas', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2005, max: 2060 }), (year) => {
        const { latest } = feastWindow(ref, 'forsta_advent', { year, relation: 'vid' });
        expect(weekdayOf(latest!)).toBe(7);
        const daysToChristmas = daysBetween(latest!, date(`${year}-12-25`));
        expect(daysToChristmas).toBeGreaterThan(21);
        expect(daysToChristmas).toBeLessThanOrEqual(28);
      }),
    );
  });

  it.each([
    ['2026-03-10', 'vid', { earliest: '2026-03-14', latest: '2026-03-15', fuzzy: false }],
    ['2026-03-10', 'fore', { latest: '2026-03-13', fuzzy: false }],
    ['2026-03-10', 'efter', { earliest: '2026-03-16', fuzzy: false }],
    ['2026-03-31', 'fore', { latest: '2026-04-02', fuzzy: false }],
    ['2026-03-31', 'efter', { earliest: '2026-04-07', fuzzy: false }],
    ['2026-04-05', 'vid', { earliest: '2026-04-05', latest: '2026-04-06', fuzzy: false }],
    ['2026-04-05', 'fore', { latest: '2026-04-10', fuzzy: true }],
    ['2026-05-14', 'vid', { earliest: '2026-05-16', latest: '2026-05-17', fuzzy: false }],
    ['2026-12-25', 'efter', { earliest: '2026-12-28', fuzzy: false }],
    ['2026-04-06', 'efter', { earliest: '2026-04-07', fuzzy: false }],
  ] as const)('of the week ("helgen") on %s, %s: %j', (from, relation, window) => {
    expect(weekendWindow(date(from), relation)).toEqual(window);
  });
});

describe('every named time', () => {
  function expectAhead(window: NamedWindow, from: string) {
    const { earliest, latest, target, alternative } = window;
    for (const day of [earliest, latest, target]) if (day !== undefined) expect(day >= from).toBe(true);
    expect([earliest, latest, target].some((day) => day !== undefined)).toBe(true);
    if (earliest !== undefined && latest !== undefined) expect(earliest <= latest).toBe(true);
    if (alternative) {
      expect(alternative.earliest <= alternative.latest).toBe(true);
      expect(alternative.earliest > (latest ?? target!)).toBe(true);
      expect(window.fuzzy).toBe(true);
    }
  }

  it('without a said year is ordered, and never before the reference date', () => {
    fc.assert(
      fc.property(anyPlanningDay, anyFeast, anySeason, anyPart, anyRelation, (from, feast, season, part, relation) => {
        expectAhead(feastWindow(from, feast, { relation, part }), from);
        expectAhead(seasonWindow(from, season, { relation, part }), from);
        expectAhead(nextSeasonWindow(from, season), from);
        expectAhead(weekendWindow(from, relation), from);
        for (const unit of UNITS) {
          expectAhead(numberedPeriod(from, unit, 1, { relation, part }), from);
          expectAhead(relativePeriod(from, unit, 1, part), from);
          expectAhead(relativePeriod(from, unit, 0), from);
        }
        for (const month of [2, 12, undefined]) expectAhead(turnOfMonth(from, month, { relation }), from);
      }),
    );
  });

  it('is at most 13 months and a few days away, but for "nästa"', () => {
    fc.assert(
      fc.property(anyPlanningDay, anyFeast, anyRelation, (from, feast, relation) => {
        const { earliest, latest } = feastWindow(from, feast, { relation });
        expect(daysBetween(from, (earliest ?? latest)!)).toBeLessThan(400);
      }),
    );
  });

  it('with part of a feast of few days still has a day', () => {
    for (const feast of FEAST_NAMES) for (const part of PARTS) expectAhead(feastWindow(ref, feast, { part }), ref);
  });
});
