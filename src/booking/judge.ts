import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import { type Candidate, candidatesOn } from './candidates.ts';
import { type Placement, placeOne } from './placing.ts';
import { type CalendarQuestion, type NothingToPlace, openSearch, planOf } from './plan.ts';
import { ALL_WISHES } from './wishes.ts';

/** A time that somebody has chosen for a visit. */
export interface ChosenTime {
  readonly taskId: string;
  readonly performerId: string;
  readonly startMs: number;
  /** Which visit of a series, from 1. */
  readonly occasion?: number | undefined;
}

/** Why chosen times cannot be had: which visit, and what is in the way. */
export interface Refusal {
  readonly taskId: string;
  /**
   * `missing`: no time was chosen for one of the chain; `not_a_time`: the calendar has no free time there; `chain`: the
   * order of the chain or the bounds between its visits are broken.
   */
  readonly why: 'missing' | 'not_a_time' | 'chain';
}

/** What chosen times would be, with what they give up. */
export function judgeTimes(
  question: CalendarQuestion,
  chosen: readonly ChosenTime[],
): Placement | Refusal | NothingToPlace {
  const plan = planOf(question);
  if ('reason' in plan) return plan;
  const search = openSearch(question, false);
  let placement = plan.fixed;
  for (const fit of [plan.root, ...plan.rest]) {
    const { taskId } = fit.need;
    const time = chosen.find((one) => one.taskId === taskId);
    if (time === undefined) return { taskId, why: 'missing' };
    const day = search.days.at(stockholmClockAt(time.startMs).date);
    const candidate = candidateAt(candidatesOn(search, fit, day, ALL_WISHES), time);
    if (candidate === undefined) return { taskId, why: 'not_a_time' };
    const placed = placeOne(placement, candidate, 0, ALL_WISHES);
    if (placed === undefined) return { taskId, why: 'chain' };
    placement = placed;
  }
  return placement;
}

function candidateAt(
  candidates: Iterable<Candidate>,
  { startMs, performerId }: Pick<ChosenTime, 'startMs' | 'performerId'>,
): Candidate | undefined {
  for (const candidate of candidates) {
    if (candidate.startMs === startMs && candidate.performerId === performerId) return candidate;
  }
  return undefined;
}
