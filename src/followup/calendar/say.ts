import { MONTH_NAMES } from '../../contracts/month-names.ts';
import { requireDuration } from './duration.ts';
import { dayOf, isoWeekOf, type LocalDate, monthOf, type Weekday, weekdayOf, yearOf } from './local-date.ts';
import type { LocalTime } from './local-time.ts';

/** From Monday, the first. */
export const WEEKDAY_NAMES: readonly string[] = ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'];

/** From 0 to 12: the numbers that running text writes as words; of "en" and "ett" the first. */
export const NUMBER_WORDS: readonly string[] = [
  'noll',
  'en',
  'två',
  'tre',
  'fyra',
  'fem',
  'sex',
  'sju',
  'åtta',
  'nio',
  'tio',
  'elva',
  'tolv',
];

type Gender = 'en' | 'ett';

interface UnitWords {
  readonly gender: Gender;
  readonly one: string;
  readonly many: string;
}

const UNITS = {
  years: { gender: 'ett', one: 'år', many: 'år' },
  months: { gender: 'en', one: 'månad', many: 'månader' },
  weeks: { gender: 'en', one: 'vecka', many: 'veckor' },
  days: { gender: 'en', one: 'dag', many: 'dagar' },
} as const satisfies Record<string, UnitWords>;

/** "tre", "ett", "14". */
export function sayNumber(number: number, gender: Gender = 'en'): string {
  if (number === 1) return gender;
  return NUMBER_WORDS[number] ?? String(number);
}

/** "fredag". */
export function sayWeekday(weekday: Weekday): string {
  return WEEKDAY_NAMES[weekday - 1]!;
}

/** "10 juni", with its year when that is not the reader's: "10 juni 2027". */
export function sayDay(date: LocalDate, ref: LocalDate): string {
  const day = `${dayOf(date)} ${MONTH_NAMES[monthOf(date) - 1]}`;
  return yearOf(date) === yearOf(ref) ? day : `${day} ${yearOf(date)}`;
}

/** "fre 24 april". */
export function sayDate(date: LocalDate, ref: LocalDate): string {
  return `${sayWeekday(weekdayOf(date)).slice(0, 3)} ${sayDay(date, ref)}`;
}

/** "kl. 10.30". */
export function sayTime(time: LocalTime): string {
  return `kl. ${time.replace(':', '.')}`;
}

/** "fre 24 april kl. 10.30". */
export function sayDateTime(date: LocalDate, time: LocalTime, ref: LocalDate): string {
  return `${sayDate(date, ref)} ${sayTime(time)}`;
}

/** "vecka 17", with its ISO year when that is not the reader's: "vecka 1 2027". */
export function sayWeek(date: LocalDate, ref: LocalDate): string {
  const { year, week } = isoWeekOf(date);
  return isoWeekOf(ref).year === year ? `vecka ${week}` : `vecka ${week} ${year}`;
}

/** "senast 10 juni". */
export function sayLatest(date: LocalDate, ref: LocalDate): string {
  return `senast ${sayDay(date, ref)}`;
}

/** "tidigast 10 juni". */
export function sayEarliest(date: LocalDate, ref: LocalDate): string {
  return `tidigast ${sayDay(date, ref)}`;
}

/** "1 april–5 maj". */
export function sayWindow(earliest: LocalDate, latest: LocalDate, ref: LocalDate): string {
  return `${sayDay(earliest, ref)}–${sayDay(latest, ref)}`;
}

/**
 * An ISO 8601 duration without its sign: "tre månader", "ett år och sex månader", "14 dagar".
 *
 * @throws AppError INTERNAL for what is no duration
 */
export function sayDuration(isoDuration: string): string {
  const duration = requireDuration(isoDuration);
  const parts = (Object.keys(UNITS) as (keyof typeof UNITS)[])
    .filter((unit) => duration[unit] > 0)
    .map((unit) => sayCount(duration[unit], UNITS[unit]));
  if (parts.length === 0) return sayCount(0, UNITS.days);
  return parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(', ')} och ${parts.at(-1)}`;
}

/** "om sex veckor". */
export function sayIn(isoDuration: string): string {
  return `om ${sayDuration(isoDuration)}`;
}

/** An offset to another booking: "en vecka innan" for -P1W, "en vecka efter" for P1W. */
export function sayOffset(isoDuration: string): string {
  return `${sayDuration(isoDuration)} ${requireDuration(isoDuration).sign < 0 ? 'innan' : 'efter'}`;
}

function sayCount(count: number, { gender, one, many }: UnitWords): string {
  return `${sayNumber(count, gender)} ${count === 1 ? one : many}`;
}
