import { linkedNeeds, rootOf } from '../booking/search-days.ts';
import { type Anchor, onOccasion, openOccasions, type Series, seriesOf } from '../booking/series.ts';
import { type PlacedVisit, readNeed, type VisitNeed } from '../booking/visit-need.ts';
import { needsTime } from '../contracts/timed-types.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { taskById } from '../storage/repositories/admin-tasks.ts';
import { type Appointment, appointmentsOfTasks } from '../storage/repositories/appointments.ts';
import { type ChainTask, chainTasks } from '../storage/repositories/booking-chains.ts';
import { lastMetBy } from '../storage/repositories/task-sources.ts';

/**
 * Tasks that hang together with one that somebody books, and the times that they have. Of a series it is one visit, with
 * what hangs on that one.
 */
export interface Chain {
  readonly asked: ChainTask;
  /** Linked to it, itself the first; what needs no time is not among them. */
  readonly tasks: readonly ChainTask[];
  readonly needs: readonly VisitNeed[];
  /** Keys of the chain that have no time and cannot be given one now. */
  readonly pending: ReadonlySet<string>;
  /** Reserved, booked, arrived or done; of a series those of this visit. */
  readonly appointments: readonly Appointment[];
  /** Which visit of the series, from 1. */
  readonly occasion: number;
  readonly series: SeriesAsIs | null;
  readonly source: ChainSource;
}

/** A series as far as it is agreed on. */
export interface SeriesAsIs extends Series {
  /** Whether no end was ordained; staff may have set one. */
  readonly isEndless: boolean;
  /** Its visits by their numbers; of a test before each, the visits that it is before. */
  readonly placed: ReadonlyMap<number, PlacedVisit>;
  /** Those of the task that have no time. */
  readonly open: readonly number[];
}

/** What is stored of a chain. */
export interface ChainSource {
  readonly tasks: readonly ChainTask[];
  /** Of all visits of a series. */
  readonly appointments: readonly Appointment[];
  /** Whom the patient has met last, by task. */
  readonly lastMet: ReadonlyMap<string, string | null>;
}

export interface ChainOptions {
  /** Booked appointments that are to be moved: they are looked for anew rather than stay. */
  readonly moving?: ReadonlySet<string>;
  /** Which visit of a series; where absent the one that moves, or the first that has no time. */
  readonly occasion?: number;
  /** Where another visit of the series is to be, as long as none is booked. */
  readonly anchor?: Anchor;
}

/** Throws NOT_FOUND for a task of another unit. */
export async function loadChain(
  transaction: AuditedTransaction,
  taskId: string,
  options: ChainOptions = {},
): Promise<Chain> {
  return chainOf(await loadSource(transaction, taskId), taskId, options);
}

async function loadSource(transaction: AuditedTransaction, taskId: string): Promise<ChainSource> {
  const { chainId } = await taskById(transaction, taskId);
  const tasks = await chainTasks(transaction, chainId);
  const ids = tasks.map(({ id }) => id);
  const lastMet = new Map<string, string | null>();
  const byRole = new Map<string | null, string | null>();
  for (const task of tasks) {
    const { practitionerId, state, type } = task;
    const role = task.role ?? task.orderedByRole;
    if (practitionerId !== null || state === 'cancelled' || state === 'done' || !needsTime(type)) continue;
    if (!byRole.has(role)) byRole.set(role, await lastMetBy(transaction, task, role ?? undefined));
    lastMet.set(task.id, byRole.get(role)!);
  }
  return { tasks, appointments: await appointmentsOfTasks(transaction, ids), lastMet };
}

/** The chain of a task as it stands. */
export function chainOf(source: ChainSource, taskId: string, { moving = new Set(), ...at }: ChainOptions): Chain {
  const series = seriesAsIs(source, taskId, moving);
  const movingOccasions = source.appointments
    .filter((one) => moving.has(one.id) && one.taskId === taskId)
    .map((one) => one.occasion);
  const occasion = at.occasion ?? (movingOccasions.length > 0 ? Math.min(...movingOccasions) : (series?.open[0] ?? 1));
  const appointments = source.appointments.filter((one) => one.occasion === occasion);
  const { needs, pending } = needsOf(source, taskId, { appointments, moving });
  const linked = linkedNeeds(needs, taskId);
  const anchor = anchorOf(series, occasion) ?? at.anchor;
  const tasks = linked.map(({ taskId: id }) => source.tasks.find((task) => task.id === id)!);
  return {
    asked: source.tasks.find(({ id }) => id === taskId)!,
    ...onTheirOccasion({ needs: linked, tasks }, { source, series, occasion, anchor }),
    pending,
    appointments,
    occasion,
    series,
    source,
  };
}

function needsOf(
  { tasks, lastMet, appointments: ofAllVisits }: ChainSource,
  taskId: string,
  { appointments, moving }: { appointments: readonly Appointment[]; moving: ReadonlySet<string> },
): { needs: VisitNeed[]; pending: Set<string> } {
  const placed = new Map<string, PlacedVisit>();
  const isMoving = new Set<string>();
  for (const appointment of appointments) {
    if (appointment.state === 'reserved' || placed.has(appointment.taskId!)) continue;
    if (moving.has(appointment.id)) isMoving.add(appointment.taskId!);
    else placed.set(appointment.taskId!, placeOf(appointment));
  }
  const needs: VisitNeed[] = [];
  const pending = new Set<string>();
  for (const task of tasks) {
    const fixed = placed.get(task.id) ?? null;
    const isOpen = task.state === 'new' || task.state === 'claimed' || isMoving.has(task.id) || isPartBooked(task);
    const isOver = task.state === 'cancelled' || task.state === 'done';
    if (fixed !== null || isOpen || task.id === taskId) {
      if (task.id === taskId || needsTime(task.type)) needs.push(needOf(task, fixed, lastMet.get(task.id) ?? null));
    } else if (!isOver && needsTime(task.type)) pending.add(task.fields.id);
  }
  return { needs, pending };

  /** It waits for the next visit of its series to come near. */
  function isPartBooked({ id, state }: ChainTask): boolean {
    return state === 'waiting' && ofAllVisits.some((one) => one.taskId === id && one.state !== 'reserved');
  }
}

export function placeOf({ startsAt, endsAt, performerId }: Appointment): PlacedVisit {
  const startMs = startsAt.getTime();
  return { startMs, endMs: endsAt.getTime(), date: stockholmClockAt(startMs).date, performerId };
}

function needOf(task: ChainTask, fixed: PlacedVisit | null, lastMetStaffId: string | null): VisitNeed {
  return readNeed({
    ...task,
    taskId: task.id,
    orderedOn: stockholmClockAt(task.orderedAt.getTime()).date,
    lastMetStaffId,
    fixed,
  });
}

function seriesAsIs(source: ChainSource, taskId: string, moving: ReadonlySet<string>): SeriesAsIs | null {
  const series = seriesOfTask(source, taskId);
  if (series === null) return null;
  const placedOf = (id: string) =>
    new Map(
      source.appointments
        .filter((one) => one.taskId === id && one.state !== 'reserved' && !moving.has(one.id))
        .map((one) => [one.occasion, placeOf(one)]),
    );
  const { seriesAheadMonths } = source.tasks[0]!;
  const open = openOccasions(series, new Set(placedOf(taskId).keys()), seriesAheadMonths);
  return { ...series, placed: placedOf(seriesRoot(source, taskId)), open };
}

/** What the other visits of each time hang on. */
function seriesRoot(source: ChainSource, taskId: string): string {
  const asked = source.tasks.filter(({ state, type }) => state !== 'cancelled' && needsTime(type));
  const linked = linkedNeeds(
    asked.map((task) => needOf(task, null, null)),
    taskId,
  );
  const recurring = linked.filter((need) => seriesOfTask(source, need.taskId) !== null);
  return recurring.length === 0 ? taskId : rootOf(recurring).taskId;
}

/** What a task's request says of its series, or that of the one that it follows; null where it stands alone. */
export function seriesOfTask(
  { tasks, lastMet }: Pick<ChainSource, 'tasks' | 'lastMet'>,
  taskId: string,
): (Series & Pick<SeriesAsIs, 'isEndless'>) | null {
  const task = tasks.find(({ id }) => id === taskId)!;
  const followed = tasks.find(({ fields }) => fields.id === task.fields.series?.follows) ?? task;
  const { aim } = needOf(followed, null, lastMet.get(followed.id) ?? null);
  const requests = tasks.map(({ fields }) => fields);
  const series = seriesOf(task.fields, requests, aim?.from ?? null);
  return series && { ...series, count: series.count ?? followed.seriesCount, isEndless: series.count === null };
}

/** Distances are counted from the first visit, so that a moved one does not draw the others along. */
function anchorOf(series: SeriesAsIs | null, occasion: number): Anchor | undefined {
  const known = [...(series?.placed ?? [])].filter(([other]) => other !== occasion);
  const [first] = known.toSorted(([one], [other]) => one - other);
  return first && { occasion: first[0], day: first[1].date };
}

/** A later visit of a series is meant for its interval, and what does not come again is no part of it. */
function onTheirOccasion(
  { needs, tasks }: { needs: readonly VisitNeed[]; tasks: readonly ChainTask[] },
  {
    source,
    series,
    occasion,
    anchor,
  }: { source: ChainSource; series: SeriesAsIs | null; occasion: number; anchor: Anchor | undefined },
): Pick<Chain, 'needs' | 'tasks'> {
  if (series === null) return { needs, tasks };
  const { interval } = series;
  if (occasion === 1 || anchor === undefined) {
    return { needs: needs.map((need) => ({ ...need, occasion, interval })), tasks };
  }
  const again = tasks.filter(({ id }) => seriesOfTask(source, id) !== null);
  const recurring = needs.filter(({ taskId }) => again.some(({ id }) => id === taskId));
  return { needs: onOccasion(recurring, series, occasion, anchor), tasks: again };
}
