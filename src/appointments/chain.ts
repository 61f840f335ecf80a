import { linkedNeeds } from '../booking/search-days.ts';
import { type NeedSource, needsTime, type PlacedVisit, readNeed, type VisitNeed } from '../booking/visit-need.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { taskById } from '../storage/repositories/admin-tasks.ts';
import { type Appointment, appointmentsOfTasks } from '../storage/repositories/appointments.ts';
import { type ChainTask, chainTasks } from '../storage/repositories/booking-chains.ts';
import { lastMetBy } from '../storage/repositories/task-sources.ts';

/** Tasks that hang together with one that somebody books, and the times that they have. */
export interface Chain {
  readonly asked: ChainTask;
  /** Linked to it, itself the first; what needs no time is not among them. */
  readonly tasks: readonly ChainTask[];
  readonly needs: readonly VisitNeed[];
  /** Keys of the chain that have no time and cannot be given one now. */
  readonly pending: ReadonlySet<string>;
  /** Reserved, booked, arrived or done. */
  readonly appointments: readonly Appointment[];
}

export interface ChainOptions {
  /** Booked appointments that are to be moved: they are looked for anew rather than stay. */
  readonly moving?: ReadonlySet<string>;
}

/** Throws NOT_FOUND for a task of another unit. */
export async function loadChain(
  transaction: AuditedTransaction,
  taskId: string,
  { moving = new Set() }: ChainOptions = {},
): Promise<Chain> {
  const { chainId } = await taskById(transaction, taskId);
  const all = await chainTasks(transaction, chainId);
  const appointments = await appointmentsOfTasks(
    transaction,
    all.map(({ id }) => id),
  );
  const placed = new Map<string, PlacedVisit>();
  const isMoving = new Set<string>();
  for (const appointment of appointments) {
    if (appointment.state === 'reserved' || placed.has(appointment.taskId!)) continue;
    if (moving.has(appointment.id)) isMoving.add(appointment.taskId!);
    else placed.set(appointment.taskId!, placeOf(appointment));
  }
  const needs: VisitNeed[] = [];
  const pending = new Set<string>();
  for (const task of all) {
    const fixed = placed.get(task.id) ?? null;
    const isOpen = task.state === 'new' || task.state === 'claimed' || isMoving.has(task.id);
    const isOver = task.state === 'cancelled' || task.state === 'done';
    if (fixed !== null || isOpen || task.id === taskId) {
      if (task.id === taskId || needsTime(task.type)) needs.push(await needOf(transaction, task, fixed));
    } else if (!isOver && needsTime(task.type)) pending.add(task.fields.id);
  }
  const linked = linkedNeeds(needs, taskId);
  const tasks = linked.map(({ taskId: id }) => all.find((task) => task.id === id)!);
  return { asked: tasks[0]!, tasks, needs: linked, pending, appointments };
}

export function placeOf({ startsAt, endsAt, performerId }: Appointment): PlacedVisit {
  const startMs = startsAt.getTime();
  return { startMs, endMs: endsAt.getTime(), date: stockholmClockAt(startMs).date, performerId };
}

async function needOf(transaction: AuditedTransaction, task: ChainTask, fixed: PlacedVisit | null): Promise<VisitNeed> {
  const isOfAnybody = fixed === null && task.practitionerId === null;
  const source: NeedSource = {
    ...task,
    taskId: task.id,
    orderedOn: stockholmClockAt(task.orderedAt.getTime()).date,
    lastMetStaffId: isOfAnybody ? await lastMetBy(transaction, task, task.role ?? undefined) : null,
    fixed,
  };
  return readNeed(source);
}
