import type { LocalDate } from '../followup/calendar/local-date.ts';
import { type Candidate, candidatesOn, type Search } from './candidates.ts';
import { daysFor, HOPELESS, type Placement, placeOne, placeRest } from './placing.ts';
import { type CalendarQuestion, type NothingToPlace, openSearch, type Plan, planOf } from './plan.ts';
import { ALL_WISHES, isWithin, NO_WISH, type WishSet } from './wishes.ts';

const PROPOSALS_A_DAY = 2;
/** For each way of giving something up: times that are tried of a day, and of all days. */
const TRIED_A_DAY = 2;
const TRIED_A_WAY = 80;
const ALTERNATIVES = 5;

export interface ProposedTimes {
  readonly problem: NothingToPlace | null;
  /** Everything asked for is fulfilled; the best first. */
  readonly proposals: readonly Placement[];
  /** Where nothing is: what could be had for giving something up, the least first. */
  readonly alternatives: readonly Placement[];
}

/**
 * Times for visits that hang together. Those that have theirs already stay where they are.
 *
 * @param wanted how many proposals
 * @param orElse what to look for where nothing fulfils everything
 */
export function proposeTimes(
  question: CalendarQuestion,
  wanted: number,
  orElse: 'alternatives' | 'nothing',
): ProposedTimes {
  const plan = planOf(question);
  if ('reason' in plan) return { problem: plan, proposals: [], alternatives: [] };
  const search = openSearch(question, plan.rest.length === 0 && plan.fixed.at.size === 0);
  const proposals = bestPlacements(search, plan, wanted);
  const isDone = proposals.length > 0 || orElse === 'nothing';
  return { problem: null, proposals, alternatives: isDone ? [] : alternativePlacements(search, plan) };
}

function bestPlacements(search: Search, plan: Plan, wanted: number): Placement[] {
  let found: Placement[] = [];
  let spread: Placement[] = [];
  for (const { day, cost } of daysFor(search, plan.root.need, plan.fixed.at, NO_WISH)) {
    if (spread.length >= wanted && cost > spread.at(-1)!.cost) break;
    const ofDay: Placement[] = [];
    for (const candidate of candidatesOn(search, plan.root, day, NO_WISH)) {
      if (ofDay.length >= wanted) break;
      const placement = place(search, plan, candidate, cost, NO_WISH);
      if (placement === HOPELESS) break;
      if (placement !== undefined) ofDay.push(placement);
    }
    found = [...found, ...ofDay].sort((one, other) => one.cost - other.cost);
    spread = spreadOut(found, wanted);
  }
  const more = found.filter((one) => !spread.includes(one)).slice(0, wanted - spread.length);
  return [...spread, ...more].sort((one, other) => one.cost - other.cost);
}

function place(search: Search, { rest, fixed }: Plan, candidate: Candidate, cost: number, allowed: WishSet) {
  const placed = placeOne(fixed, candidate, cost, allowed);
  return placed && placeRest(search, rest, placed, allowed);
}

/** The best of several days rather than all of the best day. */
function spreadOut(placements: readonly Placement[], wanted: number): Placement[] {
  const perDay = new Map<LocalDate, number>();
  const chosen: Placement[] = [];
  for (const placement of placements) {
    const { date } = placement.visits[0]!;
    const count = perDay.get(date) ?? 0;
    if (count >= PROPOSALS_A_DAY) continue;
    perDay.set(date, count + 1);
    chosen.push(placement);
    if (chosen.length === wanted) break;
  }
  return chosen;
}

/** For each way of giving something up the best that it brings, without those that give up more for nothing. */
function alternativePlacements(search: Search, plan: Plan): Placement[] {
  const tried = new Map<WishSet, { candidate: Candidate; cost: number }[]>();
  for (const { day, cost } of daysFor(search, plan.root.need, plan.fixed.at, ALL_WISHES)) {
    const ofDay = new Map<WishSet, number>();
    for (const candidate of candidatesOn(search, plan.root, day, ALL_WISHES)) {
      const { givesUp } = candidate;
      const count = ofDay.get(givesUp) ?? 0;
      const ofWay = tried.get(givesUp) ?? [];
      if (count >= TRIED_A_DAY || ofWay.length >= TRIED_A_WAY) continue;
      ofDay.set(givesUp, count + 1);
      ofWay.push({ candidate, cost });
      tried.set(givesUp, ofWay);
    }
  }
  const best = new Map<WishSet, Placement>();
  for (const ofWay of tried.values()) {
    for (const { candidate, cost } of ofWay) {
      const placement = place(search, plan, candidate, cost, ALL_WISHES);
      if (placement === undefined || placement === HOPELESS) continue;
      const known = best.get(placement.givesUp);
      if (known === undefined || placement.cost < known.cost) best.set(placement.givesUp, placement);
      // The others give up nothing more: farther days bring nothing better.
      if (placement.givesUp === candidate.givesUp) break;
    }
  }
  const ways = [...best.values()].sort((one, other) => one.cost - other.cost);
  return ways
    .filter((one) => !ways.some((other) => other !== one && isWithin(other.givesUp, one.givesUp)))
    .slice(0, ALTERNATIVES);
}
