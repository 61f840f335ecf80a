import { type Insertable, type Selectable, sql, type UpdateObject } from 'kysely';
import type { NoteContent } from '../../contracts/notes.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import { jsonText } from '../tables/columns.ts';
import type { NoteDraftsTable, NotesTable, NoteVersionsTable } from '../tables/notes.ts';
import type { Tables } from '../tables/tables.ts';
import { changedRow } from './expect.ts';

export type Note = Selectable<NotesTable>;
export type NoteDraft = Selectable<NoteDraftsTable>;
export type NoteVersion = Selectable<NoteVersionsTable>;

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** Begins a note with its draft. */
export async function createNote(
  transaction: AuditedTransaction,
  note: Omit<Insertable<NotesTable>, 'state' | 'signedVersion'>,
  content: NoteContent,
): Promise<Note> {
  const made = await transaction.write.insertInto('notes').values(note).returningAll().executeTakeFirstOrThrow();
  await insertDraft(transaction, made, content);
  return made;
}

async function insertDraft(transaction: AuditedTransaction, { id, unitId }: Note, content: NoteContent): Promise<void> {
  await transaction.write
    .insertInto('noteDrafts')
    .values({ noteId: id, unitId, content: jsonText(content) })
    .execute();
}

export async function noteById(transaction: AuditedTransaction, id: string): Promise<Note> {
  return transaction.readOne({ action: 'read', object: 'notes', objectId: id, patientOf }, (tables) =>
    tables.selectFrom('notes').selectAll().where('id', '=', id).execute(),
  );
}

/** The note, held until the transaction ends against others who change it, its text or its follow-ups. */
export async function lockNote(transaction: AuditedTransaction, id: string): Promise<Note> {
  return transaction.readOne({ action: 'read', object: 'notes', objectId: id, patientOf }, (tables) =>
    tables.selectFrom('notes').selectAll().where('id', '=', id).forNoKeyUpdate().execute(),
  );
}

/** The open note of an author about an encounter, if there is one. */
export async function openNoteOfEncounter(
  transaction: AuditedTransaction,
  encounterId: string,
  authorId: string,
): Promise<Note | undefined> {
  const [note] = await transaction.read({ action: 'read', object: 'notes', patientOf }, (tables) =>
    tables
      .selectFrom('notes')
      .selectAll()
      .where('encounterId', '=', encounterId)
      .where('authorId', '=', authorId)
      .where('state', 'in', ['draft', 'amending'])
      .orderBy('createdAt')
      .limit(1)
      .execute(),
  );
  return note;
}

/** The text that is being written. Throws NOT_FOUND for a note that is not open. */
export async function draftOf(transaction: AuditedTransaction, noteId: string): Promise<NoteDraft> {
  return transaction.readOne({ action: 'read', object: 'note_drafts', objectId: noteId, patientOf }, (tables) =>
    tables
      .selectFrom('noteDrafts')
      .innerJoin('notes', 'notes.id', 'noteDrafts.noteId')
      .selectAll('noteDrafts')
      .select('notes.patientId')
      .where('noteDrafts.noteId', '=', noteId)
      .execute(),
  );
}

/** Replaces the draft's text. Throws CONFLICT when the draft has another version. */
export async function saveDraft(
  transaction: AuditedTransaction,
  noteId: string,
  version: number,
  content: NoteContent,
): Promise<NoteDraft> {
  const rows = await transaction.write
    .updateTable('noteDrafts')
    .set({ content: jsonText(content) })
    .where('noteId', '=', noteId)
    .where('version', '=', version)
    .returningAll()
    .execute();
  return changedRow(rows, 'draft', version);
}

/**
 * Makes the draft the next version and the note signed. In the same transaction every confirmed follow-up needs its
 * request (`requestConfirmed`), else the commit fails with FOLLOW_UPS_UNDECIDED. `reason` is why it was amended.
 */
export async function signNote(
  transaction: AuditedTransaction,
  noteId: string,
  version: number,
  reason: string | null,
): Promise<Note> {
  const draft = await draftOf(transaction, noteId);
  const { patientId, signedVersion } = await noteById(transaction, noteId);
  const number = signedVersion + 1;
  const { unitId, content } = draft;
  await transaction.write
    .insertInto('noteVersions')
    .values({ noteId, number, unitId, patientId, content: jsonText(content), signedBy: transaction.staffId, reason })
    .execute();
  const signed = await changeNote(transaction, noteId, version, { state: 'signed', signedVersion: number });
  await transaction.write.deleteFrom('noteDrafts').where('noteId', '=', noteId).execute();
  return signed;
}

/** Throws a note away that was never signed. Each of its follow-ups must be "inget" or none: FOLLOW_UPS_UNDECIDED. */
export async function discardNote(transaction: AuditedTransaction, noteId: string, version: number): Promise<Note> {
  return changeNote(transaction, noteId, version, { state: 'discarded' });
}

/** Opens a signed note for a new version, with the text that holds. */
export async function beginAmendment(transaction: AuditedTransaction, noteId: string, version: number): Promise<Note> {
  const note = await changeNote(transaction, noteId, version, {
    state: 'amending',
    openedAt: sql<Date>`clock_timestamp()`,
  });
  const [signed] = await listVersions(transaction, noteId);
  await insertDraft(transaction, note, signed!.content);
  return note;
}

/**
 * Takes an amendment back: the signed version goes on as it was. The follow-ups say again what they said then, else the
 * commit fails with FOLLOW_UPS_UNDECIDED.
 */
export async function endAmendment(transaction: AuditedTransaction, noteId: string, version: number): Promise<Note> {
  const note = await changeNote(transaction, noteId, version, { state: 'signed' });
  await transaction.write.deleteFrom('noteDrafts').where('noteId', '=', noteId).execute();
  return note;
}

/** Signed versions, the newest first. */
export async function listVersions(transaction: AuditedTransaction, noteId: string): Promise<NoteVersion[]> {
  return transaction.read({ action: 'read', object: 'note_versions', objectId: noteId, patientOf }, (tables) =>
    tables.selectFrom('noteVersions').selectAll().where('noteId', '=', noteId).orderBy('number', 'desc').execute(),
  );
}

/** Who, beside the author, sees the note among the unsigned ones. */
export async function setDeputy(
  transaction: AuditedTransaction,
  noteId: string,
  version: number,
  deputyId: string | null,
): Promise<Note> {
  return changeNote(transaction, noteId, version, { deputyId });
}

/** Moves a note to the right patient. Throws NOTE_CLOSED while a request of it is active. */
export async function moveNote(
  transaction: AuditedTransaction,
  noteId: string,
  version: number,
  patientId: string,
): Promise<Note> {
  return changeNote(transaction, noteId, version, { patientId, encounterId: null });
}

async function changeNote(
  transaction: AuditedTransaction,
  noteId: string,
  version: number,
  changes: UpdateObject<Tables, 'notes'>,
): Promise<Note> {
  const rows = await transaction.write
    .updateTable('notes')
    .set(changes)
    .where('id', '=', noteId)
    .where('version', '=', version)
    .returningAll()
    .execute();
  return changedRow(rows, 'note', version);
}
