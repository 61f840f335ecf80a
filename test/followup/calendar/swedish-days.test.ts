import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, type LocalDate, weekdayOf } from '../../../src/followup/calendar/local-date.ts';
import {
  addWorkingDays,
  dateOfMovingFeast,
  dayKind,
  holidaysBetween,
  isWorkingDay,
  nextWorkingDay,
  previousWorkingDay,
  workingDaysBetween,
} from '../../../src/followup/calendar/swedish-days.ts';
import { anyPlanningDay, date, everyDay } from './dates.ts';

const planningDays = everyDay.filter((day) => day >= '2005-01-01');
const planningYears = Array.from({ length: 56 }, (_, index) => 2005 + index);

/** Easter Sunday by the anonymous Gregorian algorithm (Nature, 20 April 1876). */
function easterByArithmetic(year: number): LocalDate {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return addDays(date(`${year}-0${Math.floor(sum / 31)}-01`), sum % 31);
}

/** The Saturday in a week that begins on a date. */
function saturdayFrom(first: string): LocalDate {
  return addDays(date(first), 6 - (weekdayOf(date(first)) % 7));
}

/** The holidays that lag 1989:253 lists beside the Sundays. */
function holidaysByLaw(year: number): LocalDate[] {
  const easter = easterByArithmetic(year);
  const fixed = ['01-01', '01-06', '05-01', '06-06', '12-25', '12-26'].map((day) => date(`${year}-${day}`));
  const beside = [-2, 0, 1, 39, 49].map((days) => addDays(easter, days));
  const saturdays = [saturdayFrom(`${year}-06-20`), saturdayFrom(`${year}-10-31`)];
  return [...new Set([...fixed, ...beside, ...saturdays])].sort();
}

describe('red days', () => {
  it.each([
    [2024, '2024-03-31', '2024-06-21'],
    [2025, '2025-04-20', '2025-06-20'],
    [2026, '2026-04-05', '2026-06-19'],
    [2027, '2027-03-28', '2027-06-25'],
    [2028, '2028-04-16', '2028-06-23'],
    [2029, '2029-04-01', '2029-06-22'],
    [2030, '2030-04-21', '2030-06-21'],
  ])('of %i: Easter is %s and midsommarafton %s', (year, easter, midsummerEve) => {
    expect(dateOfMovingFeast(year, 'påskdagen')).toBe(easter);
    expect(dayKind(date(midsummerEve))).toEqual({ free: true, kind: 'afton', name: 'midsommarafton' });
  });

  it('are those of the law, every year from 2005 to 2060', () => {
    const red = planningDays.filter((day) => dayKind(day).kind === 'roddag');
    expect(red).toEqual(planningYears.flatMap(holidaysByLaw));
  });

  it('and free eves on weekdays are told with their names, both ends included', () => {
    expect(holidaysBetween(date('2026-04-03'), date('2026-05-01'))).toEqual([
      { date: '2026-04-03', kind: 'roddag', name: 'långfredagen' },
      { date: '2026-04-06', kind: 'roddag', name: 'annandag påsk' },
      { date: '2026-05-01', kind: 'roddag', name: 'första maj' },
    ]);
    const atNewYear = holidaysBetween(date('2026-12-24'), date('2027-01-06')).map(({ name }) => name);
    expect(atNewYear).toEqual(['julafton', 'juldagen', 'nyårsafton', 'nyårsdagen', 'trettondedag jul']);
  });

  it('on Saturdays and Sundays are not told, for they take no working day', () => {
    expect(holidaysBetween(date('2026-06-06'), date('2026-06-07'))).toEqual([]);
    expect(holidaysBetween(date('2026-06-20'), date('2026-06-20'))).toEqual([]);
  });

  it('are none in a window that ends before it begins', () => {
    expect(holidaysBetween(date('2026-12-31'), date('2026-01-01'))).toEqual([]);
    expect(holidaysBetween(date('2027-01-01'), date('2026-01-01'))).toEqual([]);
  });
});

describe('the kind of a day', () => {
  it.each([
    ['2026-01-01', { free: true, kind: 'roddag', name: 'nyårsdagen' }],
    ['2026-06-06', { free: true, kind: 'roddag', name: 'nationaldagen' }],
    ['2026-12-24', { free: true, kind: 'afton', name: 'julafton' }],
    ['2026-12-31', { free: true, kind: 'afton', name: 'nyårsafton' }],
    ['2027-12-25', { free: true, kind: 'roddag', name: 'juldagen' }],
    ['2022-12-24', { free: true, kind: 'afton', name: 'julafton' }],
    ['2026-04-04', { free: true, kind: 'helg', name: 'påskafton' }],
    ['2026-03-14', { free: true, kind: 'helg' }],
    ['2026-03-15', { free: true, kind: 'helg' }],
    ['2026-04-02', { free: false, kind: 'halvdag', name: 'skärtorsdagen' }],
    ['2026-04-30', { free: false, kind: 'halvdag', name: 'valborgsmässoafton' }],
    ['2026-10-30', { free: false, kind: 'halvdag', name: 'allhelgonaafton' }],
    ['2027-01-05', { free: false, kind: 'halvdag', name: 'trettondagsafton' }],
    ['2049-06-06', { free: true, kind: 'roddag', name: 'nationaldagen' }],
    ['2026-01-05', { free: false, kind: 'klamdag', name: 'trettondagsafton' }],
    ['2026-05-15', { free: false, kind: 'klamdag' }],
    ['2024-12-23', { free: false, kind: 'klamdag' }],
    ['2026-05-25', { free: false, kind: 'vardag' }],
    ['2026-12-13', { free: true, kind: 'helg' }],
    ['2026-03-10', { free: false, kind: 'vardag' }],
  ])('%s is %j', (day, kind) => {
    expect(dayKind(date(day))).toEqual(kind);
  });

  it('is klämdag exactly for a working day between two free ones', () => {
    for (const day of planningDays) {
      const isBetween = !isWorkingDay(addDays(day, -1)) && !isWorkingDay(addDays(day, 1));
      expect(dayKind(day).kind === 'klamdag').toBe(isWorkingDay(day) && isBetween);
    }
  });

  it('is free on every Saturday and Sunday, and agrees with isWorkingDay', () => {
    for (const day of planningDays) {
      expect(dayKind(day).free).toBe(!isWorkingDay(day));
      if (weekdayOf(day) >= 6) expect(isWorkingDay(day)).toBe(false);
    }
  });
});

describe('working days', () => {
  it('of 2026 are 251: 261 from Monday to Friday without ten red days and free eves', () => {
    expect(workingDaysBetween(date('2026-01-01'), date('2027-01-01'))).toBe(251);
  });

  it('between two days of a weekend are 0 both ways, and never -0', () => {
    expect(workingDaysBetween(date('2026-03-14'), date('2026-03-15'))).toBe(0);
    expect(workingDaysBetween(date('2026-03-15'), date('2026-03-14'))).toBe(0);
  });

  it('add up over neighbouring stretches, and backwards is their negative', () => {
    fc.assert(
      fc.property(anyPlanningDay, fc.nat(400), fc.nat(400), (first, days, moreDays) => {
        const second = addDays(first, days);
        const third = addDays(second, moreDays);
        const sum = workingDaysBetween(first, second) + workingDaysBetween(second, third);
        expect(workingDaysBetween(first, third)).toBe(sum);
        expect(workingDaysBetween(third, first) + sum).toBe(0);
      }),
    );
  });

  it('are the weekdays of a window without its named free days', () => {
    fc.assert(
      fc.property(anyPlanningDay, fc.nat(400), (first, days) => {
        const all = Array.from({ length: days + 1 }, (_, index) => addDays(first, index));
        const weekdays = all.filter((day) => weekdayOf(day) <= 5).length;
        const last = all.at(-1)!;
        const working = workingDaysBetween(first, addDays(last, 1));
        expect(working).toBe(weekdays - holidaysBetween(first, last).length);
      }),
    );
  });

  it('added to a date are as many as are then between, and Easter is stepped over', () => {
    expect(addWorkingDays(date('2026-04-01'), 5)).toBe('2026-04-10');
    expect(addWorkingDays(date('2026-04-10'), -5)).toBe('2026-04-01');
    expect(addWorkingDays(date('2026-04-04'), 0)).toBe('2026-04-04');
    fc.assert(
      fc.property(anyPlanningDay, fc.integer({ min: 1, max: 60 }), (day, count) => {
        const sum = addWorkingDays(day, count);
        expect(isWorkingDay(sum)).toBe(true);
        expect(workingDaysBetween(addDays(day, 1), addDays(sum, 1))).toBe(count);
        expect(workingDaysBetween(addWorkingDays(day, -count), day)).toBe(count);
      }),
    );
  });

  it('next and previous are the nearest on their side, never the day itself, and undo each other', () => {
    fc.assert(
      fc.property(anyPlanningDay, (day) => {
        const next = nextWorkingDay(day);
        expect(isWorkingDay(next) && next > day).toBe(true);
        expect(workingDaysBetween(addDays(day, 1), next)).toBe(0);
        expect(daysBetween(day, next)).toBeLessThanOrEqual(6);
        if (isWorkingDay(day)) expect(previousWorkingDay(next)).toBe(day);
      }),
    );
    expect(nextWorkingDay(date('2026-04-02'))).toBe('2026-04-07');
    expect(previousWorkingDay(date('2026-04-07'))).toBe('2026-04-02');
  });
});
