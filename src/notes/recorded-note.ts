import { AppError } from '../contracts/errors.ts';
import { MAX_NOTE_CHARACTERS } from '../contracts/followup-api.ts';
import { type NoteContent, noteText } from '../contracts/notes.ts';
import type { HeardUtterances } from '../contracts/notes-api-heard.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { decideNote, listFollowUps, removeFollowUp } from '../storage/repositories/follow-ups.ts';
import { createNote, discardNote, lockNote, type Note } from '../storage/repositories/notes.ts';
import { dismissReminders, remind } from '../storage/repositories/reminders.ts';
import { addUtterance } from '../storage/repositories/utterances.ts';
import { reconcileNote } from './reconcile-note.ts';
import { requireOpen, requireWriter } from './rights.ts';

/** What a recording says, as a note of its author. */
export interface RecordedNote extends Pick<Note, 'unitId' | 'patientId' | 'encounterId' | 'authorId'> {
  /** Its day is the note's: "om tre veckor" counts from it. */
  readonly recordedAt: Date;
  readonly content: NoteContent;
  readonly utterances: HeardUtterances['utterances'];
}

/** Makes the draft with its utterances and follow-ups. Throws REQUEST_TOO_LARGE for more than a note holds. */
export async function draftRecorded(
  transaction: AuditedTransaction,
  { recordedAt, content, utterances, ...whose }: RecordedNote,
): Promise<Note> {
  const { length } = noteText(content);
  if (length > MAX_NOTE_CHARACTERS) {
    const details = { expected: `at most ${MAX_NOTE_CHARACTERS} characters`, got: `${length}` };
    throw new AppError('REQUEST_TOO_LARGE', 'the recording is too long for a note', details);
  }
  const writtenOn = stockholmClockAt(recordedAt.getTime()).date;
  const note = await createNote(transaction, { ...whose, writtenOn }, content);
  for (const { sound: _, ...utterance } of utterances) {
    const place = { soundSessionId: utterance.liveSessionId, soundFromSeconds: 0 };
    await addUtterance(transaction, { ...utterance, ...place, noteId: note.id, unitId: note.unitId });
  }
  // After the utterances: what rests on a word heard with low confidence goes to review.
  await reconcileNote(transaction, note, '', content);
  return note;
}

/** Tells the author that the text is corrected and waits for a signature. */
export async function handOver(transaction: AuditedTransaction, noteId: string, now: Date): Promise<void> {
  const note = await lockNote(transaction, noteId);
  requireWriter(transaction, note);
  requireOpen(note);
  const { unitId, patientId, authorId: toStaffId } = note;
  if (toStaffId === transaction.staffId) return;
  await remind(transaction, [{ kind: 'draft_to_sign', objectId: noteId, unitId, patientId, toStaffId, dueAt: now }]);
}

/**
 * Takes away the draft of a recording that was sent by mistake, with the follow-ups that were found in it. Throws
 * STATE_NOT_ALLOWED once somebody has decided on one, or signed: then its author throws it away.
 */
export async function withdrawDraft(transaction: AuditedTransaction, noteId: string): Promise<void> {
  const note = await lockNote(transaction, noteId);
  const followUps = await listFollowUps(transaction, noteId);
  if (note.state !== 'draft' || followUps.some(({ state }) => state !== 'found')) {
    throw new AppError('STATE_NOT_ALLOWED', 'the note of the dictation has been worked on', {
      expected: 'a draft in which nothing is decided; its author can throw it away',
      got: note.state,
    });
  }
  for (const { id } of followUps) await removeFollowUp(transaction, id);
  await decideNote(transaction, note, 'discarded', 'diktatet togs tillbaka');
  await dismissReminders(transaction, noteId);
  await discardNote(transaction, noteId, note.version);
}
