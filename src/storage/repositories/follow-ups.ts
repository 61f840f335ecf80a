import type { Selectable } from 'kysely';
import type { FollowUpRequest, Proposal, RaisedFlag, ReadRequest, SourceSpan } from '../../contracts/followup.ts';
import type { Route } from '../../contracts/followup-flags.ts';
import type { FollowUpOrigin, FollowUpState, NoteDecisionKind, ReadAs } from '../../contracts/notes.ts';
import { type AuditedTransaction, notFound } from '../audited-transaction.ts';
import { jsonText } from '../tables/columns.ts';
import type { DecisionsTable, FollowUpsTable } from '../tables/notes.ts';
import { changedRow } from './expect.ts';
import type { Note } from './notes.ts';

export type StoredFollowUp = Selectable<FollowUpsTable>;
export type Decision = Selectable<DecisionsTable>;

/** A card that nobody has decided on yet. Those of one chain are booked together. */
export interface NewFollowUp {
  readonly chainId: string;
  readonly requestKey: string | null;
  readonly origin: FollowUpOrigin;
  /** Null where only the author can say what is meant. */
  readonly fields: FollowUpRequest | null;
  readonly sources: ReadRequest['sources'];
  readonly proposals: readonly Proposal[];
  readonly flags: readonly RaisedFlag[];
  readonly source: SourceSpan;
  readonly route: Route;
  /** What the text says; as `fields` and `flags` do when absent, null for words marked by hand. */
  readonly reading?: ReadAs | null;
}

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** Throws NOTE_CLOSED for a note that is not open. */
export async function addFollowUps(
  transaction: AuditedTransaction,
  { id: noteId, unitId, patientId }: Pick<Note, 'id' | 'unitId' | 'patientId'>,
  followUps: readonly NewFollowUp[],
): Promise<StoredFollowUp[]> {
  if (followUps.length === 0) return [];
  return transaction.write
    .insertInto('followUps')
    .values(
      followUps.map(({ fields, flags, reading = readAs(fields, flags), ...followUp }) => ({
        noteId,
        unitId,
        patientId,
        ...followUp,
        fields: fields === null ? null : jsonText(fields),
        sources: jsonText(followUp.sources),
        proposals: jsonText(followUp.proposals),
        flags: jsonText(flags),
        source: jsonText(followUp.source),
        reading: reading === null ? null : jsonText(reading),
      })),
    )
    .returningAll()
    .execute();
}

function readAs(fields: FollowUpRequest | null, flags: readonly RaisedFlag[]): ReadAs {
  return { fields, flags: flags.map(({ flag }) => flag) };
}

export async function followUpById(transaction: AuditedTransaction, id: string): Promise<StoredFollowUp> {
  return transaction.readOne({ action: 'read', object: 'follow_ups', objectId: id, patientOf }, (tables) =>
    tables.selectFrom('followUps').selectAll().where('id', '=', id).execute(),
  );
}

/** In the order of the text. */
export async function listFollowUps(transaction: AuditedTransaction, noteId: string): Promise<StoredFollowUp[]> {
  const rows = await transaction.read({ action: 'read', object: 'follow_ups', objectId: noteId, patientOf }, (tables) =>
    tables.selectFrom('followUps').selectAll().where('noteId', '=', noteId).execute(),
  );
  return rows.sort((one, other) => one.source.start - other.source.start || one.source.end - other.source.end);
}

/** What changes with a decision. The decision itself, with its actor, is written by the database. */
export interface FollowUpChange {
  readonly state: FollowUpState;
  readonly fields?: FollowUpRequest | null;
  /** For one that gets fields for the first time. */
  readonly requestKey?: string;
  readonly sources?: ReadRequest['sources'];
  readonly flags?: readonly RaisedFlag[];
  readonly route?: Route;
  readonly reason?: string | null;
  /** With the state `found`: why it must be decided again. */
  readonly reopenedBecause?: string | null;
}

/**
 * Decides on a follow-up, or reopens it. Throws CONFLICT for another version, STATE_NOT_ALLOWED off the edges, and
 * NOTE_CLOSED on a signed note for what is not the answer to a question.
 */
export async function changeFollowUp(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  { fields, sources, flags, ...change }: FollowUpChange,
): Promise<StoredFollowUp> {
  const rows = await transaction.write
    .updateTable('followUps')
    .set({
      ...change,
      ...(fields !== undefined && { fields: fields && jsonText(fields) }),
      ...(sources && { sources: jsonText(sources) }),
      ...(flags && { flags: jsonText(flags) }),
    })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .execute();
  return changedRow(rows, 'follow-up', version);
}

/** Takes an undecided follow-up away whose words have left the open note. Throws NOTE_CLOSED for a decided one. */
export async function removeFollowUp(transaction: AuditedTransaction, id: string): Promise<void> {
  const { numDeletedRows } = await transaction.write.deleteFrom('followUps').where('id', '=', id).executeTakeFirst();
  if (numDeletedRows === 0n) throw notFound('follow-up');
}

/** What a new reading of the text changes of a follow-up. */
export interface ReadAnew {
  readonly source?: SourceSpan;
  readonly sources?: ReadRequest['sources'];
  readonly proposals?: readonly Proposal[];
  readonly flags?: readonly RaisedFlag[];
  readonly fields?: FollowUpRequest | null;
  readonly reading?: ReadAs | null;
  readonly route?: Route;
  readonly chainId?: string;
  /** Takes the decision back, and says why. */
  readonly reopenedBecause?: string;
}

/** Puts down how the text is read now. The only decision that it can make is to reopen. */
export async function readFollowUpAnew(
  transaction: AuditedTransaction,
  id: string,
  { source, sources, proposals, flags, fields, reading, ...change }: ReadAnew,
): Promise<void> {
  await transaction.write
    .updateTable('followUps')
    .set({
      ...change,
      ...(change.reopenedBecause !== undefined && { state: 'found' }),
      ...(source && { source: jsonText(source) }),
      ...(sources && { sources: jsonText(sources) }),
      ...(proposals && { proposals: jsonText(proposals) }),
      ...(flags && { flags: jsonText(flags) }),
      ...(fields !== undefined && { fields: fields && jsonText(fields) }),
      ...(reading !== undefined && { reading: reading && jsonText(reading) }),
    })
    .where('id', '=', id)
    .execute();
}

/** States something about the whole note: above all `no_follow_up`, "ingen uppföljning". */
export async function decideNote(
  transaction: AuditedTransaction,
  { id: noteId, unitId, patientId }: Pick<Note, 'id' | 'unitId' | 'patientId'>,
  kind: NoteDecisionKind,
  reason: string | null = null,
): Promise<void> {
  const { kind: actorKind, id: actorId } = transaction.actor;
  await transaction.write
    .insertInto('decisions')
    .values({ noteId, unitId, patientId, kind, reason, actorKind, actorId })
    .execute();
}

/** Every decision of a note, the oldest first. */
export async function listDecisions(transaction: AuditedTransaction, noteId: string): Promise<Decision[]> {
  return transaction.read({ action: 'read', object: 'decisions', objectId: noteId, patientOf }, (tables) =>
    tables.selectFrom('decisions').selectAll().where('noteId', '=', noteId).orderBy('id').execute(),
  );
}

/** What each follow-up had been decided to be when the note was last opened for a new version, by its id. */
export async function decidedBeforeAmendment(
  transaction: AuditedTransaction,
  noteId: string,
): Promise<ReadonlyMap<string, Decision>> {
  const rows = await transaction.read({ action: 'read', object: 'decisions', objectId: noteId, patientOf }, (tables) =>
    tables
      .selectFrom('decisions')
      .innerJoin('notes', 'notes.id', 'decisions.noteId')
      .distinctOn('decisions.followUpId')
      .selectAll('decisions')
      .where('decisions.noteId', '=', noteId)
      .where('decisions.followUpId', 'is not', null)
      // Compared where both are as fine as the database has them.
      .whereRef('decisions.at', '<', 'notes.openedAt')
      .orderBy('decisions.followUpId')
      .orderBy('decisions.id', 'desc')
      .execute(),
  );
  return new Map(rows.map((decision) => [decision.followUpId!, decision]));
}
