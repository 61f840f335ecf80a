import { AppError } from '../contracts/errors.ts';
import { MAX_NOTE_CHARACTERS } from '../contracts/followup-api.ts';
import { type NoteContent, noteText } from '../contracts/notes.ts';
import type { NewNote, SavedText } from '../contracts/notes-api.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type Encounter, encounterById } from '../storage/repositories/encounters.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import {
  createNote,
  draftOf,
  lockNote,
  type Note,
  openNoteOfEncounter,
  saveDraft,
} from '../storage/repositories/notes.ts';
import { type Patient, patientById } from '../storage/repositories/patients.ts';
import { cardsOf } from './cards.ts';
import { leftToSign } from './left-to-do.ts';
import { sameValue } from './reconcile/same-value.ts';
import { reconcileNote } from './reconcile-note.ts';
import { requireOpen, requireWriter } from './rights.ts';

const EMPTY: NoteContent = { sections: [], spans: [] };

/**
 * Begins a note of the clinician who acts. An open one of the same clinician about the encounter is given back. Throws
 * NOT_FOUND for a patient or encounter of other units, UNIT_NOT_ALLOWED for a unit where the clinician does not work.
 */
export async function beginNote(
  transaction: AuditedTransaction,
  { patientId, encounterId, unitId, content = EMPTY }: NewNote,
  now: Date,
): Promise<Note> {
  const authorId = transaction.staffId;
  const patient = await patientById(transaction, patientId);
  const encounter = encounterId === undefined ? undefined : await encounterById(transaction, encounterId);
  if (encounter !== undefined) {
    const begun = await openNoteOfEncounter(transaction, encounter.id, authorId);
    if (begun !== undefined) return begun;
  }
  requireLength(content);
  const note = await createNote(
    transaction,
    {
      unitId: unitOf(transaction, patient, encounter, unitId),
      patientId,
      encounterId: encounter?.id ?? null,
      authorId,
      writtenOn: stockholmClockAt(now.getTime()).date,
    },
    content,
  );
  await reconcileNote(transaction, note, '', content);
  return note;
}

function unitOf(
  { unitIds }: AuditedTransaction,
  patient: Patient,
  encounter: Encounter | undefined,
  wanted: string | undefined,
): string {
  const unitId = encounter?.unitId ?? wanted ?? (unitIds.includes(patient.unitId) ? patient.unitId : unitIds[0]);
  if (unitId !== undefined && unitIds.includes(unitId) && (wanted ?? unitId) === unitId) return unitId;
  throw new AppError('UNIT_NOT_ALLOWED', "the note's unit is not the actor's", { expected: 'a unit of the actor' });
}

/**
 * Keeps the text of an open note and reads its follow-ups anew: see `reconcile` for what becomes of those that were
 * decided on. Throws VersionConflict where the text has another version, NOTE_CLOSED for a note that is not open.
 */
export async function saveText(
  transaction: AuditedTransaction,
  noteId: string,
  version: number,
  content: NoteContent,
  now: Date,
): Promise<SavedText> {
  requireLength(content);
  const note = await lockNote(transaction, noteId);
  requireWriter(transaction, note);
  requireOpen(note);
  const draft = await draftOf(transaction, noteId);
  if (draft.version !== version) throw new VersionConflict('text', version);
  const isSame = sameValue(draft.content, content);
  const saved = isSame ? draft : await saveDraft(transaction, noteId, version, content);
  const { decisions: denials, setAside } = await reconcileNote(transaction, note, noteText(draft.content), content);
  return {
    version: saved.version,
    denials,
    setAside,
    followUps: await cardsOf(transaction, noteId, now),
    left: await leftToSign(transaction, noteId),
  };
}

function requireLength(content: NoteContent): void {
  const { length } = noteText(content);
  if (length <= MAX_NOTE_CHARACTERS) return;
  throw new AppError('REQUEST_TOO_LARGE', 'the note is too long', {
    expected: `at most ${MAX_NOTE_CHARACTERS} characters with its headings`,
    got: `${length}`,
  });
}
