import { AppError } from '../contracts/errors.ts';
import { FollowUpState, noteText } from '../contracts/notes.ts';
import type { ChangedNote } from '../contracts/notes-api.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import {
  changeFollowUp,
  type Decision,
  decidedBeforeAmendment,
  listFollowUps,
  removeFollowUp,
  type StoredFollowUp,
} from '../storage/repositories/follow-ups.ts';
import { draftOf, endAmendment, listVersions, saveDraft } from '../storage/repositories/notes.ts';
import { askAboutFollowUp, listQuestions, withdrawQuestionsAbout } from '../storage/repositories/questions.ts';
import { dismissReminders } from '../storage/repositories/reminders.ts';
import { unitById } from '../storage/repositories/staff.ts';
import { hoursAfter } from './age.ts';
import { answered } from './decide.ts';
import { FollowUpsLeft, leftToSign } from './left-to-do.ts';
import { sameValue } from './reconcile/same-value.ts';
import { reconcileNote } from './reconcile-note.ts';
import { changedNote, noteToChange } from './sign.ts';

/**
 * Takes an amendment back: text and decisions are again those of the signed version, and a question that the amendment
 * took back is asked anew. Requests were not touched: they change with a signature. Gives FollowUpsLeft back where the
 * signed text has a follow-up whose decision nobody can tell any more. Throws STATE_NOT_ALLOWED for a note that is not
 * being amended, or was moved to another patient meanwhile.
 */
export async function cancelAmendment(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  now: Date,
): Promise<ChangedNote | FollowUpsLeft> {
  const note = await noteToChange(transaction, id, version);
  const [signed] = await listVersions(transaction, id);
  if (note.state !== 'amending' || signed === undefined || signed.patientId !== note.patientId) {
    throw new AppError('STATE_NOT_ALLOWED', 'there is no amendment of this version to take back', {
      expected: 'a note that is amended, about the patient that it was signed about',
      got: note.state === 'amending' ? 'another patient' : note.state,
    });
  }
  const draft = await draftOf(transaction, id);
  await saveDraft(transaction, id, draft.version, signed.content);
  await reconcileNote(transaction, note, noteText(draft.content), signed.content);
  const before = await decidedBeforeAmendment(transaction, id);
  for (const followUp of await listFollowUps(transaction, id)) {
    const decision = before.get(followUp.id);
    if (decision) await restore(transaction, followUp, decision, now);
    else await takeAway(transaction, followUp);
  }
  // That nothing is followed up was stated with the version that holds.
  const left = (await leftToSign(transaction, id)).filter(({ kind }) => kind !== 'unstated');
  if (left.length > 0) return new FollowUpsLeft(left);
  await dismissReminders(transaction, id);
  return changedNote(await endAmendment(transaction, id, note.version));
}

async function restore(
  transaction: AuditedTransaction,
  followUp: StoredFollowUp,
  { kind, fields, reason }: Decision,
  now: Date,
): Promise<void> {
  const { id, version, state, route } = followUp;
  if (state === kind && sameValue(followUp.fields, fields)) return;
  const isConfirmed = kind === 'confirmed' || kind === 'changed';
  const restored = await changeFollowUp(transaction, id, version, {
    state: FollowUpState.parse(kind),
    fields,
    reason,
    reopenedBecause: null,
    ...(isConfirmed && { route: answered(route) }),
  });
  if (kind === 'asked') await askAgain(transaction, restored, now);
  else await withdrawQuestionsAbout(transaction, id);
}

/** What was asked before, unless it still is or was answered meanwhile. */
async function askAgain(transaction: AuditedTransaction, followUp: StoredFollowUp, now: Date): Promise<void> {
  const question = (await listQuestions(transaction, { followUpId: followUp.id })).at(-1);
  if (question?.state !== 'withdrawn') return;
  const { toStaffId, toRole, text } = question;
  const { remindAfterHours } = await unitById(transaction.plain, followUp.unitId);
  const remindAt = hoursAfter(now, remindAfterHours);
  await askAboutFollowUp(transaction, followUp, { toStaffId, toRole, text, remindAt });
}

/** A card that the amendment made; one that somebody was asked about stays, as none. */
async function takeAway(transaction: AuditedTransaction, { id, version, state }: StoredFollowUp): Promise<void> {
  const questions = await listQuestions(transaction, { followUpId: id });
  await withdrawQuestionsAbout(transaction, id);
  if (questions.length > 0) {
    if (state !== 'not_follow_up') await changeFollowUp(transaction, id, version, { state: 'not_follow_up' });
    return;
  }
  if (state !== 'found') await changeFollowUp(transaction, id, version, { state: 'found' });
  await removeFollowUp(transaction, id);
}
