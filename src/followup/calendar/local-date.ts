import { AppError } from '../../contracts/errors.ts';
import { requireDuration } from './duration.ts';

declare const localDateBrand: unique symbol;

/**
 * A day of the calendar without time or place, as 'YYYY-MM-DD' (ISO 8601-1 5.2.2.1). Always a day that exists; the
 * order of the strings is the order of the days.
 */
export type LocalDate = string & { readonly [localDateBrand]: true };

/** ISO 8601: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** A week of ISO 8601. Its year is that of the week's Thursday, so it may differ from the year of a day in it. */
export interface IsoWeek {
  readonly year: number;
  readonly week: number;
}

const MS_PER_DAY = 86_400_000;
/** Four digits and no more: outside it neither the strings' order nor their form holds. */
const FIRST_YEAR = 1000;
const LAST_YEAR = 9999;
/** 1970-01-01, day number 0, was a Thursday: three days after a Monday. */
const DAYS_FROM_MONDAY_TO_EPOCH = 3;

/** @returns undefined unless the text is 'YYYY-MM-DD' and the day exists */
export function parseLocalDate(text: string): LocalDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match ? localDate(Number(match[1]), Number(match[2]), Number(match[3])) : undefined;
}

/**
 * @param month 1 to 12
 * @param day 1 to 31
 * @returns undefined for a day that does not exist, such as 31 April
 */
export function localDate(year: number, month: number, day: number): LocalDate | undefined {
  if (![year, month, day].every(Number.isInteger)) return undefined;
  if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return undefined;
  if (day < 1 || day > lastDayOfMonth(year, month)) return undefined;
  return fromDayNumber(Date.UTC(year, month - 1, day) / MS_PER_DAY);
}

/** The number of days of a month: 28 to 31. Month 1 to 12. */
export function lastDayOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

export function yearOf(date: LocalDate): number {
  return Number(date.slice(0, 4));
}

/** 1 to 12. */
export function monthOf(date: LocalDate): number {
  return Number(date.slice(5, 7));
}

/** 1 to 31. */
export function dayOf(date: LocalDate): number {
  return Number(date.slice(8, 10));
}

/**
 * @param days whole days, negative for backwards
 * @throws AppError REQUEST_INVALID outside the years 1000 to 9999
 */
export function addDays(date: LocalDate, days: number): LocalDate {
  return fromDayNumber(dayNumber(date) + days);
}

/**
 * The same day of another month, or that month's last when it has no such day: 31 January and one month is 28
 * February. So it is not always undone by the way back.
 *
 * @param months whole months, negative for backwards
 * @throws AppError REQUEST_INVALID outside the years 1000 to 9999
 */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const monthNumber = yearOf(date) * 12 + monthOf(date) - 1 + months;
  const year = Math.floor(monthNumber / 12);
  const month = monthNumber - year * 12 + 1;
  const sum = localDate(year, month, Math.min(dayOf(date), lastDayOfMonth(year, month)));
  if (!sum) throw outsideCalendar(`year ${year}`);
  return sum;
}

/**
 * A date and an ISO 8601 duration (P3M, P2W, P1Y, P10D, -P1W): first its years and months together, then its weeks
 * and days.
 *
 * @param sign -1 takes the duration away instead
 * @throws AppError INTERNAL for what is no such duration, REQUEST_INVALID outside the years 1000 to 9999
 */
export function addDuration(date: LocalDate, isoDuration: string, sign: 1 | -1 = 1): LocalDate {
  const duration = requireDuration(isoDuration);
  const direction = sign * duration.sign;
  const inMonth = addMonths(date, direction * (duration.years * 12 + duration.months));
  return addDays(inMonth, direction * (duration.weeks * 7 + duration.days));
}

/** Days from the first to the second: 1 from one day to the next, negative backwards. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** For sorting: negative when the first is earlier, 0 for the same day. */
export function compareDates(first: LocalDate, second: LocalDate): number {
  return dayNumber(first) - dayNumber(second);
}

export function earlierOf(first: LocalDate, second: LocalDate): LocalDate {
  return first <= second ? first : second;
}

export function laterOf(first: LocalDate, second: LocalDate): LocalDate {
  return first >= second ? first : second;
}

export function weekdayOf(date: LocalDate): Weekday {
  const days = dayNumber(date) + DAYS_FROM_MONDAY_TO_EPOCH;
  return ((((days % 7) + 7) % 7) + 1) as Weekday;
}

/** The ISO 8601 week that a day is in. */
export function isoWeekOf(date: LocalDate): IsoWeek {
  const thursday = addDays(date, 4 - weekdayOf(date));
  const year = yearOf(thursday);
  return { year, week: Math.floor(daysBetween(firstOfYear(year), thursday) / 7) + 1 };
}

/** The Monday of an ISO 8601 week; undefined when the year has no such week. */
export function mondayOfIsoWeek(year: number, week: number): LocalDate | undefined {
  const fourth = localDate(year, 1, 4);
  if (!fourth || !Number.isInteger(week) || week < 1 || week > weeksInIsoYear(year)) return undefined;
  // 4 January is always in week 1 (ISO 8601-1 3.1.1.23).
  return addDays(fourth, 1 - weekdayOf(fourth) + (week - 1) * 7);
}

/** 52 or 53: a year has 53 ISO weeks when it begins or ends on a Thursday. */
export function weeksInIsoYear(year: number): 52 | 53 {
  const first = firstOfYear(year);
  const last = addMonths(first, 11);
  return weekdayOf(first) === 4 || weekdayOf(addDays(last, 30)) === 4 ? 53 : 52;
}

function firstOfYear(year: number): LocalDate {
  const first = localDate(year, 1, 1);
  if (!first) throw outsideCalendar(`year ${year}`);
  return first;
}

/** Days since 1970-01-01. */
function dayNumber(date: LocalDate): number {
  return Date.parse(date) / MS_PER_DAY;
}

const MAXIMUM_KNOWN_DAYS = 10_000;
const knownDays = new Map<number, LocalDate>();

/** The same days come again and again. */
function fromDayNumber(days: number): LocalDate {
  const known = knownDays.get(days);
  if (known) return known;
  if (knownDays.size >= MAXIMUM_KNOWN_DAYS) knownDays.clear();
  const date = dateOfDay(days);
  knownDays.set(days, date);
  return date;
}

function dateOfDay(days: number): LocalDate {
  const date = new Date(days * MS_PER_DAY);
  const year = date.getUTCFullYear();
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) throw outsideCalendar(`day ${days} from 1970-01-01`);
  return date.toISOString().slice(0, 10) as LocalDate;
}

function outsideCalendar(got: string): AppError {
  return new AppError('REQUEST_INVALID', 'a date outside the calendar', {
    expected: `the years ${FIRST_YEAR} to ${LAST_YEAR}`,
    got,
  });
}
