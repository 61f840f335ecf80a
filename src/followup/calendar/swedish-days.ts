import Holidays from 'date-holidays';
import { AppError } from '../../contracts/errors.ts';
import { addDays, type LocalDate, parseLocalDate, weekdayOf, yearOf } from './local-date.ts';

/**
 * What a day is to a Swedish clinic.
 *
 * - `roddag`: a holiday by law, whatever the weekday (lag 1989:253 om allmänna helgdagar; Sundays are `helg` here)
 * - `afton`: midsommarafton, julafton, nyårsafton: free, and no day to count on (lag 1930:173 om beräkning av
 *   lagstadgad tid, 2 §)
 * - `helg`: any other Saturday or Sunday
 * - `klamdag`: a working day between two free days
 * - `halvdag`: shorter by custom: trettondagsafton, skärtorsdagen, valborgsmässoafton, allhelgonaafton
 */
export type DayKindName = 'roddag' | 'afton' | 'helg' | 'klamdag' | 'halvdag' | 'vardag';

export interface DayKind {
  /** Nobody is expected to work. Klämdagar and halvdagar are not free: they are for people to look at. */
  readonly free: boolean;
  readonly kind: DayKindName;
  /** The day's own name, whatever its kind: a Saturday can be påskafton, a klämdag trettondagsafton. */
  readonly name?: string;
}

export interface NamedFreeDay {
  readonly date: LocalDate;
  readonly kind: 'roddag' | 'afton';
  readonly name: string;
}

/** Feasts whose days move with the year, and that no other feast ever falls on and takes the name of. */
export type MovingFeastDay = 'påskdagen' | 'midsommardagen' | 'alla helgons dag';

interface NamedDay {
  readonly kind: 'roddag' | 'afton' | 'halvdag' | undefined;
  readonly name: string;
}

/** Days without a status of their own in date-holidays that people still plan by. */
const KEPT_OBSERVANCES: ReadonlyMap<string, NamedDay['kind']> = new Map([
  ['skärtorsdagen', 'halvdag'],
  ['påskafton', undefined],
  ['pingstafton', undefined],
]);

const MAXIMUM_CACHED_YEARS = 200;
const sweden = new Holidays('SE', { languages: 'sv' });
const daysByYear = new Map<number, ReadonlyMap<LocalDate, NamedDay>>();

/** What the day is. Holds from 2005 on, when nationaldagen took the place of annandag pingst. */
export function dayKind(date: LocalDate): DayKind {
  const named = namedDay(date);
  const name = named && { name: named.name };
  if (named?.kind === 'roddag' || named?.kind === 'afton') return { free: true, kind: named.kind, ...name };
  if (isWeekend(date)) return { free: true, kind: 'helg', ...name };
  if (isFree(addDays(date, -1)) && isFree(addDays(date, 1))) return { free: false, kind: 'klamdag', ...name };
  return { free: false, kind: named?.kind ?? 'vardag', ...name };
}

/** The day of a moving feast in a year. */
export function dateOfMovingFeast(year: number, name: MovingFeastDay): LocalDate {
  for (const [date, named] of namedDaysOf(year)) if (named.name === name) return date;
  throw new AppError('INTERNAL', 'a feast that the calendar lacks', { expected: name, got: `none in ${year}` });
}

/** The red days and free eves on Mondays to Fridays from the first to the last day, both included, in order. */
export function holidaysBetween(from: LocalDate, to: LocalDate): NamedFreeDay[] {
  const found: NamedFreeDay[] = [];
  for (let year = yearOf(from); year <= yearOf(to); year++) {
    for (const [date, { kind, name }] of namedDaysOf(year)) {
      if (date < from || date > to || isWeekend(date)) continue;
      if (kind === 'roddag' || kind === 'afton') found.push({ date, kind, name });
    }
  }
  return found;
}

/** Monday to Friday and neither red nor a free eve; klämdagar and halvdagar are working days. */
export function isWorkingDay(date: LocalDate): boolean {
  return !isFree(date);
}

/**
 * Working days from the first day, included, to the second, not included: 0 for the same day, and sums add up over
 * neighbouring stretches. Negative backwards.
 */
export function workingDaysBetween(from: LocalDate, to: LocalDate): number {
  if (to < from) return 0 - workingDaysBetween(to, from);
  let count = 0;
  for (let date = from; date < to; date = addDays(date, 1)) if (isWorkingDay(date)) count++;
  return count;
}

/**
 * "inom fem arbetsdagar": the fifth working day after the date, which itself is not counted. Negative for backwards;
 * 0 is the date itself, whatever its kind.
 */
export function addWorkingDays(date: LocalDate, workingDays: number): LocalDate {
  let day = date;
  for (let left = Math.abs(workingDays); left > 0; left--) {
    day = workingDays > 0 ? nextWorkingDay(day) : previousWorkingDay(day);
  }
  return day;
}

/** The first working day after the date. */
export function nextWorkingDay(date: LocalDate): LocalDate {
  return workingDayInDirection(date, 1);
}

/** The last working day before the date. */
export function previousWorkingDay(date: LocalDate): LocalDate {
  return workingDayInDirection(date, -1);
}

function workingDayInDirection(date: LocalDate, step: 1 | -1): LocalDate {
  let day = addDays(date, step);
  while (!isWorkingDay(day)) day = addDays(day, step);
  return day;
}

function isWeekend(date: LocalDate): boolean {
  return weekdayOf(date) >= 6;
}

function isFree(date: LocalDate): boolean {
  if (isWeekend(date)) return true;
  const kind = namedDay(date)?.kind;
  return kind === 'roddag' || kind === 'afton';
}

function namedDay(date: LocalDate): NamedDay | undefined {
  return namedDaysOf(yearOf(date)).get(date);
}

/** A year's named days in their order. */
function namedDaysOf(year: number): ReadonlyMap<LocalDate, NamedDay> {
  const known = daysByYear.get(year);
  if (known) return known;
  if (daysByYear.size >= MAXIMUM_CACHED_YEARS) daysByYear.clear();
  const days = new Map<LocalDate, NamedDay>();
  for (const { date: dateText, type, name } of sweden.getHolidays(year)) {
    const date = parseLocalDate(dateText.slice(0, 10));
    if (!date) continue;
    if (type === 'public') days.set(date, { kind: 'roddag', name });
    // A red day keeps its place and its name when a lesser one falls on it.
    else if (days.get(date)?.kind === 'roddag') continue;
    else if (type === 'bank') days.set(date, { kind: 'afton', name });
    else if (type === 'optional') days.set(date, { kind: 'halvdag', name });
    else if (KEPT_OBSERVANCES.has(name)) days.set(date, { kind: KEPT_OBSERVANCES.get(name), name });
  }
  daysByYear.set(year, days);
  return days;
}
