import {
  addDays,
  daysBetween,
  type LocalDate,
  localDate,
  type Weekday,
  weekdayOf,
  yearOf,
} from '../calendar/local-date.ts';
import type { NamedWindow, Relation } from '../calendar/named-window.ts';
import type { FlagSeed, Period } from '../grammar/values.ts';

/** A day without its year that passed so lately is a slip of the pen rather than next year's. */
const LATELY_PASSED_DAYS = 45;

/** Days that are known, seen as themselves or as a bound. */
export function periodOf(
  kind: Period['kind'],
  within: NamedWindow | undefined,
  flags: readonly FlagSeed[] = [],
): Period {
  return { kind, window: (relation) => within && boundedBy(within, relation), flags };
}

/** The time before or after some days: a bound with one end. */
export function boundedBy(within: NamedWindow, relation: Relation): NamedWindow {
  const first = within.target ?? within.earliest;
  const last = within.target ?? within.latest;
  switch (relation) {
    case 'vid':
      return within;
    case 'fore':
      return { ...(first && { latest: addDays(first, -1) }), fuzzy: within.fuzzy };
    case 'efter':
      return { ...(last && { earliest: addDays(last, 1) }), fuzzy: within.fuzzy };
    default:
      throw relation satisfies never;
  }
}

/** A day with its year; undefined is one that does not exist. */
export function dayPeriod(ref: LocalDate, day: LocalDate | undefined, weekday?: Weekday): Period {
  if (!day) return periodOf('datum', undefined, [{ name: 'invalid_date' }]);
  if (weekday !== undefined && weekdayOf(day) !== weekday) {
    return periodOf('datum', undefined, [{ name: 'weekday_date_mismatch' }]);
  }
  return periodOf('datum', { target: day, fuzzy: false }, day < ref ? [{ name: 'invalid_date' }] : []);
}

/**
 * A day of the year, the next to come when no year was said.
 *
 * @param number 1 to 31
 * @param month 1 to 12
 */
export function dayOfYear(
  ref: LocalDate,
  number: number,
  month: number,
  year?: number,
  weekday?: Weekday,
): Period | undefined {
  if (!Number.isInteger(number)) return undefined;
  if (year !== undefined && (year < 1900 || year > 2100)) return undefined;
  return dayPeriod(ref, year === undefined ? nextDay(ref, month, number) : localDate(year, month, number), weekday);
}

/** "26/3", "26/3-26" and "26/3 2026"; undefined for what is no day, such as a blood pressure. */
export function slashedDay(ref: LocalDate, text: string, weekday?: Weekday): Period | undefined {
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})(?:[-/](\d{2,4}))?$/.exec(text) ?? [];
  if (day === undefined || Number(day) > 31 || Number(month) > 12 || Number(month) < 1) return undefined;
  const fullYear = year === undefined ? undefined : (Number(year) % 100) + 2000;
  return dayOfYear(ref, Number(day), Number(month), fullYear, weekday);
}

/** "12-16 maj". */
export function daySpan(ref: LocalDate, { min, max }: { min: number; max: number }, month: number): Period | undefined {
  const earliest = nextDay(ref, month, min);
  const latest = earliest && localDate(yearOf(earliest), month, max);
  if (!earliest || !latest) return periodOf('datum', undefined, [{ name: 'invalid_date' }]);
  return periodOf('intervall', { earliest, latest, fuzzy: false }, latest < ref ? [{ name: 'invalid_date' }] : []);
}

function nextDay(ref: LocalDate, month: number, day: number): LocalDate | undefined {
  const thisYear = localDate(yearOf(ref), month, day);
  if (thisYear && (thisYear >= ref || daysBetween(thisYear, ref) <= LATELY_PASSED_DAYS)) return thisYear;
  // 29 February: the next year may have none, though the day exists.
  return localDate(yearOf(ref) + 1, month, day) ?? thisYear;
}
