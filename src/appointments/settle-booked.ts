import { rootOf } from '../booking/search-days.ts';
import { lookAgainOn } from '../booking/series.ts';
import { type LocalDate, laterOf } from '../followup/calendar/local-date.ts';
import { localTime, stockholmClockAt, stockholmInstant } from '../followup/calendar/local-time.ts';
import { nextWorkingDay } from '../followup/calendar/swedish-days.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { changeTask, letTaskWait } from '../storage/repositories/admin-tasks.ts';
import type { Appointment } from '../storage/repositories/appointments.ts';
import type { ChainTask } from '../storage/repositories/booking-chains.ts';
import { enqueue } from '../storage/repositories/outbox.ts';
import { type Chain, chainOf } from './chain.ts';

const WAKE_AT = localTime(6, 0)!;

/** What was booked, and the tasks that it was booked for as they are now. */
export interface BookedChain {
  readonly chain: Chain;
  readonly tasks: readonly Pick<ChainTask, 'id' | 'version' | 'state'>[];
  readonly booked: readonly Appointment[];
}

/**
 * Tasks whose times are booked now. One whose series has visits left is not done with: it waits, and is new again by
 * itself in time for the next, or where it has no end for the last that is booked, so that nobody has to remember it.
 */
export async function settleTasks(
  transaction: AuditedTransaction,
  { chain, tasks, booked }: BookedChain,
  nowMs: number,
): Promise<void> {
  const { date: today } = stockholmClockAt(nowMs);
  for (const { id, version, state } of tasks) {
    const day = lookAgainDay(chain, id, booked);
    if (day === undefined) await changeTask(transaction, id, version, { state: 'booked' });
    else if (state !== 'new') {
      const wakingDay = laterOf(day, nextWorkingDay(today));
      const wakesAt = new Date(stockholmInstant(wakingDay, WAKE_AT).instantMs);
      await letTaskWait(transaction, id, version, { wakesAt, wakesOn: null });
      await enqueue(transaction.plain, { topic: 'task.waiting', payload: { taskId: id } });
    }
  }
}

/** When a task's series has to be seen to again; undefined where no visit of it is left. */
function lookAgainDay({ source }: Chain, taskId: string, booked: readonly Appointment[]): LocalDate | undefined {
  const appointments = [...source.appointments.filter(({ state }) => state !== 'reserved'), ...booked];
  const { series, needs } = chainOf({ ...source, appointments }, taskId, {});
  const [next] = series?.open ?? [];
  if (series === null || next === undefined) return undefined;
  const [latest, visit] = [...series.placed].toSorted(([one], [other]) => other - one)[0] ?? [0];
  const meant = series.count === null && next > latest && visit ? visit.date : rootOf(needs).aim?.from;
  return meant && lookAgainOn(series, meant);
}
