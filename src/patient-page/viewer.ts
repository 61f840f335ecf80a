import { AppError } from '../contracts/errors.ts';
import { type AuditedTransaction, notFound } from '../storage/audited-transaction.ts';
import { type Appointment, appointmentById } from '../storage/repositories/appointments.ts';
import { type Patient, patientById } from '../storage/repositories/patients.ts';
import type { PatientSession } from './sessions.ts';

/** For whom a page is drawn. */
export type Viewer = Pick<PatientSession, 'subjectId' | 'level'>;

/** Whether the page says where, whom and what for: with a protected identity to nobody who has not signed in. */
export function isToldTo({ level }: Viewer, { protectedIdentity }: Pick<Patient, 'protectedIdentity'>): boolean {
  return !protectedIdentity || level === 2;
}

/** As `isToldTo`, looked up. */
export async function isTold(transaction: AuditedTransaction, viewer: Viewer): Promise<boolean> {
  return isToldTo(viewer, await patientById(transaction, viewer.subjectId));
}

/**
 * A visit of the page's own that may still be changed. Throws NOT_FOUND, also for one of somebody else for whom the viewer
 * could act, and STATE_NOT_ALLOWED for one that has begun.
 */
export async function visitToChange(
  transaction: AuditedTransaction,
  { subjectId }: Pick<Viewer, 'subjectId'>,
  appointmentId: string,
  nowMs: number,
): Promise<Appointment> {
  const appointment = await appointmentById(transaction, appointmentId);
  if (appointment.patientId !== subjectId) throw notFound('appointments');
  if (appointment.startsAt.getTime() > nowMs) return appointment;
  throw new AppError('STATE_NOT_ALLOWED', 'a patient changes what is ahead', {
    expected: 'a visit that has not begun',
    got: 'one that has',
  });
}
