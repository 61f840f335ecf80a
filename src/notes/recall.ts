import { AppError } from '../contracts/errors.ts';
import type { ChangedNote } from '../contracts/notes-api.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import {
  type BookingRequest,
  listRequests,
  requestById,
  withdrawRequest,
} from '../storage/repositories/booking-requests.ts';
import {
  decideNote,
  listFollowUps,
  readFollowUpAnew,
  type StoredFollowUp,
} from '../storage/repositories/follow-ups.ts';
import { beginAmendment, lockNote, moveNote, setDeputy } from '../storage/repositories/notes.ts';
import { patientById } from '../storage/repositories/patients.ts';
import { withdrawQuestionsAbout } from '../storage/repositories/questions.ts';
import { worksAtUnit } from '../storage/repositories/staff.ts';
import { leftToSign } from './left-to-do.ts';
import { REOPENED } from './reconcile/reopening.ts';
import { requireDecider, requireOpen } from './rights.ts';
import { changedNote, noteToChange } from './sign.ts';

/**
 * Opens a signed note for a new version. What was confirmed in it and recalled since has to be decided on again: no
 * signature makes it anew unseen.
 */
export async function amend(transaction: AuditedTransaction, id: string, version: number): Promise<ChangedNote> {
  await noteToChange(transaction, id, version);
  const note = await beginAmendment(transaction, id, version);
  const latest = new Map(
    (await listRequests(transaction, { noteId: id })).map((request) => [request.followUpId, request]),
  );
  for (const followUp of await listFollowUps(transaction, id)) {
    const request = latest.get(followUp.id);
    const isConfirmed = followUp.state === 'confirmed' || followUp.state === 'changed';
    if (isConfirmed && request?.state === 'withdrawn') {
      await reopen(transaction, followUp, REOPENED.requestWithdrawn(request.withdrawnReason!));
    }
  }
  return changedNote(note, await leftToSign(transaction, id));
}

/** Recalls a request with its task, whatever the task's state. Throws VersionConflict, STATE_NOT_ALLOWED. */
export async function recallRequest(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  reason: string,
): Promise<BookingRequest> {
  const { noteId } = await requestById(transaction, id);
  requireDecider(transaction, await lockNote(transaction, noteId));
  const { state } = await requestById(transaction, id);
  if (state === 'withdrawn') {
    throw new AppError('STATE_NOT_ALLOWED', 'the request was recalled before', { expected: 'active', got: state });
  }
  return withdrawRequest(transaction, id, version, reason);
}

/**
 * Moves a note to the right patient: recalls every request, opens a signed note for a new version, and has what was
 * decided about the wrong patient decided on again. Throws NOT_FOUND for a patient of other units.
 */
export async function moveToPatient(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  { patientId, reason }: { patientId: string; reason: string },
): Promise<ChangedNote> {
  const note = await noteToChange(transaction, id, version);
  await patientById(transaction, patientId);
  if (note.patientId === patientId) {
    throw new AppError('REQUEST_INVALID', 'the note is about this patient', { expected: 'another patient' });
  }
  for (const request of await listRequests(transaction, { noteId: id })) {
    if (request.state === 'active') await withdrawRequest(transaction, request.id, request.version, reason);
  }
  const open = note.state === 'signed' ? await beginAmendment(transaction, id, version) : note;
  requireOpen(open);
  const moved = await moveNote(transaction, id, open.version, patientId);
  for (const followUp of await listFollowUps(transaction, id)) {
    const isAboutPatient = followUp.state !== 'found' && followUp.state !== 'not_follow_up';
    if (isAboutPatient) await reopen(transaction, followUp, REOPENED.noteMoved());
  }
  return changedNote(moved, await leftToSign(transaction, id));
}

async function reopen(transaction: AuditedTransaction, { id }: StoredFollowUp, reopenedBecause: string): Promise<void> {
  await readFollowUpAnew(transaction, id, { reopenedBecause });
  await withdrawQuestionsAbout(transaction, id);
}

/**
 * Has somebody stand in for the author; nobody for null. Every clinician of the unit may do it: a note must not wait
 * for who is away. Throws REQUEST_INVALID for who is no clinician of the unit.
 */
export async function deputise(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  staffId: string | null,
): Promise<ChangedNote> {
  const note = await lockNote(transaction, id);
  if (staffId !== null) {
    const isClinician = await worksAtUnit(transaction.plain, note.unitId, staffId, 'clinician');
    if (!isClinician || staffId === note.authorId) {
      throw new AppError('REQUEST_INVALID', 'the deputy signs in the place of the author', {
        expected: "another clinician of the note's unit",
      });
    }
  }
  const changed = await setDeputy(transaction, id, version, staffId);
  await decideNote(transaction, note, 'deputised');
  return changedNote(changed, await leftToSign(transaction, id));
}
