import { addDays, type LocalDate, localDate, mondayOfIsoWeek, weekdayOf } from './local-date.ts';
import {
  type DateSpan,
  type NamedTimeOptions,
  type NamedWindow,
  type Relation,
  resolveYearly,
  windowFrom,
} from './named-window.ts';
import { dateOfMovingFeast, isWorkingDay, type MovingFeastDay } from './swedish-days.ts';

interface FeastRule {
  readonly spanIn: (year: number) => DateSpan;
  /** Its days differ over the country, or nobody has set them. */
  readonly fuzzy: boolean;
}

/**
 * Feasts and breaks of the Swedish year that people plan by, with the days that they cover. A feast begins with its
 * first free day, so "före jul" ends on 23 December and "före påsk" on skärtorsdagen. Feast days by lag 1989:253 om
 * allmänna helgdagar; `semester` is the months of semesterlagen 1977:480, 12 §; `industrisemester` the customary
 * weeks; school breaks are set by each kommun.
 */
const FEASTS = {
  nyar: { spanIn: (year) => span(day(year, 12, 31), day(year + 1, 1, 1)), fuzzy: false },
  trettonhelg: { spanIn: (year) => span(day(year, 1, 5), day(year, 1, 6)), fuzzy: false },
  pask: { spanIn: around('påskdagen', -2, 1), fuzzy: false },
  valborg: { spanIn: onDay(4, 30), fuzzy: false },
  forsta_maj: { spanIn: onDay(5, 1), fuzzy: false },
  kristi_himmelsfard: { spanIn: around('påskdagen', 39, 39), fuzzy: false },
  pingst: { spanIn: around('påskdagen', 48, 49), fuzzy: false },
  nationaldag: { spanIn: onDay(6, 6), fuzzy: false },
  midsommar: { spanIn: around('midsommardagen', -1, 0), fuzzy: false },
  alla_helgons: { spanIn: around('alla helgons dag', 0, 1), fuzzy: false },
  forsta_advent: { spanIn: firstSundayOfAdvent, fuzzy: false },
  lucia: { spanIn: onDay(12, 13), fuzzy: false },
  jul: { spanIn: (year) => span(day(year, 12, 24), day(year, 12, 26)), fuzzy: false },
  jul_och_nyar: { spanIn: (year) => span(day(year, 12, 24), day(year + 1, 1, 6)), fuzzy: false },
  sportlov: { spanIn: weeks(7, 10), fuzzy: true },
  pasklov: { spanIn: around('påskdagen', -6, 5), fuzzy: true },
  sommarlov: { spanIn: (year) => span(day(year, 6, 10), day(year, 8, 20)), fuzzy: true },
  hostlov: { spanIn: weeks(44, 44), fuzzy: true },
  jullov: { spanIn: (year) => span(day(year, 12, 20), day(year + 1, 1, 8)), fuzzy: true },
  semester: { spanIn: (year) => span(day(year, 6, 1), day(year, 8, 31)), fuzzy: true },
  industrisemester: { spanIn: weeks(28, 31), fuzzy: true },
} satisfies Record<string, FeastRule>;

export type Feast = keyof typeof FEASTS;

export const FEAST_NAMES = Object.keys(FEASTS) as Feast[];

/**
 * "före jul", "efter påsk", "i midsommar", "efter semestern". A bound has one end: nothing is said about the other.
 * What happens during the feast and just after it: see resolveYearly.
 */
export function feastWindow(ref: LocalDate, feast: Feast, options: NamedTimeOptions = {}): NamedWindow {
  const { spanIn, fuzzy } = FEASTS[feast];
  return resolveYearly(ref, spanIn, options, fuzzy)!;
}

/**
 * "till helgen", "före helgen", "efter helgen": the Saturday and Sunday to come or going on, with the red days and
 * free eves beside them: before Easter, and on annandag påsk too, "efter helgen" is Tuesday.
 */
export function weekendWindow(ref: LocalDate, relation: Relation = 'vid'): NamedWindow {
  let earliest = weekendDayFor(ref);
  let latest = earliest;
  while (!isWorkingDay(addDays(earliest, -1))) earliest = addDays(earliest, -1);
  while (!isWorkingDay(addDays(latest, 1))) latest = addDays(latest, 1);
  switch (relation) {
    case 'vid':
      return windowFrom(ref, { earliest, latest }, false);
    case 'efter':
      return { earliest: addDays(latest, 1), fuzzy: false };
    case 'fore':
      // In the middle of one, "before the weekend" is before the next.
      return earliest > ref
        ? { latest: addDays(earliest, -1), fuzzy: false }
        : { ...weekendWindow(addDays(latest, 1), 'fore'), fuzzy: true };
    default:
      throw relation satisfies never;
  }
}

/** A Saturday or Sunday of the free days that are going on, or else the Saturday to come. */
function weekendDayFor(ref: LocalDate): LocalDate {
  let day = ref;
  while (!isWorkingDay(day) && weekdayOf(day) < 6) day = addDays(day, -1);
  return weekdayOf(day) < 6 ? addDays(ref, 6 - weekdayOf(ref)) : day;
}

function span(earliest: LocalDate, latest: LocalDate): DateSpan {
  return { earliest, latest };
}

/** A day that exists every year. */
function day(year: number, month: number, dayOfMonth: number): LocalDate {
  return localDate(year, month, dayOfMonth)!;
}

function onDay(month: number, dayOfMonth: number): (year: number) => DateSpan {
  return (year) => span(day(year, month, dayOfMonth), day(year, month, dayOfMonth));
}

function around(name: MovingFeastDay, firstDays: number, lastDays: number): (year: number) => DateSpan {
  return (year) => {
    const feastDay = dateOfMovingFeast(year, name);
    return span(addDays(feastDay, firstDays), addDays(feastDay, lastDays));
  };
}

/** Monday of the first to Friday of the last of these ISO weeks, which every year has. */
function weeks(first: number, last: number): (year: number) => DateSpan {
  return (year) => span(mondayOfIsoWeek(year, first)!, addDays(mondayOfIsoWeek(year, last)!, 4));
}

/** The fourth Sunday before Christmas Day. */
function firstSundayOfAdvent(year: number): DateSpan {
  const christmasEve = day(year, 12, 24);
  const first = addDays(christmasEve, -(weekdayOf(christmasEve) % 7) - 21);
  return span(first, first);
}
