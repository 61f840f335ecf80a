import type { ProposalProblem } from '../contracts/calendar.ts';
import type { LocalDate } from '../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import { addWorkingDays } from '../followup/calendar/swedish-days.ts';
import { CalendarDays } from './calendar-days.ts';
import type { Search } from './candidates.ts';
import { type Fit, fitNeed } from './fit.ts';
import type { Placement } from './placing.ts';
import type { UnitSchedule } from './schedule.ts';
import { rootOf } from './search-days.ts';
import { SessionBook } from './sessions.ts';
import type { TakenTimes } from './taken-times.ts';
import type { VisitNeed } from './visit-need.ts';
import { NO_WISH } from './wishes.ts';

/** An interpreter who has no times here is sent for; this is how soon one comes. */
const INTERPRETER_WORKING_DAYS = 3;

/** Visits to find times for, and the calendar as it is. */
export interface CalendarQuestion {
  readonly schedule: UnitSchedule;
  /** Visits that hang together, as `linkedNeeds` gives them. */
  readonly needs: readonly VisitNeed[];
  /** Keys of the chain that have no time and cannot be given one now. */
  readonly pending: ReadonlySet<string>;
  readonly patientId: string;
  readonly taken: TakenTimes;
  /** The days of which `taken` knows. */
  readonly firstDay: LocalDate;
  readonly lastDay: LocalDate;
  readonly nowMs: number;
  /** Whose times are looked for; care's where absent. */
  readonly owner?: Search['owner'];
}

/** A chain in the order in which it is placed. */
export interface Plan {
  readonly root: Fit;
  readonly rest: readonly Fit[];
  /** Those that stay, placed. */
  readonly fixed: Placement;
}

/** Why nothing can be proposed, and for which visit. */
export interface NothingToPlace {
  readonly taskId: string;
  readonly reason: ProposalProblem;
}

/** What is placed in which order, or why there is nothing to place. */
export function planOf({ needs, schedule, pending }: CalendarQuestion): Plan | NothingToPlace {
  const fits: Fit[] = [];
  for (const need of needs) {
    if (need.fixed !== null) continue;
    if (need.aim === null && need.links.some(({ to }) => pending.has(to))) {
      return { taskId: need.taskId, reason: 'waits_for_other' };
    }
    const fit = fitNeed(need, needs, schedule);
    if (typeof fit === 'string') return { taskId: need.taskId, reason: fit };
    fits.push(fit);
  }
  const root = fits.find(({ need }) => need === rootOf(needs));
  if (root === undefined) return { taskId: needs[0]!.taskId, reason: 'has_time' };
  const fixed = new Map(needs.flatMap(({ key, fixed: place }) => (place === null ? [] : [[key, place] as const])));
  return {
    root,
    rest: inPlacingOrder(root, fits),
    fixed: { at: fixed, visits: [], givesUp: NO_WISH, cost: 0 },
  };
}

/** Everybody and everything whose time a search asks for. */
export function resourcesAskedFor(
  needs: readonly VisitNeed[],
  schedule: Pick<UnitSchedule, 'resources' | 'visitTypes' | 'templates'>,
): string[] {
  const ids = new Set<string>();
  for (const need of needs) {
    const fit = need.fixed === null ? fitNeed(need, needs, schedule) : 'no_time_needed';
    if (typeof fit === 'string') continue;
    const { performers, rooms, equipment, interpreters } = fit;
    for (const { id } of [...rooms, ...equipment, ...interpreters]) ids.add(id);
    for (const { resource } of performers) ids.add(resource.id);
  }
  for (const { resourceId, roomId } of schedule.templates) if (roomId !== null && ids.has(resourceId)) ids.add(roomId);
  return [...ids];
}

/** Each after what it hangs on. */
function inPlacingOrder(root: Fit, fits: readonly Fit[]): Fit[] {
  const left = fits.filter((fit) => fit !== root);
  const ordered: Fit[] = [];
  while (left.length > 0) {
    const waitsFor = ({ need }: Fit) => need.links.some(({ to }) => left.some((other) => other.need.key === to));
    const ready = left.findIndex((fit) => !waitsFor(fit));
    // Links that go round in a circle end with the first.
    ordered.push(...left.splice(Math.max(ready, 0), 1));
  }
  return ordered;
}

/** @param isSparse whether the best time of each half of a day will do */
export function openSearch(
  { schedule, patientId, taken, firstDay, lastDay, nowMs, owner = 'care' }: CalendarQuestion,
  isSparse: boolean,
): Search {
  const days = new CalendarDays();
  const { date: today } = stockholmClockAt(nowMs);
  return {
    book: new SessionBook(schedule),
    days,
    taken,
    patientId,
    firstDay,
    lastDay,
    nowMs,
    today: days.at(today),
    interpreterFrom: addWorkingDays(today, INTERPRETER_WORKING_DAYS),
    owner,
    isSparse,
  };
}
