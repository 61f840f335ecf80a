import { resourcesHeld } from '../appointments/held.ts';
import { AppError } from '../contracts/errors.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import {
  type Appointment,
  appointmentById,
  moveAppointments,
  type NewTime,
} from '../storage/repositories/appointments.ts';
import { changeOffer, type Offer, type OfferVisit, offerById, visitsOfOffer } from '../storage/repositories/offers.ts';
import { lockTimes } from '../storage/repositories/taken-times.ts';

/**
 * Moves the patient's visit, and what hangs on it, to the offered times: all or none. Throws STATE_NOT_ALLOWED for an
 * offer that is over, and NOT_FOUND for one that is not the actor's.
 */
export async function acceptOffer(transaction: AuditedTransaction, offerId: string, now: Date): Promise<Appointment[]> {
  const offer = await standing(transaction, offerId, now);
  const moves: { appointment: Appointment; to: NewTime }[] = [];
  for (const visit of await visitsOfOffer(transaction, offerId)) {
    moves.push({ appointment: await appointmentById(transaction, visit.appointmentId), to: timeOf(visit) });
  }
  await lockTimes(transaction, {
    patientId: offer.patientId,
    resourceIds: moves.flatMap(({ appointment, to }) => [...resourcesHeld(appointment), ...resourcesHeld(to)]),
  });
  // First, so that the database lets go of what it reserved and does not take the offer back when the visit moves.
  await changeOffer(transaction, offer, 'accepted');
  return moveAppointments(transaction, moves);
}

/** Leaves the time to the next. Throws as `acceptOffer`. */
export async function declineOffer(transaction: AuditedTransaction, offerId: string, now: Date): Promise<void> {
  await changeOffer(transaction, await standing(transaction, offerId, now), 'declined');
}

async function standing(transaction: AuditedTransaction, offerId: string, now: Date): Promise<Offer> {
  const offer = await offerById(transaction, offerId);
  if (offer.state === 'offered' && offer.expiresAt > now) return offer;
  throw new AppError('STATE_NOT_ALLOWED', 'the offer is over', {
    expected: 'an offer that waits for its answer',
    got: offer.state,
  });
}

function timeOf({ startsAt, endsAt, performerId, otherResourceIds, givesUp }: OfferVisit): NewTime {
  return { startsAt, endsAt, performerId, otherResourceIds, givesUp };
}
