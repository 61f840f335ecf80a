import { AppError } from '../contracts/errors.ts';
import type { Addressee } from '../contracts/notes-api-cards.ts';
import type { QuestionAnswer, QuestionLine } from '../contracts/notes-api-questions.ts';
import { type AuditedTransaction, notFound } from '../storage/audited-transaction.ts';
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
import { applyOutcome } from './answer-outcome.ts';
import { toCardQuestion } from './cards.ts';
import { type Names, namesOf, patientLine } from './people.ts';

/** Questions that wait for the actor's answer, or that the actor has asked; the oldest first. */
export async function listQuestionLines(
  transaction: AuditedTransaction,
  page: Parameters<typeof listQuestionsOfStaff>[2],
  now: Date,
): Promise<QuestionLine[]> {
  const rows = await listQuestionsOfStaff(transaction, transaction.staffId, page);
  const nameOf = await namesOf(transaction, rows.flatMap(peopleOf));
  return rows.map((row) => toLine(row, nameOf, now));
}

/**
 * Answers a question. A task that waited is its administrator's again; with an outcome the card is decided by the
 * answer, and what that confirms on a signed note is requested at once; or the task gets another måldatum. Throws
 * ROLE_NOT_ALLOWED for who is not asked, VersionConflict, RECORD_PERMANENT for a question that is not open, and as
 * `applyOutcome`.
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
  if (outcome !== undefined) await applyOutcome(transaction, question, note, outcome, now);
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

async function lineOf(transaction: AuditedTransaction, id: string, now: Date): Promise<QuestionLine> {
  const row = await questionRow(transaction, id);
  if (row === undefined) throw notFound('question');
  return toLine(row, await namesOf(transaction, peopleOf(row)), now);
}

function peopleOf({ askedBy, answeredBy, toStaffId }: QuestionRow): (string | null)[] {
  return [askedBy, answeredBy, toStaffId];
}

function toLine(row: QuestionRow, nameOf: Names, now: Date): QuestionLine {
  const { unitId, noteId, followUpId, taskId, patientId, source, targetDate, askedBy, answeredBy } = row;
  return {
    ...toCardQuestion(row, nameOf, now),
    unitId,
    noteId,
    followUpId,
    taskId,
    patient: patientLine(patientId, row),
    askedBy: nameOf(askedBy),
    answeredBy: answeredBy === null ? null : nameOf(answeredBy),
    source,
    targetDate,
  };
}
