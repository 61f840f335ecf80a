import { hangingOn } from '../booking/search-days.ts';
import type { AppointmentCancelReason } from '../contracts/calendar.ts';
import { AppError } from '../contracts/errors.ts';
import { TYPE_WORDS } from '../contracts/follow-up-words.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { cancelTask, changeTask, taskById } from '../storage/repositories/admin-tasks.ts';
import { type Appointment, appointmentById, cancelAppointment } from '../storage/repositories/appointments.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { lockTimes } from '../storage/repositories/taken-times.ts';
import { type Chain, loadChain } from './chain.ts';
import { resourcesHeld } from './held.ts';

export interface Cancellation {
  readonly reason: Exclude<AppointmentCancelReason, 'task_cancelled'>;
  readonly note: string | null;
  /** `requeue`: the need remains, and somebody finds another time; `close`: it does not. */
  readonly task: 'requeue' | 'close';
}

export interface Cancelled {
  readonly appointments: readonly Appointment[];
  /** What did not go along, and why: Swedish sentences. */
  readonly remarks: readonly string[];
}

/**
 * Cancels a booked appointment, and what hangs on it: a test for a visit that is not to be is not taken. What it hangs
 * on itself stays. Throws CONFLICT for another version, STATE_NOT_ALLOWED for one that is not booked.
 */
export async function cancelBooking(
  transaction: AuditedTransaction,
  { id, version }: Pick<Appointment, 'id' | 'version'>,
  cancellation: Cancellation,
): Promise<Cancelled> {
  const appointment = await appointmentById(transaction, id);
  if (appointment.version !== version) throw new VersionConflict('appointment', version);
  if (appointment.state !== 'booked') {
    throw new AppError('STATE_NOT_ALLOWED', 'a booked appointment is cancelled', {
      expected: 'booked',
      got: appointment.state,
    });
  }
  const { along, remarks } =
    appointment.taskId === null
      ? { along: [], remarks: [] }
      : alongWith(await loadChain(transaction, appointment.taskId));
  const all = [appointment, ...along];
  await lockTimes(transaction, { patientId: appointment.patientId, resourceIds: all.flatMap(resourcesHeld) });
  const appointments: Appointment[] = [];
  for (const one of all) {
    appointments.push(await cancelAppointment(transaction, one, cancellation));
    if (one.taskId !== null) await settleTask(transaction, one.taskId, cancellation);
  }
  return { appointments, remarks };
}

function alongWith({ asked, tasks, needs, appointments }: Chain): { along: Appointment[]; remarks: string[] } {
  const hanging = new Set(hangingOn(needs, asked.id).map(({ taskId }) => taskId));
  const along: Appointment[] = [];
  const remarks: string[] = [];
  for (const { id, type } of tasks.slice(1)) {
    const appointment = appointments.find(({ taskId, state }) => taskId === id && state !== 'reserved');
    if (appointment === undefined) continue;
    const name = TYPE_WORDS[type];
    if (!hanging.has(id)) remarks.push(`${name} ligger kvar utan ${TYPE_WORDS[asked.type].toLowerCase()}`);
    else if (appointment.state === 'booked') along.push(appointment);
    else remarks.push(`${name} är redan gjord`);
  }
  return { along, remarks };
}

async function settleTask(
  transaction: AuditedTransaction,
  taskId: string,
  { reason, note, task }: Cancellation,
): Promise<void> {
  const { state, version } = await taskById(transaction, taskId);
  if (state !== 'booked' && state !== 'called') return;
  if (task === 'requeue') {
    await changeTask(transaction, taskId, version, { state: 'new', claimedBy: null, claimedAt: null });
  } else {
    const why = reason === 'patient' ? 'patient_declined' : 'other';
    await cancelTask(transaction, taskId, version, { reason: why, note });
  }
}
