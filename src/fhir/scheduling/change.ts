import { z } from 'zod';
import { releaseTimes } from '../../appointments/book.ts';
import { cancelBooking } from '../../appointments/cancel.ts';
import { loadChain } from '../../appointments/chain.ts';
import { moveAppointment } from '../../appointments/move.ts';
import { Id } from '../../contracts/clinic.ts';
import { AppError } from '../../contracts/errors.ts';
import { type AuditedTransaction, notFound } from '../../storage/audited-transaction.ts';
import { releaseTask, taskById } from '../../storage/repositories/admin-tasks.ts';
import { type Appointment, appointmentById, changeAppointment } from '../../storage/repositories/appointments.ts';
import { VersionConflict } from '../../storage/repositories/expect.ts';
import { findRecords } from '../../storage/repositories/fhir-records.ts';
import { readDate } from '../search/dates.ts';
import { ReferenceValue } from './parameters.ts';

/** An Appointment as `$book` takes it: of one that is there, what is to change of it. */
export const AskedAppointment = z.object({
  resourceType: z.literal('Appointment'),
  id: z.string().min(1).max(64),
  meta: z.object({ versionId: z.string().max(20).optional() }).optional(),
  status: z.enum(['proposed', 'pending', 'booked', 'cancelled']),
  start: z.iso.datetime({ offset: true }).max(40).optional(),
  participant: z
    .array(z.object({ actor: ReferenceValue.optional() }))
    .max(20)
    .default([]),
  cancelationReason: z
    .object({
      coding: z
        .array(z.object({ code: z.string().max(50).optional() }))
        .max(5)
        .default([]),
    })
    .optional(),
});
export type AskedAppointment = z.infer<typeof AskedAppointment>;

/** FHIR's code of a cancellation that the patient asked for. */
const BY_PATIENT = 'pat';

export interface Change {
  readonly asked: AskedAppointment;
  /** The version that is changed. */
  readonly version: number;
  readonly comment: string | null;
  readonly nowMs: number;
}

/**
 * Moves a booked appointment to the time and performer that are asked for, with what hangs on it. Gives back all that
 * moved, itself the first. Throws as `moveAppointment`: nothing is given up for it.
 */
export async function moveAsAsked(transaction: AuditedTransaction, change: Change): Promise<Appointment[]> {
  const { asked, version, nowMs } = change;
  const appointment = await appointmentOf(transaction, asked.id);
  const performerId = (await performerOf(transaction, appointment, asked)) ?? appointment.performerId;
  const startMs = asked.start === undefined ? appointment.startsAt.getTime() : readDate(asked.start).fromMs!;
  const { id } = appointment;
  const moved = await moveAppointment(transaction, { id, version }, { performerId, startMs, givesUp: [] }, nowMs);
  return itselfFirst(moved, id);
}

/** Cancels a booked appointment, or lets go of a held one: the need goes back to the queue. */
export async function cancelAsAsked(transaction: AuditedTransaction, change: Change): Promise<Appointment[]> {
  const { asked, version, comment } = change;
  const appointment = await appointmentOf(transaction, asked.id);
  const { id, state } = appointment;
  if (state === 'reserved') {
    if (appointment.version !== version) throw new VersionConflict('appointment', version);
    return letGo(transaction, appointment);
  }
  const isByPatient = asked.cancelationReason?.coding.some(({ code }) => code?.startsWith(BY_PATIENT));
  const reason = isByPatient ? 'patient' : 'clinic';
  const { appointments } = await cancelBooking(
    transaction,
    { id, version },
    { reason, note: comment, task: 'requeue' },
  );
  return itselfFirst(appointments, id);
}

/** What was held is free again, and its tasks are nobody's. */
async function letGo(transaction: AuditedTransaction, held: Appointment): Promise<Appointment[]> {
  const { taskId } = held;
  if (taskId === null) return [await changeAppointment(transaction, held, { state: 'lapsed', reservedUntil: null })];
  const { version } = await taskById(transaction, taskId);
  await releaseTimes(transaction, { taskId, version });
  const { tasks } = await loadChain(transaction, taskId);
  for (const { id, version: seen, state, claimedBy } of tasks) {
    if (state === 'claimed' && claimedBy === transaction.answeringStaffId) await releaseTask(transaction, id, seen);
  }
  return [held];
}

async function appointmentOf(transaction: AuditedTransaction, id: string): Promise<Appointment> {
  if (!Id.safeParse(id).success) throw notFound('Appointment');
  return appointmentById(transaction, id);
}

/** The line of the calendar that stands for who is named beside the patient; undefined where nobody is. */
async function performerOf(
  transaction: AuditedTransaction,
  { unitId }: Appointment,
  { participant }: AskedAppointment,
): Promise<string | undefined> {
  for (const { actor } of participant) {
    const [type, id = ''] = (actor?.reference ?? '').split('/').slice(-2);
    const column = type === 'Practitioner' ? 'staff_id' : type === 'HealthcareService' ? 'id' : undefined;
    if (column === undefined) continue;
    const filters = [
      { column, isOneOfIds: Id.safeParse(id).success ? [id] : [] },
      { column: 'unit_id', isOneOfIds: [unitId] },
      { column: 'kind', isOneOf: ['person', 'role'] },
    ];
    const { records } = await findRecords(transaction, 'resources', { filters, limit: 1 });
    if (records[0] !== undefined) return records[0].id;
    if (column === 'staff_id') throw notFound('Practitioner');
  }
  return undefined;
}

function itselfFirst(appointments: readonly Appointment[], id: string): Appointment[] {
  return [...appointments.filter((one) => one.id === id), ...appointments.filter((one) => one.id !== id)];
}

/** The version that `If-Match` or the resource itself names. Throws PRECONDITION_REQUIRED. */
export function versionOf(ifMatch: string | undefined, { meta }: AskedAppointment): number {
  const named = ifMatch === undefined ? meta?.versionId : /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch)?.[1];
  if (named !== undefined && /^\d{1,9}$/.test(named)) return Number(named);
  throw new AppError('PRECONDITION_REQUIRED', 'a change names the version that it changes', {
    expected: 'If-Match with the ETag that was given, or meta.versionId',
    got: ifMatch === undefined ? 'none' : 'another form',
  });
}
