import { addDays, addMonths, type LocalDate } from '../calendar/local-date.ts';
import { nextWorkingDay, previousWorkingDay } from '../calendar/swedish-days.ts';
import type { Amount } from '../grammar/values.ts';

/** What a half of a month is to people who count in weeks and days. */
const DAYS_PER_HALF_MONTH = 15;
const DAYS_PER_WEEK = 7;
const HOURS_PER_DAY = 24;
/** Nobody plans further ahead; what is longer was misread. */
const LONGEST_YEARS = 30;

/** Whether an amount can be added to a date. */
export function isPlannable({ count, unit }: Amount): boolean {
  const perYear = { D: 366, WD: 261, W: 53, M: 12, Y: 1, H: 9000, MIN: 1 }[unit];
  return unit !== 'MIN' && count > 0 && count <= LONGEST_YEARS * perYear;
}

/** The day so long after another: months keep the day or take the month's last. A half month is 15 days. */
export function addAmount(date: LocalDate, { count, unit }: Amount, sign: 1 | -1 = 1): LocalDate {
  const whole = Math.floor(count);
  const rest = count - whole;
  switch (unit) {
    case 'Y':
      return addMonths(date, sign * Math.round(count * 12));
    case 'M':
      return addDays(addMonths(date, sign * whole), sign * Math.round(rest * 2 * DAYS_PER_HALF_MONTH));
    case 'W':
      return addDays(date, sign * Math.round(count * DAYS_PER_WEEK));
    case 'D':
      return addDays(date, sign * Math.round(count));
    case 'WD':
      return addWorkingDays(date, Math.round(count), sign);
    case 'H':
      return addDays(date, sign * Math.ceil(count / HOURS_PER_DAY));
    case 'MIN':
      return date;
    default:
      throw unit satisfies never;
  }
}

function addWorkingDays(date: LocalDate, count: number, sign: 1 | -1): LocalDate {
  let day = date;
  for (let i = 0; i < count; i++) day = sign === 1 ? nextWorkingDay(day) : previousWorkingDay(day);
  return day;
}

/** ISO 8601 in one unit, as P6W; a half is told in the next smaller unit. */
export function isoDuration({ count, unit }: Amount, sign: 1 | -1 = 1): string {
  const prefix = sign === -1 ? '-P' : 'P';
  if (unit === 'H') return `${prefix}${Math.ceil(count / HOURS_PER_DAY)}D`;
  if (unit === 'WD') return `${prefix}${Math.round(count)}D`;
  if (unit === 'MIN') return `${prefix}0D`;
  if (Number.isInteger(count)) return `${prefix}${count}${unit}`;
  if (unit === 'Y') return `${prefix}${Math.round(count * 12)}M`;
  if (unit === 'M') return `${prefix}${Math.round(count * 2 * DAYS_PER_HALF_MONTH)}D`;
  return `${prefix}${Math.round(count * (unit === 'W' ? DAYS_PER_WEEK : 1))}D`;
}
