import type { Selectable } from 'kysely';
import { type AuditedTransaction, notFound } from '../audited-transaction.ts';
import type { BookingRequestsTable } from '../tables/booking.ts';
import { jsonText } from '../tables/columns.ts';
import { changedRow } from './expect.ts';
import type { StoredFollowUp } from './follow-ups.ts';

export type BookingRequest = Selectable<BookingRequestsTable>;

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/**
 * Makes the requests of a note's confirmed follow-ups that have none which says the same; each brings its message to
 * the outbox along. Called in the transaction that signs, and when an answer confirms. Throws STATE_NOT_ALLOWED for a
 * note without a signed version.
 */
export async function requestConfirmed(
  transaction: AuditedTransaction,
  noteId: string,
  followUps: readonly StoredFollowUp[],
): Promise<BookingRequest[]> {
  const note = await transaction.readOne({ action: 'read', object: 'notes', objectId: noteId, patientOf }, (tables) =>
    tables.selectFrom('notes').select(['patientId', 'signedVersion']).where('id', '=', noteId).execute(),
  );
  const active = (await listRequests(transaction, { noteId })).filter(({ state }) => state === 'active');
  const requested = new Set(active.map(({ followUpId }) => followUpId));
  const made: BookingRequest[] = [];
  for (const { id, state, fields, unitId, patientId, chainId, requestKey, route, reason } of followUps) {
    if ((state !== 'confirmed' && state !== 'changed') || fields === null || requested.has(id)) continue;
    const request = await transaction.write
      .insertInto('bookingRequests')
      .values({
        followUpId: id,
        noteId,
        noteVersion: note.signedVersion,
        unitId,
        patientId,
        chainId,
        requestKey,
        type: fields.type,
        route,
        fields: jsonText(fields),
        reason,
        earliestDate: fields.time?.earliest ?? null,
        targetDate: fields.time?.mal_datum ?? null,
        orderedBy: transaction.staffId,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    made.push(request);
  }
  return made;
}

export async function requestById(transaction: AuditedTransaction, id: string): Promise<BookingRequest> {
  return transaction.readOne({ action: 'read', object: 'booking_requests', objectId: id, patientOf }, (tables) =>
    tables.selectFrom('bookingRequests').selectAll().where('id', '=', id).execute(),
  );
}

/** Of a note, a patient or a chain; the oldest first. */
export async function listRequests(
  transaction: AuditedTransaction,
  of: { noteId: string } | { patientId: string } | { chainId: string },
): Promise<BookingRequest[]> {
  const [column, id] = Object.entries(of)[0] as ['noteId' | 'patientId' | 'chainId', string];
  return transaction.read({ action: 'list', object: 'booking_requests', patientOf }, (tables) =>
    tables
      .selectFrom('bookingRequests')
      .selectAll()
      .where(column, '=', id)
      .orderBy('createdAt')
      .orderBy('id')
      .execute(),
  );
}

/** Recalls a request; the database cancels its task, whatever its state, and tells the outbox. */
export async function withdrawRequest(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  reason: string,
): Promise<BookingRequest> {
  const rows = await transaction.write
    .updateTable('bookingRequests')
    .set({ state: 'withdrawn', withdrawnReason: reason, withdrawnAt: new Date() })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .execute();
  return changedRow(rows, 'request', version);
}

/**
 * Gives a request another måldatum, as a clinician has answered; its task follows. Throws TARGET_DATE_FIXED without an
 * answered question about this request.
 */
export async function setTargetDate(
  transaction: AuditedTransaction,
  id: string,
  {
    targetDate,
    earliestDate,
    questionId,
  }: { targetDate: string | null; earliestDate: string | null; questionId: string },
): Promise<BookingRequest> {
  const [request] = await transaction.write
    .updateTable('bookingRequests')
    .set({ targetDate, earliestDate, targetQuestionId: questionId })
    .where('id', '=', id)
    .returningAll()
    .execute();
  if (request === undefined) throw notFound('request');
  return request;
}
