import { type PlacedMove, placeMove } from '../appointments/move.ts';
import { wishesIn } from '../booking/wishes.ts';
import type { Wish } from '../contracts/calendar.ts';
import { AppError, type ErrorCode } from '../contracts/errors.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { InTransaction } from '../queue/world.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type Appointment, appointmentById, createAppointment } from '../storage/repositories/appointments.ts';
import type { EarlierWish } from '../storage/repositories/earlier-wishes.ts';
import { endFreedTime, type FreedTime, freedTimeToOffer } from '../storage/repositories/freed-times.ts';
import { addOfferVisit, createOffer, type Offer, wishesForFreedTime } from '../storage/repositories/offers.ts';
import { enqueue } from '../storage/repositories/outbox.ts';
import { answerBy } from './answer-time.ts';

/** Enough to find somebody, few enough that a time nobody can use is given up soon. */
const MOST_ASKED = 50;

/** What a move to a time can fail by where the time does not fit: then somebody else is asked. */
const DOES_NOT_FIT: ReadonlySet<ErrorCode> = new Set([
  'TIME_NOT_OFFERED',
  'TIME_TAKEN',
  'CHAIN_BROKEN',
  'STATE_NOT_ALLOWED',
  'NOT_FOUND',
  // Asked about another freed time at the same moment: nobody has two offers at once.
  'CONFLICT',
]);

/** Never given up for an offered time, whatever the present one does without. */
const KEPT: ReadonlySet<Wish> = new Set(['early', 'late']);

/**
 * Offers a freed time to the next who wants one as early and to whose visit it fits, with what hangs on it. It is
 * reserved until it is answered or the time for that is over. Done twice, or while it is offered to somebody, it does
 * nothing; where nobody is left to be asked, the time is free for everybody.
 *
 * @param inTransaction one for each who is asked: whom it locks is free again before the next
 */
export async function offerFreedTime(
  inTransaction: InTransaction,
  freedTimeId: string,
  now: Date,
): Promise<Offer | undefined> {
  const wishes = await inTransaction(async (transaction) => {
    const freed = await freedTimeToOffer(transaction, freedTimeId);
    return freed === undefined ? [] : askable(transaction, freed, now);
  });
  for (const wish of wishes) {
    const outcome = await inTransaction((transaction) => offerTo(transaction, { wish, freedTimeId, now })).catch(
      (error: unknown) => {
        if (error instanceof AppError && DOES_NOT_FIT.has(error.code)) return 'next' as const;
        throw error;
      },
    );
    if (outcome !== 'next') return outcome;
  }
  await inTransaction(async (transaction) => {
    const freed = await freedTimeToOffer(transaction, freedTimeId);
    if (freed !== undefined) await endFreedTime(transaction, freed.id, now);
  });
  return undefined;
}

function askable(transaction: AuditedTransaction, freed: FreedTime, now: Date): Promise<EarlierWish[]> {
  const { date: day } = stockholmClockAt(freed.startsAt.getTime());
  return wishesForFreedTime(transaction, freed, { day, now, limit: MOST_ASKED });
}

interface Asking {
  readonly wish: EarlierWish;
  readonly freedTimeId: string;
  readonly now: Date;
}

/** `next` where the time does not fit this wish; undefined where it is somebody else's by now. */
async function offerTo(
  transaction: AuditedTransaction,
  { wish, freedTimeId, now }: Asking,
): Promise<Offer | 'next' | undefined> {
  const freed = await freedTimeToOffer(transaction, freedTimeId);
  if (freed === undefined) return undefined;
  const expiresAt = answerBy(now, freed.startsAt);
  if (expiresAt === undefined) return 'next';
  // As it is now: it may have been asked, moved or cancelled since the list was made.
  const stillWanted = await askable(transaction, freed, now);
  if (!stillWanted.some(({ id }) => id === wish.id)) return 'next';
  const appointment = await appointmentById(transaction, wish.appointmentId);
  const { visits } = await placeMove(transaction, appointment, moveTo(freed, appointment), now.getTime());
  if (!visits.every((visit) => isInTime(visit, wish, now)) || isInOwnWay(visits)) return 'next';
  const { unitId, patientId, chainId } = wish;
  const offer = await createOffer(transaction, { freedTimeId, wishId: wish.id, unitId, patientId, chainId, expiresAt });
  for (const visit of visits) await reserve(transaction, offer, visit);
  await enqueue(transaction.plain, { topic: 'offer.made', payload: { offerId: offer.id } });
  return offer;
}

function moveTo({ performerId, startsAt }: FreedTime, { givesUp }: Appointment) {
  return {
    performerId,
    startMs: startsAt.getTime(),
    // What was lent to patients is theirs to have.
    givesUp: [...givesUp.filter((wish) => !KEPT.has(wish)), 'lent' as const],
  };
}

type PlacedVisit = PlacedMove['visits'][number];

function isInTime({ visit }: PlacedVisit, { notBefore, noticeHours }: EarlierWish, now: Date): boolean {
  const isNoticed = visit.startMs - now.getTime() >= noticeHours * 3_600_000;
  return isNoticed && (notBefore === null || visit.date >= notBefore);
}

/** Whether a time is offered that the visits take now: it could not be held for the patient beside them. */
function isInOwnWay(visits: readonly PlacedVisit[]): boolean {
  return visits.some(({ visit }) =>
    visits.some(
      ({ appointment }) => visit.startMs < appointment.endsAt.getTime() && appointment.startsAt.getTime() < visit.endMs,
    ),
  );
}

async function reserve(
  transaction: AuditedTransaction,
  offer: Offer,
  { appointment, visit }: PlacedVisit,
): Promise<void> {
  const { unitId, patientId, visitTypeId, type, interpreterLanguage } = appointment;
  const time = {
    startsAt: new Date(visit.startMs),
    endsAt: new Date(visit.endMs),
    performerId: visit.performerId,
    otherResourceIds: [...visit.otherResourceIds],
    givesUp: wishesIn(visit.givesUp),
  };
  // Without the task: its own time stands until the offer is accepted.
  const reservation = await createAppointment(transaction, {
    unitId,
    patientId,
    taskId: null,
    encounterId: null,
    visitTypeId,
    type,
    interpreterLanguage,
    state: 'reserved',
    reservedUntil: offer.expiresAt,
    ...time,
  });
  await addOfferVisit(transaction, offer, { appointmentId: appointment.id, reservationId: reservation.id, ...time });
}
