import { hangingOn } from '../booking/search-days.ts';
import type { AppointmentCancelReason } from '../contracts/calendar.ts';
import { AppError } from '../contracts/errors.ts';
import { TYPE_WORDS } from '../contracts/follow-up-words.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { cancelTask, releaseTask, taskById, wakeTask } from '../storage/repositories/admin-tasks.ts';
import {
  type Appointment,
  appointmentById,
  appointmentsOfTasks,
  cancelAppointment,
} from '../storage/repositories/appointments.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { lockTimes } from '../storage/repositories/taken-times.ts';
import { loadChain } from './chain.ts';
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
  const { along, remarks } = await goingAlong(transaction, appointment);
  const all = [appointment, ...along];
  await lockTimes(transaction, { patientId: appointment.patientId, resourceIds: all.flatMap(resourcesHeld) });
  const appointments: Appointment[] = [];
  for (const one of all) {
    appointments.push(await cancelAppointment(transaction, one, cancellation));
    if (one.taskId !== null) await settleTask(transaction, one.taskId, cancellation);
  }
  return { appointments, remarks };
}

/**
 * What a cancellation would take along, and what it would leave and why (Swedish sentences): told before it is made.
 * Throws NOT_FOUND.
 */
export async function whatGoesAlong(transaction: AuditedTransaction, appointmentId: string): Promise<GoingAlong> {
  return goingAlong(transaction, await appointmentById(transaction, appointmentId));
}

export interface GoingAlong {
  readonly along: readonly Appointment[];
  readonly remarks: readonly string[];
}

async function goingAlong(
  transaction: AuditedTransaction,
  { taskId, occasion }: Pick<Appointment, 'taskId' | 'occasion'>,
): Promise<GoingAlong> {
  if (taskId === null) return { along: [], remarks: [] };
  const { asked, tasks, needs, appointments, series } = await loadChain(transaction, taskId, { occasion });
  const hanging = new Set(hangingOn(needs, asked.id).map((need) => need.taskId));
  const along: Appointment[] = [];
  const remarks: string[] = [];
  for (const { id, type } of tasks) {
    if (id === asked.id) continue;
    const appointment = appointments.find((one) => one.taskId === id && one.state !== 'reserved');
    if (appointment === undefined) continue;
    const name = TYPE_WORDS[type];
    if (!hanging.has(id)) remarks.push(`${name} ligger kvar utan ${TYPE_WORDS[asked.type].toLowerCase()}`);
    else if (appointment.state === 'booked') along.push(appointment);
    else remarks.push(`${name} är redan gjord`);
  }
  const others = [...(series?.placed.keys() ?? [])].filter((other) => other !== occasion).length;
  if (others > 0)
    remarks.push(others === 1 ? 'Seriens andra besök ligger kvar' : `Seriens ${others} andra besök ligger kvar`);
  return { along, remarks };
}

/** The task of a time that is given up. Of a series the other visits stand, and so does its task where this one is given up. */
export async function settleTask(
  transaction: AuditedTransaction,
  taskId: string,
  { reason, note, task }: Cancellation,
): Promise<void> {
  const { state, version } = await taskById(transaction, taskId);
  const isLeft = (await appointmentsOfTasks(transaction, [taskId])).some((one) => one.state !== 'reserved');
  if (task === 'requeue') {
    if (state === 'waiting') await wakeTask(transaction, taskId, version);
    else if (state === 'booked' || state === 'called') await releaseTask(transaction, taskId, version);
  } else if (!isLeft && (state === 'booked' || state === 'called' || state === 'waiting')) {
    const why = reason === 'patient' ? 'patient_declined' : 'other';
    await cancelTask(transaction, taskId, version, { reason: why, note });
  }
}
