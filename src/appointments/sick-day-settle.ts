import { wishesIn } from '../booking/wishes.ts';
import type { Wish } from '../contracts/calendar.ts';
import { AppError } from '../contracts/errors.ts';
import { type AuditedTransaction, notFound } from '../storage/audited-transaction.ts';
import { type Appointment, appointmentById, moveAppointments } from '../storage/repositories/appointments.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { type SickDayVisit, settleVisit, sickDayVisits } from '../storage/repositories/sick-days.ts';
import { lockTimes } from '../storage/repositories/taken-times.ts';
import { cancelBooking } from './cancel.ts';
import { takeChoice } from './choose.ts';
import { resourcesHeld } from './held.ts';
import { isOpen } from './sick-day-plan.ts';
import { subjectOf } from './sick-day-subject.ts';

/** A line of a sick day in the version that was seen. */
interface SeenVisit {
  readonly sickDayId: string;
  readonly visitId: string;
  readonly version: number;
}

/** Times for a visit and all that moves with it, and the wishes that are given up for them knowingly. */
export interface VisitMove {
  readonly times: readonly { readonly appointmentId: string; readonly performerId: string; readonly startMs: number }[];
  readonly givesUp: readonly Wish[];
}

/**
 * Moves a visit of a sick day with what moves along, and settles its line: all or nothing. Gives back what moved. Throws
 * CONFLICT for another version, STATE_NOT_ALLOWED for a line that is settled or whose visit was changed elsewhere,
 * TIME_NOT_OFFERED, TIME_TAKEN, CHAIN_BROKEN.
 */
export async function moveVisit(
  transaction: AuditedTransaction,
  seen: SeenVisit,
  { times, givesUp }: VisitMove,
  nowMs: number,
): Promise<Appointment[]> {
  const { visit, visits } = await openVisit(transaction, seen);
  const apartFrom = times.map(({ appointmentId }) => appointmentId);
  const { toPlace, moving } = await subjectOf(transaction, visit, apartFrom);
  await lockTimes(transaction, {
    patientId: visit.patientId,
    resourceIds: [...times.map(({ performerId }) => performerId), ...[...moving.values()].flatMap(resourcesHeld)],
  });
  const taskOf = new Map([...moving].map(([taskId, { id }]) => [id, taskId]));
  const chosen = times.map(({ appointmentId, ...time }) => ({ ...time, taskId: taskOf.get(appointmentId)! }));
  const placement = await takeChoice(transaction, toPlace, { times: chosen, givesUp }, { nowMs, apartFrom });
  const moved = await moveAppointments(
    transaction,
    placement.visits.map((to) => ({
      appointment: moving.get(to.fit.need.taskId)!,
      to: {
        startsAt: new Date(to.startMs),
        endsAt: new Date(to.endMs),
        performerId: to.performerId,
        otherResourceIds: [...to.otherResourceIds],
        givesUp: wishesIn(to.givesUp),
        moveReason: 'clinic' as const,
      },
    })),
  );
  for (const { id } of moved) {
    const line = visits.find(({ appointmentId }) => appointmentId === id);
    if (line && isOpen(line)) await settleVisit(transaction, line, 'moved');
  }
  return moved;
}

/**
 * Cancels a visit of a sick day with what hangs on it; their tasks are new in the queue. Throws CONFLICT and
 * STATE_NOT_ALLOWED as `moveVisit`.
 */
export async function giveBackVisit(
  transaction: AuditedTransaction,
  seen: SeenVisit,
  note: string | null,
): Promise<readonly Appointment[]> {
  const { visit, visits } = await openVisit(transaction, seen);
  const appointment = await appointmentById(transaction, visit.appointmentId);
  const cancellation = { reason: 'clinic', note, task: 'requeue' } as const;
  const { appointments } = await cancelBooking(transaction, appointment, cancellation);
  for (const { id, taskId } of appointments) {
    const line = visits.find(({ appointmentId }) => appointmentId === id);
    if (line && isOpen(line)) await settleVisit(transaction, line, taskId === null ? 'cancelled' : 'requeued');
  }
  return appointments;
}

async function openVisit(
  transaction: AuditedTransaction,
  { sickDayId, visitId, version }: SeenVisit,
): Promise<{ visit: SickDayVisit; visits: readonly SickDayVisit[] }> {
  const visits = await sickDayVisits(transaction, sickDayId);
  const visit = visits.find(({ id }) => id === visitId);
  if (visit === undefined) throw notFound('visit of a sick day');
  if (visit.version !== version) throw new VersionConflict('visit of the sick day', version);
  if (isOpen(visit)) return { visit, visits };
  throw new AppError('STATE_NOT_ALLOWED', 'the visit of the sick day is settled', {
    expected: 'a visit that stands where it stood',
    got: visit.state === 'open' ? 'one that was changed elsewhere' : visit.state,
  });
}
