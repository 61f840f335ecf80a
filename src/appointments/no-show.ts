import { AppError } from '../contracts/errors.ts';
import type { NoShowBody } from '../contracts/no-show-api.ts';
import { localTime, stockholmClockAt, stockholmInstant } from '../followup/calendar/local-time.ts';
import { addWorkingDays } from '../followup/calendar/swedish-days.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { changeTask, claimTask, taskById } from '../storage/repositories/admin-tasks.ts';
import { type Appointment, appointmentById, changeAppointment } from '../storage/repositories/appointments.ts';
import { listRequests } from '../storage/repositories/booking-requests.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { askAboutTask } from '../storage/repositories/questions.ts';
import { settleTask } from './cancel.ts';

type Seen = Pick<Appointment, 'id' | 'version'>;

const REMIND_AFTER_WORKING_DAYS = 2;
const REMIND_AT = localTime(8, 0)!;

/**
 * Puts down that a patient did not come to a visit that has begun, and does with its task what the unit has chosen. What
 * hung on the visit stays. Throws CONFLICT for another version, STATE_NOT_ALLOWED for one that is not booked, or that
 * lies ahead.
 */
export async function markNoShow(
  transaction: AuditedTransaction,
  { id, version }: Seen,
  chosen: NoShowBody,
  nowMs: number,
): Promise<Appointment> {
  const { startsAt, taskId } = await appointmentById(transaction, id);
  if (startsAt.getTime() > nowMs) {
    throw new AppError('STATE_NOT_ALLOWED', 'nobody has failed to come yet', {
      expected: 'a visit that has begun',
      got: 'one that lies ahead',
    });
  }
  const missed = await changeAppointment(transaction, { id, version }, { state: 'no_show' });
  if (taskId !== null) await settle(transaction, taskId, chosen, nowMs);
  return missed;
}

/**
 * Takes back what was put down by mistake: the visit is booked as it was, and so is its task, as long as nobody works on
 * it. Throws CONFLICT for another version, or where somebody has the task or has booked it anew; STATE_NOT_ALLOWED for one
 * that was put down on another day, or whose task is closed or asked about.
 */
export async function takeBackNoShow(transaction: AuditedTransaction, { id, version }: Seen): Promise<Appointment> {
  const { taskId, state } = await appointmentById(transaction, id);
  if (state !== 'no_show') {
    throw new AppError('STATE_NOT_ALLOWED', 'a missed visit is taken back', { expected: 'no_show', got: state });
  }
  const booked = await changeAppointment(transaction, { id, version }, { state: 'booked' });
  if (taskId === null) return booked;
  const task = await taskById(transaction, taskId);
  if (task.state === 'new') await changeTask(transaction, taskId, task.version, { state: 'booked' });
  else if (task.state !== 'booked' && task.state !== 'called' && task.state !== 'waiting') {
    throw new AppError('STATE_NOT_ALLOWED', 'something has been done about the missed visit', {
      expected: 'a task that waits in the queue',
      got: task.state,
    });
  }
  return booked;
}

async function settle(
  transaction: AuditedTransaction,
  taskId: string,
  chosen: NoShowBody,
  nowMs: number,
): Promise<void> {
  switch (chosen.next) {
    case 'requeue':
      return settleTask(transaction, taskId, { reason: 'patient', note: null, task: 'requeue' });
    case 'close':
      return settleTask(transaction, taskId, { reason: 'clinic', note: chosen.note, task: 'close' });
    case 'ask':
      await settleTask(transaction, taskId, { reason: 'patient', note: null, task: 'requeue' });
      return askWhoOrdained(transaction, taskId, chosen.text, nowMs);
    default:
      return chosen satisfies never;
  }
}

async function askWhoOrdained(
  transaction: AuditedTransaction,
  taskId: string,
  text: string,
  nowMs: number,
): Promise<void> {
  const { task, isMine } = await claimTask(transaction, taskId);
  if (!isMine) throw new VersionConflict('task', task.version);
  const requests = await listRequests(transaction, { patientId: task.patientId });
  const { orderedBy: toStaffId } = requests.find(({ id }) => id === task.requestId)!;
  const day = addWorkingDays(stockholmClockAt(nowMs).date, REMIND_AFTER_WORKING_DAYS);
  const remindAt = new Date(stockholmInstant(day, REMIND_AT).instantMs);
  await askAboutTask(transaction, task, { toStaffId, text, remindAt });
}
