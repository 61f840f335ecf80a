import { randomUUID } from 'node:crypto';
import type { FollowUpReading } from '../contracts/followup.ts';
import { type NoteContent, noteText } from '../contracts/notes.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { addFollowUps, listFollowUps, readFollowUpAnew, removeFollowUp } from '../storage/repositories/follow-ups.ts';
import type { Note } from '../storage/repositories/notes.ts';
import { withdrawQuestionsAbout } from '../storage/repositories/questions.ts';
import { readNote } from './read-note.ts';
import { readCards } from './reconcile/read-cards.ts';
import { reconcile } from './reconcile/reconcile.ts';

/**
 * Reads the text of an open note anew and brings its follow-ups in line. `earlierText` is the `noteText` that their
 * places count in. The note is locked by the caller.
 */
export async function reconcileNote(
  transaction: AuditedTransaction,
  note: Note,
  earlierText: string,
  content: NoteContent,
): Promise<FollowUpReading> {
  const reading = await readNote(transaction, note, content);
  const text = noteText(content);
  const { added, anew, removed } = reconcile({
    stored: await listFollowUps(transaction, note.id),
    read: readCards(reading, text),
    earlierText,
    text,
    newChainId: randomUUID,
  });
  for (const { id } of removed) await removeFollowUp(transaction, id);
  for (const { card, change } of anew) {
    await readFollowUpAnew(transaction, card.id, change);
    // Nobody has to answer what was asked about other words.
    if (change.reopenedBecause !== undefined) await withdrawQuestionsAbout(transaction, card.id);
  }
  await addFollowUps(transaction, note, added);
  return reading;
}
