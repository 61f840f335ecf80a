import { daysBetween, earlierOf, type LocalDate, laterOf } from '../followup/calendar/local-date.ts';
import type { CalendarDay } from './calendar-days.ts';
import { type Candidate, candidatesOn, type Search } from './candidates.ts';
import type { Fit } from './fit.ts';
import { judgeLink, type Link, linkedDays } from './links.ts';
import { overlaps } from './taken-times.ts';
import type { PlacedVisit, VisitNeed } from './visit-need.ts';
import { both, costOf, isWithin, NO_WISH, type WishSet, wishSet } from './wishes.ts';

export const DAY_COST = 10;
const LATER_IN_WINDOW_COST = 1;
const WAITING_DAY_COST = 2;

/** A day to look at, and what it costs that it is this one. */
interface CostedDay {
  readonly day: CalendarDay;
  readonly cost: number;
}

/** Times for every visit of a chain that go together. */
export interface Placement {
  /** By need's key; those that stay where they are, too. */
  readonly at: ReadonlyMap<string, PlacedVisit>;
  /** Those that were found, in the order of time. */
  readonly visits: readonly Candidate[];
  readonly givesUp: WishSet;
  readonly cost: number;
}

/** Nothing is free on any day for one of the chain, wherever the others are on theirs. */
export const HOPELESS = 'hopeless';

/** Where the others of a chain go once the first is placed: each at its best, seen from those before it. */
export function placeRest(
  search: Search,
  rest: readonly Fit[],
  placed: Placement,
  allowed: WishSet,
): Placement | typeof HOPELESS | undefined {
  let placement = placed;
  for (const fit of rest) {
    let best: Placement | undefined;
    let isHopeless = true;
    for (const { day, cost } of daysFor(search, fit.need, placement.at, allowed)) {
      if (best !== undefined && placement.cost + cost > best.cost) break;
      const tried = new Set<string>();
      for (const candidate of candidatesOn(search, fit, day, allowed)) {
        isHopeless = false;
        if (best !== undefined && placement.cost + cost + candidate.cost >= best.cost) break;
        // With somebody else at the same time it would be the same, and cost as much or more.
        const key = `${candidate.startMs} ${candidate.givesUp}`;
        if (tried.has(key)) continue;
        tried.add(key);
        const next = placeOne(placement, candidate, cost, allowed);
        if (next !== undefined && next.cost < (best?.cost ?? Number.POSITIVE_INFINITY)) best = next;
      }
    }
    if (best === undefined) return isHopeless && placement === placed ? HOPELESS : undefined;
    placement = best;
  }
  return placement;
}

/** The placement with one visit more; undefined where it breaks a link, or the patient is elsewhere then. */
export function placeOne(
  { at, visits, givesUp, cost }: Placement,
  candidate: Candidate,
  dayCost: number,
  allowed: WishSet,
): Placement | undefined {
  const { need } = candidate.fit;
  let total = both(givesUp, candidate.givesUp);
  for (const [key, other] of at) {
    if (overlaps(candidate, other)) return undefined;
    const link = need.links.find(({ to }) => to === key);
    if (link === undefined) continue;
    const broken = judgeLink(link, candidate, other);
    if (broken === undefined) return undefined;
    total = both(total, broken);
  }
  for (const link of candidate.fit.linkedHere) {
    const other = at.get(link.from);
    const broken = other === undefined ? NO_WISH : judgeLink(link.link, other, candidate);
    if (broken === undefined) return undefined;
    total = both(total, broken);
  }
  if (!isWithin(total, allowed)) return undefined;
  return {
    at: new Map(at).set(need.key, candidate),
    visits: [...visits, candidate].sort((one, other) => one.startMs - other.startMs),
    givesUp: total,
    cost: cost + dayCost + candidate.cost + costOf(total) - costOf(givesUp),
  };
}

/** The days for a need, the best first: by what it hangs on where that is placed, else by what was meant. */
export function daysFor(
  search: Search,
  need: VisitNeed,
  placed: ReadonlyMap<string, PlacedVisit>,
  allowed: WishSet,
): CostedDay[] {
  const links = need.links.flatMap((link) => {
    const other = placed.get(link.to);
    return other === undefined ? [] : [{ link, days: linkedDays(link, other.date) }];
  });
  let first = laterOf(search.firstDay, search.today.date);
  let last = search.lastDay;
  for (const { link, days } of links) {
    const { from, to } = isWithin(giveUpOf(link), allowed) ? days.widest : days.kept;
    first = laterOf(first, from);
    last = earlierOf(last, to);
  }
  if (need.notBefore !== null && !isWithin(wishSet('early'), allowed)) first = laterOf(first, need.notBefore);
  if (need.latest !== null && !isWithin(wishSet('late'), allowed)) last = earlierOf(last, need.latest);
  const wanted = links.find(({ link }) => link.kind === 'same_day' || link.offset !== null)?.days.wanted;
  const costOn = (date: LocalDate) =>
    wanted === undefined ? costByAim(need, date, search.today.date) : Math.abs(daysBetween(wanted, date)) * DAY_COST;
  return search.days
    .between(first, last)
    .map((day) => ({ day, cost: costOn(day.date) }))
    .sort((one, other) => one.cost - other.cost);
}

function giveUpOf({ kind }: Link): WishSet {
  return wishSet(kind === 'same_day' ? 'same_day' : 'offset');
}

function costByAim({ aim }: VisitNeed, date: LocalDate, today: LocalDate): number {
  if (aim === null) return daysBetween(today, date) * WAITING_DAY_COST;
  if (date < aim.from) return daysBetween(date, aim.from) * DAY_COST;
  if (date > aim.to) return daysBetween(aim.to, date) * DAY_COST;
  return daysBetween(aim.from, date) * LATER_IN_WINDOW_COST;
}
