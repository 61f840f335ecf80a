import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../../src/followup/calendar/duration.ts';
import {
  addDays,
  addDuration,
  addMonths,
  compareDates,
  dayOf,
  daysBetween,
  earlierOf,
  isoWeekOf,
  lastDayOfMonth,
  laterOf,
  localDate,
  mondayOfIsoWeek,
  monthOf,
  parseLocalDate,
  weekdayOf,
  weeksInIsoYear,
  yearOf,
} from '../../../src/followup/calendar/local-date.ts';
import { anyDay, date, everyDay } from './dates.ts';

const YEARS_WITH_53_WEEKS = [1992, 1998, 2004, 2009, 2015, 2020, 2026, 2032, 2037, 2043, 2048, 2054, 2060];

describe('a date', () => {
  it('is read back from its parts and its text, every day from 1990 to 2060', () => {
    expect(everyDay.at(-1)).toBe('2060-12-31');
    for (const day of everyDay) {
      expect(localDate(yearOf(day), monthOf(day), dayOf(day))).toBe(day);
      expect(parseLocalDate(day)).toBe(day);
    }
  });

  it.each([
    '2026-04-31',
    '2026-02-29',
    '2026-00-10',
    '2026-13-01',
    '2026-03-00',
    '2026-3-1',
    '26-03-01',
    '2026-03-10T08:00',
    ' 2026-03-10',
    '0999-12-31',
    '10000-01-01',
    '',
  ])('that does not exist or is not written as one is refused: %j', (text) => {
    expect(parseLocalDate(text)).toBeUndefined();
  });

  it('of 29 February exists in leap years alone', () => {
    const leapYears = [1996, 2000, 2024, 2028, 2400];
    expect(leapYears.map((year) => localDate(year, 2, 29))).not.toContain(undefined);
    expect([1900, 2023, 2026, 2100].map((year) => localDate(year, 2, 29))).toEqual(Array(4).fill(undefined));
  });

  it('needs whole numbers', () => {
    expect([
      localDate(2026, 3.5, 1),
      localDate(2026, 3, Number.NaN),
      localDate(Number.POSITIVE_INFINITY, 3, 1),
    ]).toEqual(Array(3).fill(undefined));
  });

  it('has the weekday that Intl gives it', () => {
    const named = new Intl.DateTimeFormat('sv-SE', { weekday: 'short', timeZone: 'UTC' });
    const names = ['mån', 'tis', 'ons', 'tors', 'fre', 'lör', 'sön'];
    for (const day of everyDay) expect(names[weekdayOf(day) - 1]).toBe(named.format(Date.parse(day)));
  });

  it('before 1970 has its weekday too', () => {
    expect(weekdayOf(date('1969-07-20'))).toBe(7);
    expect(weekdayOf(date('1753-03-01'))).toBe(4);
  });

  it('is in order with others as their days are', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (one, other) => {
        expect(compareDates(one, other) < 0).toBe(one < other);
        expect(compareDates(one, other)).toBe(daysBetween(other, one));
        expect([earlierOf(one, other), laterOf(one, other)]).toEqual([one, other].sort());
      }),
    );
  });
});

describe('adding', () => {
  it('days is undone by taking them away, and daysBetween counts them', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -4000, max: 4000 }), (day, days) => {
        expect(addDays(addDays(day, days), -days)).toBe(day);
        expect(daysBetween(day, addDays(day, days))).toBe(days);
      }),
    );
  });

  it('months never leaves the target month, and keeps the day or takes the last', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -600, max: 600 }), (day, months) => {
        const sum = addMonths(day, months);
        expect(yearOf(sum) * 12 + monthOf(sum)).toBe(yearOf(day) * 12 + monthOf(day) + months);
        expect(dayOf(sum)).toBe(Math.min(dayOf(day), lastDayOfMonth(yearOf(sum), monthOf(sum))));
      }),
    );
  });

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-03-10', 3, '2026-06-10'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
  ])('%s and %i months is %s', (from, months, to) => {
    expect(addMonths(date(from), months)).toBe(to);
  });

  it.each([
    ['P3M', '2026-06-10'],
    ['P2W', '2026-03-24'],
    ['P1Y', '2027-03-10'],
    ['P10D', '2026-03-20'],
    ['P90D', '2026-06-08'],
    ['-P1W', '2026-03-03'],
    ['P1Y6M', '2027-09-10'],
    ['P1M2W', '2026-04-24'],
    ['P0D', '2026-03-10'],
  ])('the duration %s to 10 March 2026 gives %s', (duration, to) => {
    expect(addDuration(date('2026-03-10'), duration)).toBe(to);
  });

  it('a duration with the sign -1 takes it away', () => {
    expect(addDuration(date('2026-06-10'), 'P1W', -1)).toBe('2026-06-03');
    expect(addDuration(date('2026-06-10'), '-P1W', -1)).toBe('2026-06-17');
  });

  it.each(['', 'P', 'P3', '3M', 'P1.5M', 'PT5H', 'P1M1Y', 'P99999D', 'P100Y', 'P-1W', 'p1w', 'P1W ', 'P1W\n'])(
    'what is no duration is refused: %j',
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
      expect(() => addDuration(date('2026-03-10'), text)).toThrow(/expected P3M, P2W, -P1W or alike/);
    },
  );

  it.each([
    () => addDays(date('9999-12-31'), 1),
    () => addDays(date('2026-03-10'), Number.MAX_SAFE_INTEGER),
    () => addMonths(date('1000-01-01'), -1),
    () => addMonths(date('9999-12-01'), 1),
  ])('past the end of the calendar is refused: %s', (add) => {
    expect(add).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
  });
});

describe('ISO weeks', () => {
  it('are those counted by hand from Monday 1 January 1990, the first day of a week 1', () => {
    let [year, week] = [1990, 1];
    for (const [index, day] of everyDay.entries()) {
      expect(isoWeekOf(day)).toEqual({ year, week });
      if (index % 7 !== 6) continue;
      week++;
      if (week > (YEARS_WITH_53_WEEKS.includes(year) ? 53 : 52)) [year, week] = [year + 1, 1];
    }
  });

  it('are 53 in the years known for it', () => {
    const years = Array.from({ length: 71 }, (_, index) => 1990 + index);
    expect(years.filter((year) => weeksInIsoYear(year) === 53)).toEqual(YEARS_WITH_53_WEEKS);
  });

  it('begin with the Monday that mondayOfIsoWeek gives', () => {
    for (const day of everyDay) {
      const { year, week } = isoWeekOf(day);
      expect(mondayOfIsoWeek(year, week)).toBe(addDays(day, 1 - weekdayOf(day)));
    }
  });

  it('that a year does not have have no Monday', () => {
    expect(mondayOfIsoWeek(2026, 53)).toBe('2026-12-28');
    expect([
      mondayOfIsoWeek(2025, 53),
      mondayOfIsoWeek(2026, 54),
      mondayOfIsoWeek(2026, 0),
      mondayOfIsoWeek(2026, 1.5),
      mondayOfIsoWeek(12_026, 1),
    ]).toEqual(Array(5).fill(undefined));
  });
});
