import type { Insertable, Selectable } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { QuestionsTable } from '../tables/booking.ts';
import { type AdminTask, changeTask } from './admin-tasks.ts';
import { changedRow } from './expect.ts';
import type { StoredFollowUp } from './follow-ups.ts';

export type Question = Selectable<QuestionsTable>;

/** To whom, what, and when to remind of it. */
export type NewQuestion = Pick<Insertable<QuestionsTable>, 'toStaffId' | 'toRole' | 'text' | 'remindAt'>;

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** Asks about a task that the actor has claimed; the task waits for the answer. Throws CONFLICT for another version. */
export async function askAboutTask(
  transaction: AuditedTransaction,
  { id, version }: Pick<AdminTask, 'id' | 'version'>,
  question: NewQuestion,
): Promise<{ question: Question; task: AdminTask }> {
  const task = await changeTask(transaction, id, version, { state: 'question' });
  const { unitId, patientId, noteId } = task;
  return { question: await insert(transaction, { ...question, unitId, patientId, noteId, taskId: id }), task };
}

/** Asks about a follow-up. Its state `asked` is set by changeFollowUp in the same transaction. */
export async function askAboutFollowUp(
  transaction: AuditedTransaction,
  { id, unitId, patientId, noteId }: StoredFollowUp,
  question: NewQuestion,
): Promise<Question> {
  return insert(transaction, { ...question, unitId, patientId, noteId, followUpId: id });
}

async function insert(
  transaction: AuditedTransaction,
  question: Omit<Insertable<QuestionsTable>, 'askedBy'>,
): Promise<Question> {
  return transaction.write
    .insertInto('questions')
    .values({ ...question, askedBy: transaction.staffId })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * Answers a question; a task that waited for it is claimed again by whoever had it. Throws CONFLICT for another
 * version, RECORD_PERMANENT for a question that is answered already.
 */
export async function answerQuestion(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  answer: string,
): Promise<Question> {
  const rows = await transaction.write
    .updateTable('questions')
    .set({ state: 'answered', answer, answeredBy: transaction.staffId, answeredAt: new Date() })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .execute();
  const question = changedRow(rows, 'question', version);
  if (question.taskId !== null) await returnTask(transaction, question.taskId);
  return question;
}

/** Takes a question back that is not answered; its task is claimed again. */
export async function withdrawQuestion(
  transaction: AuditedTransaction,
  id: string,
  version: number,
): Promise<Question> {
  const rows = await transaction.write
    .updateTable('questions')
    .set({ state: 'withdrawn' })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .execute();
  const question = changedRow(rows, 'question', version);
  if (question.taskId !== null) await returnTask(transaction, question.taskId);
  return question;
}

async function returnTask(transaction: AuditedTransaction, taskId: string): Promise<void> {
  await transaction.write
    .updateTable('adminTasks')
    .set({ state: 'claimed' })
    .where('id', '=', taskId)
    .where('state', '=', 'question')
    .execute();
}

/** Passes an open question on to somebody else. */
export async function passQuestionOn(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  to: Pick<Question, 'toStaffId' | 'toRole'>,
): Promise<Question> {
  const rows = await transaction.write
    .updateTable('questions')
    .set(to)
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .execute();
  return changedRow(rows, 'question', version);
}

export async function questionById(transaction: AuditedTransaction, id: string): Promise<Question> {
  return transaction.readOne({ action: 'read', object: 'questions', objectId: id, patientOf }, (tables) =>
    tables.selectFrom('questions').selectAll().where('id', '=', id).execute(),
  );
}

/** Of a task, a note or a follow-up; the oldest first. */
export async function listQuestions(
  transaction: AuditedTransaction,
  of: { taskId: string } | { noteId: string } | { followUpId: string },
): Promise<Question[]> {
  const [column, id] = Object.entries(of)[0] as ['taskId' | 'noteId' | 'followUpId', string];
  return transaction.read({ action: 'list', object: 'questions', patientOf }, (tables) =>
    tables.selectFrom('questions').selectAll().where(column, '=', id).orderBy('createdAt').execute(),
  );
}

/** Takes back what nobody has answered about a follow-up, which needs no answer any more. */
export async function withdrawQuestionsAbout(transaction: AuditedTransaction, followUpId: string): Promise<void> {
  await transaction.write
    .updateTable('questions')
    .set({ state: 'withdrawn' })
    .where('followUpId', '=', followUpId)
    .where('state', '=', 'open')
    .execute();
}
