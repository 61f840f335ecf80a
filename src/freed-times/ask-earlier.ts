import { AppError } from '../contracts/errors.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { appointmentById } from '../storage/repositories/appointments.ts';
import { type EarlierWish, putWish, withdrawWish } from '../storage/repositories/earlier-wishes.ts';

/** A day to find somebody who looks after the children, or the work. */
const USUAL_NOTICE_HOURS = 24;

export interface EarlierTimeAsked {
  readonly appointmentId: string;
  /** YYYY-MM-DD; null for as early as can be. */
  readonly notBefore: string | null;
  /** How long before a time the patient must know of it. */
  readonly noticeHours?: number;
}

/**
 * Puts down that the patient wants an earlier time than a booked one: from then on times that become free are offered.
 * Asked again it takes the place of what was asked before. Throws STATE_NOT_ALLOWED for a visit that is not ahead,
 * REQUEST_INVALID where no time could be early enough.
 */
export async function askForEarlier(
  transaction: AuditedTransaction,
  { appointmentId, notBefore, noticeHours = USUAL_NOTICE_HOURS }: EarlierTimeAsked,
): Promise<EarlierWish> {
  const appointment = await appointmentById(transaction, appointmentId);
  if (appointment.state !== 'booked' || appointment.startsAt.getTime() <= Date.now()) {
    throw new AppError('STATE_NOT_ALLOWED', 'an earlier time is asked for in place of a booked one', {
      expected: 'a booked time ahead',
      got: appointment.state,
    });
  }
  const { date } = stockholmClockAt(appointment.startsAt.getTime());
  if (notBefore !== null && notBefore > date) {
    throw new AppError('REQUEST_INVALID', 'no earlier time can be late enough', { expected: `a day up to ${date}` });
  }
  const { actor } = transaction;
  return putWish(transaction, appointment, {
    notBefore,
    noticeHours,
    askedBy: actor.kind === 'staff' ? actor.id : null,
  });
}

/** Nothing earlier is wanted any more; what was offered is let go of. */
export async function takeBackWish(transaction: AuditedTransaction, appointmentId: string): Promise<void> {
  await withdrawWish(transaction, appointmentId);
}
