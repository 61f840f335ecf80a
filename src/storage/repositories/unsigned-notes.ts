import { type SqlBool, sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** Since when the note is open; milliseconds, as a cursor can carry them. */
const openSince = sql<Date>`date_trunc('milliseconds', coalesce(notes.opened_at, notes.created_at))`;

/** An open note with its patient and what is left to do. */
export type OpenNoteRow = Awaited<ReturnType<typeof listUnsignedNotes>>[number];

/** Open notes of an author, and those that the author is the deputy for, the oldest first. */
export async function listUnsignedNotes(transaction: AuditedTransaction, staffId: string) {
  return listOpen(transaction, sql<SqlBool>`(notes.author_id = ${staffId} or notes.deputy_id = ${staffId})`);
}

/**
 * Open notes that have been left for longer than their unit waits before it shows them to everybody, the oldest first.
 * `after` is the last one of the page before.
 */
export async function listLeftNotes(
  transaction: AuditedTransaction,
  { now, limit, after }: { now: Date; limit: number; after?: { since: Date; id: string } | undefined },
) {
  const isLeft = sql<SqlBool>`exists (select from units where units.id = notes.unit_id
    and coalesce(notes.opened_at, notes.created_at) <= ${now}::timestamptz - make_interval(hours => units.left_after_hours))`;
  const isNext = after
    ? sql<SqlBool>`(${openSince}, notes.id) > (${after.since}::timestamptz, ${after.id}::uuid)`
    : sql<SqlBool>`true`;
  return listOpen(transaction, sql<SqlBool>`${isLeft} and ${isNext}`, limit);
}

async function listOpen(
  transaction: AuditedTransaction,
  which: ReturnType<typeof sql<SqlBool>>,
  limit = MAX_OPEN_NOTES,
) {
  return transaction.read({ action: 'list', object: 'notes', patientOf }, (tables) =>
    tables
      .selectFrom('notes')
      .innerJoin('patients', 'patients.id', 'notes.patientId')
      .selectAll('notes')
      .select(['patients.givenName', 'patients.familyName', 'patients.personalNumber', 'patients.protectedIdentity'])
      .select(openSince.as('openSince'))
      .select((row) => {
        const count = (state: 'found' | 'asked') =>
          row
            .selectFrom('followUps')
            .select(sql<number>`count(*)`.as('count'))
            .whereRef('followUps.noteId', '=', 'notes.id')
            .where('followUps.state', '=', state)
            .$asScalar()
            .$notNull();
        return [count('found').as('undecided'), count('asked').as('asked')];
      })
      .select(sql<boolean>`note_is_unstated(notes.id)`.as('unstated'))
      .select(sql<boolean>`exists (select from dictations where dictations.note_id = notes.id)`.as('isRecorded'))
      .where('notes.state', 'in', ['draft', 'amending'])
      .where(which)
      .orderBy(openSince)
      .orderBy('notes.id')
      .limit(limit)
      .execute(),
  );
}

/** Nobody has as many; a list that is longer shows its oldest. */
const MAX_OPEN_NOTES = 500;

/** Whether "ingen uppföljning" has to be stated before the note can be signed. */
export async function isUnstated(transaction: AuditedTransaction, noteId: string): Promise<boolean> {
  const { unstated } = await transaction.readOne(
    { action: 'read', object: 'notes', objectId: noteId, patientOf },
    (tables) =>
      tables
        .selectFrom('notes')
        .select('patientId')
        .select(sql<boolean>`note_is_unstated(id)`.as('unstated'))
        .where('id', '=', noteId)
        .execute(),
  );
  return unstated;
}

/** The author's newest note about each of some encounters, whatever its state, with what is undecided in it. */
export async function notesOfEncounters(transaction: AuditedTransaction, encounterIds: readonly string[]) {
  if (encounterIds.length === 0) return [];
  return transaction.read({ action: 'list', object: 'notes', patientOf }, (tables) =>
    tables
      .selectFrom('notes')
      .distinctOn('notes.encounterId')
      .select(['notes.id', 'notes.encounterId', 'notes.patientId', 'notes.state'])
      .select((row) =>
        row
          .selectFrom('followUps')
          .select(sql<number>`count(*)`.as('count'))
          .whereRef('followUps.noteId', '=', 'notes.id')
          .where('followUps.state', '=', 'found')
          .$asScalar()
          .$notNull()
          .as('undecided'),
      )
      .where('notes.encounterId', 'in', [...encounterIds])
      .where('notes.authorId', '=', transaction.staffId)
      .where('notes.state', '<>', 'discarded')
      .orderBy('notes.encounterId')
      .orderBy('notes.createdAt', 'desc')
      .execute(),
  );
}

/**
 * Follow-ups of signed notes that were asked about and answered, for who wrote the note or stands in: they wait for a
 * decision that nothing else reminds of. The oldest answer first.
 */
export async function listAnsweredCards(transaction: AuditedTransaction, staffId: string) {
  return transaction.read({ action: 'list', object: 'follow_ups', patientOf }, (tables) =>
    tables
      .selectFrom('followUps')
      .innerJoin('notes', 'notes.id', 'followUps.noteId')
      .innerJoin('patients', 'patients.id', 'followUps.patientId')
      .select(['followUps.id as followUpId', 'followUps.noteId', 'followUps.patientId', 'followUps.source'])
      .select(['patients.givenName', 'patients.familyName', 'patients.personalNumber', 'patients.protectedIdentity'])
      .select(
        sql<Date>`(select max(answered_at) from questions where questions.follow_up_id = follow_ups.id)`.as(
          'answeredAt',
        ),
      )
      .where('followUps.state', '=', 'asked')
      .where('notes.state', '=', 'signed')
      .where((row) => row.or([row('notes.authorId', '=', staffId), row('notes.deputyId', '=', staffId)]))
      .where(
        sql<SqlBool>`not exists (select from questions where questions.follow_up_id = follow_ups.id and state = 'open')`,
      )
      .orderBy('answeredAt')
      .limit(MAX_OPEN_NOTES)
      .execute(),
  );
}
