import { AppError } from '../contracts/errors.ts';
import { noteText } from '../contracts/notes.ts';
import type { ChangedNote, SignNote } from '../contracts/notes-api.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { listRequests, requestConfirmed, withdrawRequest } from '../storage/repositories/booking-requests.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { decideNote, listFollowUps, type StoredFollowUp } from '../storage/repositories/follow-ups.ts';
import { discardNote, draftOf, lockNote, type Note, signNote } from '../storage/repositories/notes.ts';
import { enqueue } from '../storage/repositories/outbox.ts';
import { dismissReminders } from '../storage/repositories/reminders.ts';
import { FollowUpsLeft, leftToDiscard, leftToSign } from './left-to-do.ts';
import { sameValue } from './reconcile/same-value.ts';
import { reconcileNote } from './reconcile-note.ts';
import { requireDecider, requireOpen } from './rights.ts';

/** The note that is to be changed, in the version that was seen; locked. */
export async function noteToChange(transaction: AuditedTransaction, id: string, version: number): Promise<Note> {
  const note = await lockNote(transaction, id);
  requireDecider(transaction, note);
  if (note.version !== version) throw new VersionConflict('note', version);
  return note;
}

/**
 * Signs the text that was seen: one transaction makes the version, the requests of what is confirmed and their messages,
 * and takes back what an amended note does not ask for any more. The text is read once more first, so that nothing is
 * signed that no card stands for. Throws FollowUpsLeft where something is left to do, REQUEST_INVALID for an amendment
 * without a reason, VersionConflict where the note or its text has another version.
 */
export async function sign(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  { textVersion, reason }: SignNote,
): Promise<ChangedNote | FollowUpsLeft> {
  const note = await noteToChange(transaction, id, version);
  requireOpen(note);
  const draft = await draftOf(transaction, id);
  if (draft.version !== textVersion) throw new VersionConflict('text', textVersion);
  if (note.signedVersion > 0 && reason === undefined) {
    throw new AppError('REQUEST_INVALID', 'a signed note is amended for a reason', { expected: 'reason', got: 'none' });
  }
  await reconcileNote(transaction, note, noteText(draft.content), draft.content);
  const left = await leftToSign(transaction, id);
  // Given back, not thrown: what the text was found to ask for is kept.
  if (left.length > 0) return new FollowUpsLeft(left);
  const followUps = await listFollowUps(transaction, id);
  if (note.signedVersion > 0) await withdrawOutdated(transaction, id, followUps, reason!);
  const signed = await signNote(transaction, id, note.version, note.signedVersion > 0 ? reason! : null);
  await requestConfirmed(transaction, id, followUps);
  await enqueue(transaction.plain, { topic: 'note.signed', payload: { noteId: id } });
  await dismissReminders(transaction, id);
  return changedNote(signed);
}

/** Requests that the amended note does not make, or makes with other words. */
async function withdrawOutdated(
  transaction: AuditedTransaction,
  noteId: string,
  followUps: readonly StoredFollowUp[],
  reason: string,
): Promise<void> {
  const byId = new Map(followUps.map((followUp) => [followUp.id, followUp]));
  for (const { id, version, state, followUpId, fields } of await listRequests(transaction, { noteId })) {
    const { state: decided, fields: now } = byId.get(followUpId)!;
    const stands = (decided === 'confirmed' || decided === 'changed') && sameValue(now, fields);
    if (state === 'active' && !stands) await withdrawRequest(transaction, id, version, reason);
  }
}

/** States "ingen uppföljning". Throws STATE_NOT_ALLOWED where a card says otherwise. */
export async function stateNoFollowUp(
  transaction: AuditedTransaction,
  id: string,
  version: number,
): Promise<ChangedNote> {
  const note = await noteToChange(transaction, id, version);
  requireOpen(note);
  const others = (await listFollowUps(transaction, id)).filter(({ state }) => state !== 'not_follow_up');
  if (others.length > 0) {
    throw new AppError('STATE_NOT_ALLOWED', 'the note has follow-ups', {
      expected: 'none, or each "not_follow_up"',
      got: `${others.length}`,
    });
  }
  await decideNote(transaction, note, 'no_follow_up');
  return changedNote(note, await leftToSign(transaction, id));
}

/** Throws a draft away. Throws FollowUpsLeft where a card asks for something. */
export async function discard(transaction: AuditedTransaction, id: string, version: number): Promise<ChangedNote> {
  const note = await noteToChange(transaction, id, version);
  const left = await leftToDiscard(transaction, id);
  if (left.length > 0) throw new FollowUpsLeft(left);
  await decideNote(transaction, note, 'discarded');
  await dismissReminders(transaction, id);
  return changedNote(await discardNote(transaction, id, version));
}

export function changedNote(note: Note, left: ChangedNote['left'] = []): ChangedNote {
  const { id, version, state, signedVersion } = note;
  return { id, version, state, signedVersion, left };
}
