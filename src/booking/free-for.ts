import { candidatesOn } from './candidates.ts';
import { type Placement, placeOne } from './placing.ts';
import { type CalendarQuestion, type NothingToPlace, openSearch, planOf } from './plan.ts';
import type { Span } from './schedule.ts';
import { ALL_WISHES, NO_WISH } from './wishes.ts';

/** A time for one visit, whatever it gives up. */
export interface FreeTime extends Span {
  readonly performerId: string;
  /** What the others of its chain, where they are, make of it; undefined where they go against it. */
  readonly placement: Placement | undefined;
  /** Everything is fulfilled. */
  readonly fits: boolean;
}

/** Every time of the question's days that the first visit of a chain could have, by day and time. */
export function freeTimesFor(question: CalendarQuestion): readonly FreeTime[] | NothingToPlace {
  const plan = planOf(question);
  if ('reason' in plan) return plan;
  const search = openSearch(question, false);
  const { firstDay, lastDay } = question;
  return search.days.between(firstDay, lastDay).flatMap((day) =>
    Array.from(candidatesOn(search, plan.root, day, ALL_WISHES), (candidate): FreeTime => {
      const { startMs, endMs, performerId } = candidate;
      const placement = placeOne(plan.fixed, candidate, 0, ALL_WISHES);
      return { startMs, endMs, performerId, placement, fits: placement?.givesUp === NO_WISH };
    }).sort((one, other) => one.startMs - other.startMs),
  );
}
