import {
  addDays,
  daysBetween,
  isoWeekOf,
  type LocalDate,
  mondayOfIsoWeek,
  type Weekday,
  weekdayOf,
} from './local-date.ts';
import {
  type NamedTimeOptions,
  type NamedWindow,
  type Part,
  partOfSpan,
  resolveYearly,
  windowFrom,
} from './named-window.ts';

const DAYS_TO_FRIDAY = 4;
/** "nästa måndag" said on a Sunday: so near a day is more often called by another name. */
const NEAR_DAYS = 2;

/** "i dag" 0, "i morgon" 1, "i övermorgon" 2. */
export function relativeDay(ref: LocalDate, daysAhead: number): NamedWindow {
  return { target: addDays(ref, daysAhead), fuzzy: false };
}

/**
 * "vecka 17", "före v 20", "slutet av vecka 15": Monday to Friday of the next such ISO week that has not ended.
 *
 * @param options with `year`, its ISO year
 * @returns undefined when the reference date's ISO year, or the year said, has no such week
 */
export function weekWindow(ref: LocalDate, week: number, options: NamedTimeOptions = {}): NamedWindow | undefined {
  if (!mondayOfIsoWeek(options.year ?? isoWeekOf(ref).year, week)) return undefined;
  const spanIn = (year: number) => {
    const monday = mondayOfIsoWeek(year, week);
    return monday && { earliest: monday, latest: addDays(monday, DAYS_TO_FRIDAY) };
  };
  return resolveYearly(ref, spanIn, options, false);
}

/**
 * "denna vecka" 0, "nästa vecka" 1, "veckan efter nästa" 2; "veckan efter" another day is 1 seen from that day.
 * Monday to Friday; this week's from the reference date, or as they were, and fuzzy, when that is a weekend.
 */
export function relativeWeek(ref: LocalDate, weeksAhead: number, part?: Part): NamedWindow {
  const monday = mondayBeside(ref, weeksAhead);
  const whole = { earliest: monday, latest: addDays(monday, DAYS_TO_FRIDAY) };
  return windowFrom(ref, part ? partOfSpan(whole, part) : whole, part !== undefined);
}

/** "på fredag": the first such day after the reference date; fuzzy when that is a week away, for today may be meant. */
export function comingWeekday(ref: LocalDate, weekday: Weekday): NamedWindow {
  const target = firstAfter(ref, weekday);
  return { target, fuzzy: daysBetween(ref, target) === 7 };
}

/**
 * "nästa fredag". Some mean the first Friday, some the Friday of next week: when these differ, the nearer is the
 * target and the later the alternative.
 */
export function nextWeekday(ref: LocalDate, weekday: Weekday): NamedWindow {
  const target = firstAfter(ref, weekday);
  const isThisWeek = target < mondayBeside(ref, 1);
  if (!isThisWeek && daysBetween(ref, target) > NEAR_DAYS) return { target, fuzzy: false };
  const later = addDays(target, 7);
  return { target, fuzzy: true, alternative: { earliest: later, latest: later } };
}

/**
 * "fredag nästa vecka" 1, "onsdag i veckan" 0, "fredag veckan efter" 1 from that day.
 *
 * @returns undefined when the day has passed
 */
export function weekdayOfRelativeWeek(ref: LocalDate, weekday: Weekday, weeksAhead: number): NamedWindow | undefined {
  const target = addDays(mondayBeside(ref, weeksAhead), weekday - 1);
  return target < ref ? undefined : { target, fuzzy: false };
}

/**
 * "tisdag v 17", "torsdagen vecka 20 2027".
 *
 * @param year its ISO year when it was said; else the first such day on or after the reference date
 * @returns undefined when there is no such week
 */
export function weekdayOfWeek(ref: LocalDate, weekday: Weekday, week: number, year?: number): NamedWindow | undefined {
  const refYear = isoWeekOf(ref).year;
  if (!mondayOfIsoWeek(year ?? refYear, week)) return undefined;
  const spanIn = (inYear: number) => {
    const monday = mondayOfIsoWeek(inYear, week);
    const day = monday && addDays(monday, weekday - 1);
    return day && { earliest: day, latest: day };
  };
  const window = resolveYearly(ref, spanIn, { year }, false);
  return window?.latest && { target: window.latest, fuzzy: window.fuzzy };
}

function firstAfter(ref: LocalDate, weekday: Weekday): LocalDate {
  return addDays(ref, ((weekday - weekdayOf(ref) + 6) % 7) + 1);
}

/** The Monday of the week so many weeks after the one that holds the date. */
function mondayBeside(date: LocalDate, weeksAhead: number): LocalDate {
  return addDays(date, 1 - weekdayOf(date) + weeksAhead * 7);
}
