import type { LocalDate } from '../followup/calendar/local-date.ts';
import { type Candidate, candidatesOn, type Search } from './candidates.ts';
import { daysFor, HOPELESS, type Placement, placeOne, placeRest } from './placing.ts';
import { type CalendarQuestion, openSearch, type Plan, planOf } from './plan.ts';
import { NO_WISH, type WishSet, wishSet } from './wishes.ts';

/** Times that are tried for a chain whose visits do not go together anywhere. */
const MOST_TRIED = 300;
const LATE = wishSet('late');

export type Earliest =
  /** `date` is the day of the visit that was asked for; the others of its chain lie where they go best with it. */
  | { readonly kind: 'found'; readonly date: LocalDate; readonly visits: readonly Candidate[] }
  /** On none of the question's days is anything free that fits, after måldatum either. */
  | { readonly kind: 'none' }
  /** Nothing can be said: there is nothing to place, or the search was given up. */
  | { readonly kind: 'unknown' };

/**
 * The first day on which a task's visit can be had with everything that was asked for, and what hangs on it; past
 * måldatum only where nothing is free before it. That måldatum comes first is all that it gives up.
 */
export function earliestTime(question: CalendarQuestion, taskId: string): Earliest {
  const plan = planOf(question);
  if ('reason' in plan) return { kind: 'unknown' };
  const search = openSearch(question, plan.rest.length === 0 && plan.fixed.at.size === 0);
  const placement = firstPlacement(search, plan, NO_WISH) ?? firstPlacement(search, plan, LATE);
  if (placement === undefined) return { kind: 'none' };
  if (placement === 'given_up') return { kind: 'unknown' };
  const own = placement.visits.find(({ fit }) => fit.need.taskId === taskId);
  if (own === undefined) return { kind: 'unknown' };
  return { kind: 'found', date: own.date, visits: placement.visits };
}

function firstPlacement(search: Search, plan: Plan, allowed: WishSet): Placement | 'given_up' | undefined {
  const { root, rest, fixed } = plan;
  let tried = 0;
  for (const { day } of daysFor(search, root.need, fixed.at, allowed).toSorted(byDay)) {
    const failed = new Set<number>();
    for (const candidate of candidatesOn(search, root, day, allowed)) {
      // What the others cannot join they cannot join with somebody else at the same time either.
      if (failed.has(candidate.startMs)) continue;
      const placed = placeOne(fixed, candidate, 0, allowed);
      const placement = placed && placeRest(search, rest, placed, allowed);
      if (placement === HOPELESS) break;
      if (placement !== undefined) return placement;
      failed.add(candidate.startMs);
      tried += 1;
      if (tried === MOST_TRIED) return 'given_up';
    }
  }
  return undefined;
}

function byDay(one: { day: { number: number } }, other: { day: { number: number } }): number {
  return one.day.number - other.day.number;
}
