import type { DictationView } from '../contracts/dictations-api.ts';
import { patientLine } from '../notes/people.ts';
import { type AuditedTransaction, notFound } from '../storage/audited-transaction.ts';
import {
  type DictationFilter,
  type DictationRow,
  dictationOfNote,
  listDictations,
} from '../storage/repositories/dictations.ts';
import { problemInWords } from './problems.ts';

/** A dictation as it is told. Throws NOT_FOUND for one of other units. */
export async function viewDictation(transaction: AuditedTransaction, id: string): Promise<DictationView> {
  const [row] = await listDictations(transaction, { id, limit: 1 });
  if (row === undefined) throw notFound('dictation');
  return viewOf(transaction, row);
}

/** The recording that a note came from; null for one that was not recorded. */
export async function recordingOf(transaction: AuditedTransaction, noteId: string): Promise<DictationView | null> {
  const dictation = await dictationOfNote(transaction, noteId);
  return dictation ? viewDictation(transaction, dictation.id) : null;
}

/** The newest first. */
export async function viewDictations(
  transaction: AuditedTransaction,
  filter: DictationFilter,
): Promise<DictationView[]> {
  return (await listDictations(transaction, filter)).map((row) => viewOf(transaction, row));
}

/** Programs are told ids only. */
function viewOf({ actor }: AuditedTransaction, row: DictationRow): DictationView {
  const { id, version, state, noteId, errorCode, unitId, patientId, authorId, encounterId, recordedAt } = row;
  const isStaff = actor.kind === 'staff';
  const { doneSeconds, totalSeconds } = row;
  const isUnderWay = state === 'transcribing' && doneSeconds !== null && totalSeconds !== null;
  return {
    id,
    version,
    state,
    progress: isUnderWay ? { doneSeconds, totalSeconds } : null,
    noteId,
    problem: state === 'failed' && errorCode ? { code: errorCode, words: problemInWords(errorCode) } : null,
    unitId,
    patientId,
    authorId,
    encounterId,
    patient: isStaff ? patientLine(patientId, row) : null,
    author: isStaff ? { id: authorId, givenName: row.authorGivenName, familyName: row.authorFamilyName } : null,
    recordedAt,
    receivedAt: row.createdAt,
    changedAt: row.updatedAt,
    soundBytes: row.soundBytes,
    hasSound: row.soundRemovedAt === null,
    handedOverAt: row.handedOverAt,
    mayWithdraw: state !== 'signed' && state !== 'withdrawn' && isTheirs(actor, row),
  };
}

/** As far as it is seen without looking up who owns another key. */
function isTheirs(actor: AuditedTransaction['actor'], { authorId, sentBy, apiKeyId }: DictationRow): boolean {
  if (actor.kind === 'staff') return actor.id === authorId || actor.id === sentBy;
  return actor.kind === 'api-key' && actor.id === apiKeyId;
}
