import { addDays, dayOf, daysBetween, type LocalDate, lastDayOfMonth, laterOf, monthOf, yearOf } from './local-date.ts';

/** Days from the first to the last, both included. */
export interface DateSpan {
  readonly earliest: LocalDate;
  readonly latest: LocalDate;
}

/** What a named time comes to, seen from a reference date. A window is ordered; a bound has one end only. */
export interface NamedWindow {
  readonly earliest?: LocalDate;
  readonly latest?: LocalDate;
  /** A single day. */
  readonly target?: LocalDate;
  /** The words have no exact meaning, or it is unsure which occurrence they speak of: a person should look. */
  readonly fuzzy: boolean;
  /** The other, later occurrence that the same words can mean ("nästa fredag"). Only when they can; fuzzy then. */
  readonly alternative?: DateSpan;
}

/** "i början av", "i mitten av", "i slutet av". */
export type Part = 'borjan' | 'mitten' | 'slutet';

/** `fore`: before its first day. `vid`: within it. `efter`: after its last day. */
export type Relation = 'fore' | 'vid' | 'efter';

export interface NamedTimeOptions {
  /** `vid` when not said. */
  readonly relation?: Relation | undefined;
  readonly part?: Part | undefined;
  /** The year in which the time begins (1000 to 9990), when it was said; else the next occurrence is meant. */
  readonly year?: number | undefined;
}

/**
 * When a yearly time ended so few days ago, the same words may look back at it instead of a year ahead: "efter jul" on
 * 28 December.
 */
const RECENTLY_ENDED_DAYS = 14;
const WORKING_WEEK_DAYS = 5;

/**
 * A time that returns every year as a window or bound.
 *
 * - `vid`: the next occurrence that has not ended; one that is going on is told from the reference date. Fuzzy when
 *   the previous one ended in the last 14 days.
 * - `fore`: before the next one that begins after the reference date; fuzzy when one is going on.
 * - `efter`: after the next one to end. When one ended in the last 14 days that is the one: from the reference date,
 *   and fuzzy.
 * - A year that was said is taken as said. A window that has then ended is told as it was and fuzzy; a bound before
 *   the reference date is the caller's to see.
 *
 * @param spanIn the occurrence that begins in a year; undefined when there is none
 * @returns undefined when the years around the reference date, or the year said, have none
 */
export function resolveYearly(
  ref: LocalDate,
  spanIn: (year: number) => DateSpan | undefined,
  { relation = 'vid', part, year }: NamedTimeOptions,
  isFuzzy: boolean,
): NamedWindow | undefined {
  const spans = (year === undefined ? yearsAround(ref) : [year])
    .map(spanIn)
    .filter((span) => span !== undefined)
    .map((span) => (part ? partOfSpan(span, part) : span));
  const wanted = year === undefined ? spans.find((span) => isAhead(span, relation, ref)) : spans[0];
  if (!wanted) return undefined;
  const isUnsure = year === undefined && spans.some((span) => mayBeMeantInstead(span, relation, ref));
  const fuzzy = isFuzzy || part !== undefined || isUnsure;
  switch (relation) {
    case 'fore':
      return { latest: addDays(wanted.earliest, -1), fuzzy };
    case 'efter':
      return { earliest: laterOf(ref, addDays(wanted.latest, 1)), fuzzy };
    case 'vid':
      return windowFrom(ref, wanted, fuzzy);
    default:
      throw relation satisfies never;
  }
}

/** A span as a window: what is going on is told from the reference date, what has ended as it was, and fuzzy. */
export function windowFrom(ref: LocalDate, { earliest, latest }: DateSpan, fuzzy: boolean): NamedWindow {
  return latest < ref ? { earliest, latest, fuzzy: true } : { earliest: laterOf(earliest, ref), latest, fuzzy };
}

/**
 * Beginning, middle or end: of a month its days 1-10, 11-20 and 21-last; of a working week Monday-Tuesday,
 * Tuesday-Thursday and Thursday-Friday; of anything longer a third of its days; of anything shorter all of it.
 */
export function partOfSpan(span: DateSpan, part: Part): DateSpan {
  const days = daysBetween(span.earliest, span.latest) + 1;
  if (days < WORKING_WEEK_DAYS) return span;
  const partsOf = isWholeMonth(span) ? partsOfMonth : days === WORKING_WEEK_DAYS ? partsOfWeek : thirds;
  const [first, last] = partsOf(days)[part];
  return { earliest: addDays(span.earliest, first), latest: addDays(span.earliest, last) };
}

/** The first and last day of each part, counted from 0. */
type Parts = Readonly<Record<Part, readonly [first: number, last: number]>>;

function partsOfMonth(days: number): Parts {
  return { borjan: [0, 9], mitten: [10, 19], slutet: [20, days - 1] };
}

function partsOfWeek(): Parts {
  return { borjan: [0, 1], mitten: [1, 3], slutet: [3, 4] };
}

function thirds(days: number): Parts {
  const one = Math.floor(days / 3);
  const two = Math.floor((days * 2) / 3);
  return { borjan: [0, one - 1], mitten: [one, two - 1], slutet: [two, days - 1] };
}

function isWholeMonth({ earliest, latest }: DateSpan): boolean {
  return (
    dayOf(earliest) === 1 &&
    earliest.slice(0, 7) === latest.slice(0, 7) &&
    dayOf(latest) === lastDayOfMonth(yearOf(latest), monthOf(latest))
  );
}

function yearsAround(ref: LocalDate): number[] {
  return [-1, 0, 1, 2].map((years) => yearOf(ref) + years);
}

function isAhead({ earliest, latest }: DateSpan, relation: Relation, ref: LocalDate): boolean {
  if (relation === 'fore') return earliest > ref;
  return (relation === 'efter' ? addDays(latest, RECENTLY_ENDED_DAYS) : latest) >= ref;
}

function mayBeMeantInstead({ earliest, latest }: DateSpan, relation: Relation, ref: LocalDate): boolean {
  if (relation === 'fore') return earliest <= ref && ref <= latest;
  return latest < ref && ref <= addDays(latest, RECENTLY_ENDED_DAYS);
}
