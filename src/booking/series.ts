import type { FollowUpRequest } from '../contracts/followup.ts';
import { addDays, addDuration, daysBetween, type LocalDate, parseLocalDate } from '../followup/calendar/local-date.ts';
import type { VisitNeed } from './visit-need.ts';

/** Visits that come again: "var tredje månad i ett år". */
export interface Series {
  /** From one visit to the next, ISO 8601. */
  readonly interval: string;
  /** How many visits; null where no end was said. */
  readonly count: number | null;
}

/** So many visits of a series are found and booked at once. */
export const OCCASIONS_AT_ONCE = 12;
/** A visit of a series is a few days off its time, seldom more. */
const TOLERANCE_SHARE = 0.15;
const TOLERANCE_DAYS = { least: 1, most: 14 } as const;
/** Lengths are counted from the beginning of a year. */
const ANY_DAY = parseLocalDate('2027-01-01')!;
/** The next visit of a series is booked so long before it. */
const LEAD_SHARE = 0.5;
const LEAD_DAYS = { least: 7, most: 42 } as const;

/** What a request of a chain says of its series; one that follows another's is of that. */
export function seriesOf(
  request: FollowUpRequest,
  chain: readonly FollowUpRequest[],
  firstDay: LocalDate | null,
): Series | null {
  const followed = chain.find(({ id }) => id === request.series?.follows && id !== request.id);
  if (followed !== undefined) return seriesOf({ ...followed, series: withoutFollows(followed) }, chain, firstDay);
  const { interval, then_interval: thenInterval, count, until } = request.series ?? {};
  const every = interval ?? thenInterval;
  if (every === undefined) return null;
  return { interval: every, count: count ?? countUntil(every, firstDay, parseLocalDate(until ?? '') ?? null) };
}

function withoutFollows({ series }: FollowUpRequest): FollowUpRequest['series'] {
  const { follows: _, ...own } = series ?? {};
  return own;
}

function countUntil(every: string, firstDay: LocalDate | null, until: LocalDate | null): number | null {
  if (firstDay === null || until === null) return null;
  let count = 1;
  while (occasionDay(firstDay, every, count) <= until) count++;
  return count;
}

/** So many intervals after a day, negative before. */
export function occasionDay(day: LocalDate, interval: string, intervals: number): LocalDate {
  const [, count = '1', unit = 'D'] = /^P(\d+)([DWMY])$/.exec(interval) ?? [];
  return addDuration(day, `P${Number(count) * Math.abs(intervals)}${unit}`, intervals < 0 ? -1 : 1);
}

/**
 * The visits of a series that have no time yet, by their numbers from 1; as many as are booked at once. Of one without an
 * end, a stretch of so many months after those that have times, at least one; where one in between has lost its time,
 * that one alone.
 */
export function openOccasions(series: Series, taken: ReadonlySet<number>, aheadMonths: number): number[] {
  if (series.count !== null) return openUntil(series.count, taken);
  const latest = Math.max(0, ...taken);
  const between = openUntil(latest, taken);
  return between.length > 0 ? between : openUntil(latest + visitsWithin(series, aheadMonths), taken);
}

function openUntil(last: number, taken: ReadonlySet<number>): number[] {
  const open: number[] = [];
  for (let occasion = 1; occasion <= last && open.length < OCCASIONS_AT_ONCE; occasion++) {
    if (!taken.has(occasion)) open.push(occasion);
  }
  return open;
}

/** How many visits a stretch of so many months has, at least one. */
function visitsWithin({ interval }: Series, months: number): number {
  const after = addDuration(ANY_DAY, `P${months}M`);
  let count = 1;
  while (count < OCCASIONS_AT_ONCE && occasionDay(ANY_DAY, interval, count) < after) count++;
  return count;
}

/** What is known of when a visit of a series is to be: another visit of it, where that is. */
export interface Anchor {
  readonly occasion: number;
  readonly day: LocalDate;
}

/**
 * Needs of a chain as they are for a later visit of its series: the visit that the others hang on is meant for its
 * interval, and they keep their distances to it. `anchor` is where another visit of the series is.
 */
export function onOccasion(
  needs: readonly VisitNeed[],
  { interval }: Pick<Series, 'interval'>,
  occasion: number,
  anchor: Anchor,
): VisitNeed[] {
  const day = occasionDay(anchor.day, interval, occasion - anchor.occasion);
  const share = daysBetween(day, occasionDay(day, interval, 1)) * TOLERANCE_SHARE;
  const days = Math.min(Math.max(Math.round(share), TOLERANCE_DAYS.least), TOLERANCE_DAYS.most);
  const keys = new Set(needs.map(({ key }) => key));
  const keyOf = (key: string) => (keys.has(key) ? `${key}#${occasion}` : key);
  return needs.map((need) => {
    const links = need.links.map((link) => ({ ...link, to: keyOf(link.to) }));
    const isRoot = !need.links.some(({ to }) => keys.has(to));
    const when = isRoot
      ? { aim: { from: day, to: day }, notBefore: addDays(day, -days), latest: addDays(day, days) }
      : { aim: null, notBefore: null, latest: null };
    return { ...need, ...when, key: keyOf(need.key), links, floor: null, clock: null, occasion, interval };
  });
}

/**
 * When somebody has to look at a series again: in time for the next visit, or where it has no end before the last one that
 * is booked, when the patient is told of those that follow.
 */
export function lookAgainOn({ interval }: Pick<Series, 'interval'>, day: LocalDate): LocalDate {
  const share = daysBetween(day, occasionDay(day, interval, 1)) * LEAD_SHARE;
  return addDays(day, -Math.min(Math.max(Math.round(share), LEAD_DAYS.least), LEAD_DAYS.most));
}
