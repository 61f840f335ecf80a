import { addDays, addMonths, type LocalDate, localDate, monthOf, yearOf } from './local-date.ts';
import {
  type DateSpan,
  type NamedTimeOptions,
  type NamedWindow,
  type Part,
  partOfSpan,
  resolveYearly,
  windowFrom,
} from './named-window.ts';

/** The calendar's seasons, whole months each: vår March-May, sommar June-August, höst September-November, vinter. */
export type Season = 'var' | 'sommar' | 'host' | 'vinter';

/** Stretches that a year is made of, each a number of whole months. */
export type CalendarUnit = 'manad' | 'kvartal' | 'halvar' | 'ar';

const MONTHS_PER_SEASON = 3;
const FIRST_MONTH_OF_SEASON: Readonly<Record<Season, number>> = { var: 3, sommar: 6, host: 9, vinter: 12 };
const MONTHS_PER_UNIT: Readonly<Record<CalendarUnit, number>> = { manad: 1, kvartal: 3, halvar: 6, ar: 12 };
const DAYS_BESIDE_TURN = 5;

/**
 * "i höst", "till våren", "under sommaren", "före sommaren", "tidigt i vår" (part). Always fuzzy: nobody agrees on a
 * season's first day. One that is going on is meant itself, told from the reference date.
 */
export function seasonWindow(ref: LocalDate, season: Season, options: NamedTimeOptions = {}): NamedWindow {
  return found(resolveYearly(ref, seasonIn(season), options, true));
}

/**
 * "nästa vår". While the season is going on, next year's; in a year whose own is still to come, either: the nearer is
 * told, the later as the alternative ("nästa höst" in March is this year's or the next).
 */
export function nextSeasonWindow(ref: LocalDate, season: Season): NamedWindow {
  const spans = [-1, 0, 1, 2].map((years) => seasonIn(season)(yearOf(ref) + years));
  const [first, second] = spans.filter(({ earliest }) => earliest > ref);
  const isGoingOn = spans.some(({ earliest, latest }) => earliest <= ref && ref <= latest);
  const isEither = yearOf(first!.earliest) === yearOf(ref) && !isGoingOn;
  return { ...first!, fuzzy: true, ...(isEither && { alternative: second! }) };
}

/**
 * "i april" (manad, 4), "kvartal 2" (kvartal, 2), "andra halvåret" (halvar, 2), "före maj", "i slutet av april",
 * "april 2027", "under 2027" (ar, 1). What is going on is told from the reference date; what has ended means next
 * year's.
 *
 * @param number from 1: month 1-12, quarter 1-4, half-year 1-2; 1 for `ar`, whose year is said
 */
export function numberedPeriod(
  ref: LocalDate,
  unit: CalendarUnit,
  number: number,
  options: NamedTimeOptions = {},
): NamedWindow {
  const months = MONTHS_PER_UNIT[unit];
  return found(resolveYearly(ref, (year) => monthsFrom(year, (number - 1) * months + 1, months), options, false));
}

/**
 * "denna månad" (manad, 0), "nästa kvartal" (kvartal, 1), "i början av nästa år" (ar, 1, 'borjan'), "i slutet av
 * månaden" (manad, 0, 'slutet'). A part that has ended is told as it was.
 *
 * @param ahead how many periods after the one that holds the reference date
 */
export function relativePeriod(ref: LocalDate, unit: CalendarUnit, ahead: number, part?: Part): NamedWindow {
  const months = MONTHS_PER_UNIT[unit];
  const index = Math.floor((monthOf(ref) - 1) / months);
  const first = addMonths(localDate(yearOf(ref), index * months + 1, 1)!, ahead * months);
  const span = monthsFrom(yearOf(first), monthOf(first), months);
  return windowFrom(ref, part ? partOfSpan(span, part) : span, part !== undefined);
}

/**
 * "vid månadsskiftet april/maj" (month 4), "efter årsskiftet" (month 12). `vid` is the five days on both sides and
 * fuzzy; `fore` ends with the month's last day and `efter` begins with the first of the next.
 *
 * @param month the month that ends, 1 to 12; the reference date's own when only "månadsskiftet" was said
 */
export function turnOfMonth(
  ref: LocalDate,
  month: number = monthOf(ref),
  { relation = 'vid', year }: Omit<NamedTimeOptions, 'part'> = {},
): NamedWindow {
  if (relation === 'efter') return numberedPeriod(ref, 'manad', month, { relation, year });
  if (relation === 'fore') {
    const yearAfter = month === 12 && year !== undefined ? year + 1 : year;
    return numberedPeriod(ref, 'manad', (month % 12) + 1, { relation, year: yearAfter });
  }
  const spanIn = (begins: number) => {
    const { latest } = monthsFrom(begins, month, 1);
    return { earliest: addDays(latest, 1 - DAYS_BESIDE_TURN), latest: addDays(latest, DAYS_BESIDE_TURN) };
  };
  return found(resolveYearly(ref, spanIn, { relation, year }, true));
}

function seasonIn(season: Season): (year: number) => DateSpan {
  return (year) => monthsFrom(year, FIRST_MONTH_OF_SEASON[season], MONTHS_PER_SEASON);
}

function monthsFrom(year: number, month: number, months: number): DateSpan {
  const earliest = localDate(year, month, 1)!;
  return { earliest, latest: addDays(addMonths(earliest, months), -1) };
}

/** What comes back every year is always found. */
function found(window: NamedWindow | undefined): NamedWindow {
  return window!;
}
