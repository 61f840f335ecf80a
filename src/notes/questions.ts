import { AppError } from '../contracts/errors.ts';
import type { Addressee } from '../contracts/notes-api-cards.ts';
import type { AnswerOutcome, QuestionAnswer, QuestionLine } from '../contracts/notes-api-questions.ts';
import { type AuditedTransaction, notFound } from '../storage/audited-transaction.ts';
import {
  changeFollowUp,
  type FollowUpChange,
  followUpById,
  type StoredFollowUp,
} from '../storage/repositories/follow-ups.ts';
import { lockNote } from '../storage/repositories/notes.ts';
import {
  isAskedOf,
  listQuestionsOfStaff,
  type QuestionRow,
  questionRow,
} from '../storage/repositories/question-lists.ts';
import { answerQuestion, passQuestionOn, type Question, questionById } from '../storage/repositories/questions.ts';
import { dismissReminders } from '../storage/repositories/reminders.ts';
import { addresseeAt } from './addressee.ts';
import { toCardQuestion } from './cards.ts';
import { changeOfFields, requestWhereSigned } from './decide.ts';
import { type Names, namesOf, patientLine } from './people.ts';

/** Questions that wait for the actor's answer, or that the actor has asked; the oldest first. */
export async function listQuestionLines(
  transaction: AuditedTransaction,
  page: Parameters<typeof listQuestionsOfStaff>[2],
  now: Date,
): Promise<QuestionLine[]> {
  const rows = await listQuestionsOfStaff(transaction, transaction.staffId, page);
  const nameOf = await namesOf(
    transaction,
    rows.flatMap(({ askedBy, answeredBy }) => [askedBy, answeredBy]),
  );
  return rows.map((row) => toLine(row, nameOf, now));
}

/**
 * Answers a question. A task that waited is its administrator's again; with an outcome the card is decided by the
 * answer, and what that confirms on a signed note is requested at once. Throws ROLE_NOT_ALLOWED for who is not asked
 * and for an outcome by who is no clinician, VersionConflict, RECORD_PERMANENT for a question that is not open.
 */
export async function answer(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  { answer: text, outcome }: QuestionAnswer,
  now: Date,
): Promise<QuestionLine> {
  const question = await askedOfActor(transaction, id);
  const note = await lockNote(transaction, question.noteId);
  await answerQuestion(transaction, id, version, text);
  await dismissReminders(transaction, id);
  if (outcome !== undefined) {
    const followUp = await cardToDecide(transaction, question);
    const change = await outcomeOf(transaction, followUp, outcome);
    const changed = await changeFollowUp(transaction, followUp.id, followUp.version, change);
    await requestWhereSigned(transaction, note, changed);
  }
  return lineOf(transaction, id, now);
}

/** Hands a question on to somebody else. Throws ROLE_NOT_ALLOWED for who neither is asked nor has asked. */
export async function passOn(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  to: Addressee,
  now: Date,
): Promise<QuestionLine> {
  const { unitId, askedBy } = await questionById(transaction, id);
  if (askedBy !== transaction.staffId) await askedOfActor(transaction, id);
  await passQuestionOn(transaction, id, version, await addresseeAt(transaction, unitId, to));
  await dismissReminders(transaction, id);
  return lineOf(transaction, id, now);
}

async function askedOfActor(transaction: AuditedTransaction, id: string): Promise<Question> {
  const question = await questionById(transaction, id);
  if (question.state !== 'open' || (await isAskedOf(transaction, id, transaction.staffId))) return question;
  throw new AppError('ROLE_NOT_ALLOWED', 'somebody else is asked', {
    expected: 'whoever the question goes to',
    got: 'another member of staff',
  });
}

/** The card that an outcome decides: one that waits for this answer. */
async function cardToDecide(transaction: AuditedTransaction, { followUpId }: Question): Promise<StoredFollowUp> {
  const { actor } = transaction;
  if (actor.kind !== 'staff' || !actor.roles.includes('clinician')) {
    throw new AppError('ROLE_NOT_ALLOWED', 'a clinician decides on a follow-up', { expected: 'clinician' });
  }
  if (followUpId === null) {
    throw new AppError('REQUEST_INVALID', 'the question is about a task', { expected: 'an answer without an outcome' });
  }
  const followUp = await followUpById(transaction, followUpId);
  if (followUp.state === 'asked') return followUp;
  throw new AppError('STATE_NOT_ALLOWED', 'the card does not wait for an answer', {
    expected: 'asked',
    got: followUp.state,
  });
}

async function outcomeOf(
  transaction: AuditedTransaction,
  followUp: StoredFollowUp,
  outcome: AnswerOutcome,
): Promise<FollowUpChange> {
  if (outcome.decision === 'changed') return changeOfFields(transaction, followUp, outcome.fields);
  if (outcome.decision === 'confirmed' && followUp.fields === null) {
    throw new AppError('FOLLOW_UP_UNCLEAR', 'the card has no fields to confirm', {
      expected: 'an outcome with fields',
    });
  }
  return { state: outcome.decision };
}

async function lineOf(transaction: AuditedTransaction, id: string, now: Date): Promise<QuestionLine> {
  const row = await questionRow(transaction, id);
  if (row === undefined) throw notFound('question');
  return toLine(row, await namesOf(transaction, [row.askedBy, row.answeredBy]), now);
}

function toLine(row: QuestionRow, nameOf: Names, now: Date): QuestionLine {
  const { unitId, noteId, followUpId, taskId, patientId, source, askedBy, answeredBy } = row;
  return {
    ...toCardQuestion(row, now),
    unitId,
    noteId,
    followUpId,
    taskId,
    patient: patientLine(patientId, row),
    askedBy: nameOf(askedBy),
    answeredBy: answeredBy === null ? null : nameOf(answeredBy),
    source,
  };
}
