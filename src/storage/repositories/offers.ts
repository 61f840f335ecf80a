import { type Insertable, type Selectable, sql } from 'kysely';
import type { OfferState } from '../../contracts/freed-times.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { OffersTable, OfferVisitsTable } from '../tables/freed-times.ts';
import type { EarlierWish } from './earlier-wishes.ts';
import { changedRow } from './expect.ts';

export type Offer = Selectable<OffersTable>;
export type OfferVisit = Selectable<OfferVisitsTable>;

const patientOf = ({ patientId }: { patientId: string }) => patientId;

export async function createOffer(
  transaction: AuditedTransaction,
  offer: Pick<Insertable<OffersTable>, 'freedTimeId' | 'wishId' | 'unitId' | 'patientId' | 'chainId' | 'expiresAt'>,
): Promise<Offer> {
  return transaction.write.insertInto('offers').values(offer).returningAll().executeTakeFirstOrThrow();
}

export async function addOfferVisit(
  transaction: AuditedTransaction,
  { id: offerId, unitId, patientId, chainId }: Offer,
  visit: Omit<Insertable<OfferVisitsTable>, 'offerId' | 'unitId' | 'patientId' | 'chainId'>,
): Promise<void> {
  await transaction.write
    .insertInto('offerVisits')
    .values({ offerId, unitId, patientId, chainId, ...visit })
    .execute();
}

export async function offerById(transaction: AuditedTransaction, id: string): Promise<Offer> {
  return transaction.readOne({ action: 'read', object: 'offers', objectId: id, patientOf }, (tables) =>
    tables.selectFrom('offers').selectAll().where('id', '=', id).execute(),
  );
}

/** What would move, the first of them first. */
export async function visitsOfOffer(transaction: AuditedTransaction, offerId: string): Promise<OfferVisit[]> {
  return transaction.read({ action: 'read', object: 'offer_visits', objectId: offerId, patientOf }, (tables) =>
    tables.selectFrom('offerVisits').selectAll().where('offerId', '=', offerId).orderBy('startsAt').execute(),
  );
}

/** An offered time in names, with the time that it is offered in place of. */
export type NamedOffer = Awaited<ReturnType<typeof offersOfPatient>>[number];

/** What is offered to a patient now: a row a visit, those of an offer by time. */
export async function offersOfPatient(transaction: AuditedTransaction, patientId: string, now: Date) {
  return transaction.read({ action: 'list', object: 'offers', patientOf }, (tables) =>
    tables
      .selectFrom('offers')
      .innerJoin('offerVisits', 'offerVisits.offerId', 'offers.id')
      .innerJoin('appointments', 'appointments.id', 'offerVisits.appointmentId')
      .innerJoin('visitTypes', 'visitTypes.id', 'appointments.visitTypeId')
      .innerJoin('resources', 'resources.id', 'offerVisits.performerId')
      .innerJoin('units', 'units.id', 'offers.unitId')
      .select([
        'offers.id',
        'offers.version',
        'offers.patientId',
        'offers.unitId',
        'offers.chainId',
        'offers.expiresAt',
      ])
      .select(['offerVisits.appointmentId', 'offerVisits.startsAt', 'offerVisits.endsAt'])
      .select('appointments.startsAt as insteadOf')
      .select((row) => row.fn.coalesce('visitTypes.publicName', 'visitTypes.name').as('visitTypeName'))
      .select(['resources.name as performerName', 'resources.kind as performerKind', 'units.name as unitName'])
      .where('offers.patientId', '=', patientId)
      .where('offers.state', '=', 'offered')
      .where('offers.expiresAt', '>', now)
      .orderBy('offers.expiresAt')
      .orderBy('offers.id')
      .orderBy('offerVisits.startsAt')
      .execute(),
  );
}

/** Whom to tell of an offer that stands: the patient, of a child the guardian. Undefined for one that is over. */
export async function offerToTell(transaction: AuditedTransaction, id: string, now: Date) {
  const rows = await transaction.read({ action: 'read', object: 'offers', objectId: id, patientOf }, (tables) =>
    tables
      .selectFrom('offers')
      .innerJoin('patients', 'patients.id', 'offers.patientId')
      .leftJoin('patients as guardian', (join) =>
        join.onRef('guardian.id', '=', 'patients.guardianId').on(sql<boolean>`taltid_is_guarded(patients.birth_date)`),
      )
      .select(['offers.patientId', 'patients.protectedIdentity'])
      .select((row) => row.fn.coalesce('guardian.phone', 'patients.phone').as('phone'))
      .select((row) => row.fn.coalesce('guardian.email', 'patients.email').as('email'))
      .where('offers.id', '=', id)
      .where('offers.state', '=', 'offered')
      .where('offers.expiresAt', '>', now)
      .execute(),
  );
  return rows[0];
}

/** Throws CONFLICT for another version, STATE_NOT_ALLOWED off the edges of OFFER_EDGES. */
export async function changeOffer(
  transaction: AuditedTransaction,
  { id, version }: Pick<Offer, 'id' | 'version'>,
  state: OfferState,
): Promise<Offer> {
  const rows = await transaction.write
    .updateTable('offers')
    .set({ state })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .execute();
  return changedRow(rows, 'offer', version);
}

/** Ends the offers that nobody answered in time. The database lets go of what they reserved, and asks the next. */
export async function lapseOffers(transaction: AuditedTransaction, now: Date): Promise<void> {
  await transaction.write
    .updateTable('offers')
    .set({ state: 'lapsed' })
    .where('state', '=', 'offered')
    .where('expiresAt', '<=', now)
    .execute();
}

/**
 * Who may be asked about a freed time, in the order in which to ask: as the queue is ordered, by måldatum, then those
 * without one, and the longer somebody has waited the earlier. They have a time on a later day at the unit, did not say
 * that this one is too early or too soon, and were not asked about it; nobody has two offers at once.
 *
 * @param day of the freed time, in Sweden: YYYY-MM-DD
 */
export async function wishesForFreedTime(
  transaction: AuditedTransaction,
  freed: { readonly id: string; readonly unitId: string; readonly startsAt: Date },
  { day, now, limit }: { day: string; now: Date; limit: number },
): Promise<EarlierWish[]> {
  return transaction.read({ action: 'list', object: 'earlier_wishes', patientOf }, (tables) =>
    tables
      .selectFrom('earlierWishes as wish')
      .innerJoin('appointments', 'appointments.id', 'wish.appointmentId')
      .leftJoin('adminTasks', 'adminTasks.id', 'appointments.taskId')
      .selectAll('wish')
      .where('wish.unitId', '=', freed.unitId)
      .where('wish.state', '=', 'open')
      .where('appointments.state', '=', 'booked')
      .where(sql<boolean>`(appointments.starts_at at time zone 'Europe/Stockholm')::date > ${day}::date`)
      .where((row) => row.or([row('wish.notBefore', 'is', null), row('wish.notBefore', '<=', day)]))
      .where(
        sql<boolean>`${freed.startsAt}::timestamptz >= ${now}::timestamptz + make_interval(hours => wish.notice_hours)`,
      )
      .where((row) =>
        row.not(
          row.exists(
            row
              .selectFrom('offers')
              .select('offers.id')
              .whereRef('offers.wishId', '=', 'wish.id')
              .where((offer) => offer.or([offer('freedTimeId', '=', freed.id), offer('state', '=', 'offered')])),
          ),
        ),
      )
      .orderBy(sql`admin_tasks.target_date is null`)
      .orderBy('adminTasks.targetDate')
      .orderBy('wish.createdAt')
      .orderBy('wish.id')
      .limit(limit)
      .execute(),
  );
}
