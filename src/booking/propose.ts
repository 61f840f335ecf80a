import type { LocalDate } from '../followup/calendar/local-date.ts';
import { type Candidate, candidatesOn, type Search } from './candidates.ts';
import { dayWishes } from './open-times.ts';
import { daysFor, HOPELESS, type Placement, placeOne, placeRest } from './placing.ts';
import { type CalendarQuestion, type NothingToPlace, openSearch, type Plan, planOf } from './plan.ts';
import { ALL_WISHES, isWithin, NO_WISH, type WishSet, wishSet } from './wishes.ts';

const PROPOSALS_A_DAY = 2;
/** For each way of giving something up: times that are tried of a day, and of all days. */
const TRIED_A_DAY = 2;
const TRIED_A_WAY = 40;
/** So many more once a way has brought something that gives up more than it says: they seldom bring less. */
const TRIED_FOR_LESS = 8;
const ALTERNATIVES = 5;

/** What patients have said themselves does not bind them when they choose. */
export const PATIENTS_OWN = wishSet('daypart', 'weekday', 'clock', 'dates');

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
  const proposals = bestPlacements(search, plan, wanted, search.owner === 'patients' ? PATIENTS_OWN : NO_WISH);
  const isDone = proposals.length > 0 || orElse === 'nothing';
  return { problem: null, proposals, alternatives: isDone ? [] : alternativePlacements(search, plan) };
}

function bestPlacements(search: Search, plan: Plan, wanted: number, allowed: WishSet): Placement[] {
  let found: Placement[] = [];
  let spread: Placement[] = [];
  for (const { day, cost } of daysFor(search, plan.root.need, plan.fixed.at, allowed)) {
    if (spread.length >= wanted && cost > spread.at(-1)!.cost) break;
    const ofDay: Placement[] = [];
    const failed = new Set<string>();
    for (const candidate of candidatesOn(search, plan.root, day, allowed)) {
      if (ofDay.length >= wanted) break;
      // What the others cannot join they cannot join with somebody else at the same time either.
      const key = `${candidate.startMs} ${candidate.givesUp}`;
      if (failed.has(key)) continue;
      const placement = place(search, plan, candidate, cost, allowed);
      if (placement === HOPELESS) break;
      if (placement === undefined) failed.add(key);
      else ofDay.push(placement);
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
  const best = new Map<WishSet, Placement>();
  const tried = new Map<WishSet, number>();
  /** Ways of which the nearest time is found: whatever gives up as much or more, farther on, brings nothing better. */
  const settled: WishSet[] = [];
  const isSettled = (way: WishSet) => settled.some((one) => isWithin(one, way));
  for (const { day, cost } of daysFor(search, plan.root.need, plan.fixed.at, ALL_WISHES)) {
    const dayWay = dayWishes(plan.root, day);
    if (isSettled(dayWay) || (tried.get(dayWay) ?? 0) >= TRIED_A_WAY) continue;
    const ofDay = new Map<WishSet, Set<number>>();
    for (const candidate of candidatesOn(search, plan.root, day, ALL_WISHES)) {
      const { givesUp: way, startMs } = candidate;
      const starts = ofDay.get(way) ?? new Set();
      const count = tried.get(way) ?? 0;
      if (isSettled(way) || starts.has(startMs) || starts.size >= TRIED_A_DAY || count >= TRIED_A_WAY) continue;
      ofDay.set(way, starts.add(startMs));
      tried.set(way, count + 1);
      const placement = place(search, plan, candidate, cost, ALL_WISHES);
      if (placement === HOPELESS) break;
      if (placement === undefined) continue;
      const known = best.get(placement.givesUp);
      if (known === undefined || placement.cost < known.cost) best.set(placement.givesUp, placement);
      if (placement.givesUp === way) settled.push(way);
      else tried.set(way, Math.max(count + 1, TRIED_A_WAY - TRIED_FOR_LESS));
    }
  }
  const all = [...best.values()].sort((one, other) => one.cost - other.cost);
  const ways = all.filter((one) => !all.some((other) => other !== one && isWithin(other.givesUp, one.givesUp)));
  const [only, another] = ways;
  // Where one thing alone can be given up, as a måldatum that has passed, there are several times to choose from.
  if (only !== undefined && another === undefined) return bestPlacements(search, plan, ALTERNATIVES, only.givesUp);
  return ways.slice(0, ALTERNATIVES);
}
