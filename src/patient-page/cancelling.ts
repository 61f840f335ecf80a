import { cancelBooking, whatGoesAlong } from '../appointments/cancel.ts';
import type { CancelForm, PatientCancelReason } from '../contracts/patient-page.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { namedAppointments } from '../storage/repositories/appointments.ts';
import type { VisitAlong } from './page-choice.ts';
import { isTold, type Viewer, visitToChange } from './viewer.ts';

/** What staff read of why. */
const REASONS: Readonly<Record<PatientCancelReason, string>> = {
  passar_inte: 'Tiden passar inte',
  sjuk: 'Är sjuk',
  behovs_inte: 'Behöver inte besöket längre',
  annan_vard: 'Har fått vård någon annanstans',
  annat: 'Annat skäl',
};

/** What would be cancelled, before anything is. */
export interface Cancelling {
  readonly startsAt: Date;
  readonly version: number;
  readonly along: readonly VisitAlong[];
}

export async function whatIsCancelled(
  transaction: AuditedTransaction,
  viewer: Viewer,
  appointmentId: string,
  nowMs: number,
): Promise<Cancelling> {
  const { startsAt, version } = await visitToChange(transaction, viewer, appointmentId, nowMs);
  const isToldHere = await isTold(transaction, viewer);
  const { along } = await whatGoesAlong(transaction, appointmentId);
  const named = along.length === 0 ? [] : await namedAppointments(transaction, { ids: along.map(({ id }) => id) });
  return {
    startsAt,
    version,
    along: named.map((one) => ({ what: isToldHere ? one.publicName : null, startsAt: one.startsAt })),
  };
}

/**
 * Cancels as the patient wants it: the task goes back to the queue where a new time is wanted, and is closed as declined
 * where it is not. What the patient wrote is kept with the appointment, for staff. Throws as `cancelBooking`,
 * and STATE_NOT_ALLOWED for a visit that has begun.
 */
export async function cancelAsWanted(
  transaction: AuditedTransaction,
  viewer: Viewer,
  appointmentId: string,
  { version, orsak, text, ny_tid }: CancelForm,
  nowMs: number,
): Promise<void> {
  await visitToChange(transaction, viewer, appointmentId, nowMs);
  const note = text === '' ? REASONS[orsak] : `${REASONS[orsak]}: ${text}`;
  const task = ny_tid === 'ja' ? 'requeue' : 'close';
  await cancelBooking(transaction, { id: appointmentId, version }, { reason: 'patient', note, task });
}
