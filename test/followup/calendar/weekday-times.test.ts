import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  daysBetween,
  isoWeekOf,
  mondayOfIsoWeek,
  type Weekday,
  weekdayOf,
} from '../../../src/followup/calendar/local-date.ts';
import {
  comingWeekday,
  nextWeekday,
  relativeDay,
  relativeWeek,
  weekdayOfRelativeWeek,
  weekdayOfWeek,
  weekWindow,
} from '../../../src/followup/calendar/weekday-times.ts';
import { anyDay, date } from './dates.ts';

const ref = date('2026-03-10');
const anyWeekday = fc.constantFrom<Weekday[]>(1, 2, 3, 4, 5, 6, 7);

describe('weeks', () => {
  it.each([
    [15, {}, { earliest: '2026-04-06', latest: '2026-04-10', fuzzy: false }],
    [17, {}, { earliest: '2026-04-20', latest: '2026-04-24', fuzzy: false }],
    [11, {}, { earliest: '2026-03-10', latest: '2026-03-13', fuzzy: false }],
    [5, {}, { earliest: '2027-02-01', latest: '2027-02-05', fuzzy: false }],
    [10, {}, { earliest: '2027-03-08', latest: '2027-03-12', fuzzy: true }],
    [53, {}, { earliest: '2026-12-28', latest: '2027-01-01', fuzzy: false }],
    [1, {}, { earliest: '2027-01-04', latest: '2027-01-08', fuzzy: false }],
    [20, { relation: 'fore' }, { latest: '2026-05-10', fuzzy: false }],
    [20, { relation: 'efter' }, { earliest: '2026-05-16', fuzzy: false }],
    [20, { part: 'borjan' }, { earliest: '2026-05-11', latest: '2026-05-12', fuzzy: true }],
    [20, { part: 'slutet' }, { earliest: '2026-05-14', latest: '2026-05-15', fuzzy: true }],
    [2, { year: 2028 }, { earliest: '2028-01-10', latest: '2028-01-14', fuzzy: false }],
  ] as const)('from 10 March 2026: week %i %j is %j', (week, options, window) => {
    expect(weekWindow(ref, week, options)).toEqual(window);
  });

  it('that do not exist are undefined', () => {
    expect(weekWindow(ref, 54)).toBeUndefined();
    expect(weekWindow(ref, 0)).toBeUndefined();
    expect(weekWindow(date('2025-03-10'), 53)).toBeUndefined();
    expect(weekWindow(ref, 53, { year: 2027 })).toBeUndefined();
    expect(weekdayOfWeek(ref, 1, 53, 2027)).toBeUndefined();
  });

  it.each([
    ['2026-03-10', 0, { earliest: '2026-03-10', latest: '2026-03-13', fuzzy: false }],
    ['2026-03-10', 1, { earliest: '2026-03-16', latest: '2026-03-20', fuzzy: false }],
    ['2026-04-02', 1, { earliest: '2026-04-06', latest: '2026-04-10', fuzzy: false }],
    ['2026-03-15', 1, { earliest: '2026-03-16', latest: '2026-03-20', fuzzy: false }],
    ['2026-03-15', 0, { earliest: '2026-03-09', latest: '2026-03-13', fuzzy: true }],
  ] as const)('seen from %s, %i ahead: %j', (from, ahead, window) => {
    expect(relativeWeek(date(from), ahead)).toEqual(window);
  });

  it('are Monday to Friday of their number, whenever they are named', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 52 }), (from, week) => {
        const { earliest, latest } = weekWindow(from, week)!;
        expect(isoWeekOf(latest!).week).toBe(week);
        expect(weekdayOf(latest!)).toBe(5);
        expect(latest! >= from && earliest! >= from && earliest! <= latest!).toBe(true);
        expect(daysBetween(from, latest!)).toBeLessThan(378);
      }),
    );
  });
});

describe('weekdays', () => {
  it('"på fredag" is the first after the reference date, and unsure when today is one', () => {
    expect(comingWeekday(ref, 5)).toEqual({ target: '2026-03-13', fuzzy: false });
    expect(comingWeekday(ref, 1)).toEqual({ target: '2026-03-16', fuzzy: false });
    expect(comingWeekday(ref, 2)).toEqual({ target: '2026-03-17', fuzzy: true });
  });

  it('"nästa fredag" said on a Tuesday is this week or the next: both are told', () => {
    expect(nextWeekday(ref, 5)).toEqual({
      target: '2026-03-13',
      fuzzy: true,
      alternative: { earliest: '2026-03-20', latest: '2026-03-20' },
    });
  });

  it('"nästa måndag" said on a Tuesday can only be that of next week; on a Sunday it is unsure', () => {
    expect(nextWeekday(ref, 1)).toEqual({ target: '2026-03-16', fuzzy: false });
    expect(nextWeekday(date('2026-03-15'), 1)).toMatchObject({ target: '2026-03-16', fuzzy: true });
  });

  it('"fredag nästa vecka" is that day; "måndag denna vecka" has passed', () => {
    expect(weekdayOfRelativeWeek(ref, 5, 1)).toEqual({ target: '2026-03-20', fuzzy: false });
    expect(weekdayOfRelativeWeek(ref, 2, 0)).toEqual({ target: '2026-03-10', fuzzy: false });
    expect(weekdayOfRelativeWeek(ref, 1, 0)).toBeUndefined();
  });

  it('"tisdag v 17" is that day, in the year said or the next to come', () => {
    expect(weekdayOfWeek(ref, 2, 17)).toEqual({ target: '2026-04-21', fuzzy: false });
    expect(weekdayOfWeek(ref, 2, 11)).toEqual({ target: '2026-03-10', fuzzy: false });
    expect(weekdayOfWeek(ref, 4, 20, 2027)).toEqual({ target: '2027-05-20', fuzzy: false });
  });

  it('of a week whose day has just passed is a year away and unsure: the week may have been meant as past', () => {
    expect(weekdayOfWeek(ref, 1, 11)).toEqual({ target: '2027-03-15', fuzzy: true });
  });

  it('"i övermorgon" is two days ahead', () => {
    expect(relativeDay(ref, 2)).toEqual({ target: '2026-03-12', fuzzy: false });
  });

  it('are the day they are called, ahead and at most two weeks away', () => {
    fc.assert(
      fc.property(anyDay, anyWeekday, (from, weekday) => {
        for (const window of [comingWeekday(from, weekday), nextWeekday(from, weekday)]) {
          expect(weekdayOf(window.target!)).toBe(weekday);
          expect(window.target! > from && daysBetween(from, window.target!) <= 7).toBe(true);
        }
        const inNextWeek = weekdayOfRelativeWeek(from, weekday, 1)!.target!;
        expect(weekdayOf(inNextWeek)).toBe(weekday);
        const { year, week } = isoWeekOf(addDays(from, 7));
        expect(inNextWeek).toBe(addDays(mondayOfIsoWeek(year, week)!, weekday - 1));
      }),
    );
  });
});
