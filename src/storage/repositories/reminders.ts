import { type Insertable, sql } from 'kysely';
import { type AuditedTransaction, notFound } from '../audited-transaction.ts';
import type { RemindersTable } from '../tables/background.ts';
import type { AdminTask } from './admin-tasks.ts';
import type { Question } from './questions.ts';

export type NewReminder = Pick<
  Insertable<RemindersTable>,
  'unitId' | 'patientId' | 'kind' | 'objectId' | 'toStaffId' | 'dueAt'
>;

/** The oldest ones of somebody who puts none away. */
const MAX_REMINDERS = 200;
const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** Reminds; the same reminder once more is none. */
export async function remind(transaction: AuditedTransaction, reminders: readonly NewReminder[]): Promise<void> {
  if (reminders.length === 0) return;
  await transaction.write
    .insertInto('reminders')
    .values(reminders)
    .onConflict((conflict) => conflict.columns(['kind', 'objectId', 'toStaffId', 'dueAt']).doNothing())
    .execute();
}

/** What was reminded of is over. */
export async function dismissReminders(transaction: AuditedTransaction, objectId: string): Promise<void> {
  await transaction.write
    .updateTable('reminders')
    .set({ dismissedAt: new Date() })
    .where('objectId', '=', objectId)
    .where('dismissedAt', 'is', null)
    .execute();
}

/** Open questions whose time to remind has come, the longest overdue first. */
export async function questionsToRemind(
  transaction: AuditedTransaction,
  now: Date,
  limit: number,
): Promise<Question[]> {
  return transaction.read({ action: 'list', object: 'questions', patientOf }, (tables) =>
    tables
      .selectFrom('questions')
      .selectAll()
      .where('state', '=', 'open')
      .where('remindAt', '<=', now)
      .orderBy('remindAt')
      .limit(limit)
      .execute(),
  );
}

/** When to remind of a question the next time; one that was answered meanwhile stays as it is. */
export async function remindAgainAt(
  transaction: AuditedTransaction,
  { id, version }: Pick<Question, 'id' | 'version'>,
  remindAt: Date,
): Promise<void> {
  await transaction.write
    .updateTable('questions')
    .set({ remindAt })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('state', '=', 'open')
    .execute();
}

/** Longer than any number of working days that is reminded ahead. */
const REMINDED_OF_THIS_TARGET = '14 days';

/** Tasks that are not booked, with a måldatum on or before a day, that nobody was reminded of; the nearest first. */
export async function tasksNearTarget(
  transaction: AuditedTransaction,
  lastDay: string,
  limit: number,
): Promise<AdminTask[]> {
  return transaction.read({ action: 'list', object: 'admin_tasks', patientOf }, (tables) =>
    tables
      .selectFrom('adminTasks')
      .selectAll()
      .where('state', 'in', ['new', 'claimed', 'question', 'waiting'])
      .where('targetDate', '<=', lastDay)
      // Of a series the måldatum is the first visit's; the later ones are waited for.
      .where(
        sql<boolean>`not exists (select from appointments where task_id = admin_tasks.id
          and state in ('booked', 'arrived', 'fulfilled'))`,
      )
      .where(
        sql<boolean>`not exists (select from reminders where kind = 'target_near' and object_id = admin_tasks.id
          and due_at > admin_tasks.target_date - ${REMINDED_OF_THIS_TARGET}::interval)`,
      )
      .orderBy('targetDate')
      .limit(limit)
      .execute(),
  );
}

/** Who has a profession or an account role at a unit. */
export async function staffWithRole({ plain }: AuditedTransaction, unitId: string, role: string): Promise<string[]> {
  const rows = await plain
    .selectFrom('staff')
    .innerJoin('staffUnits', 'staffUnits.staffId', 'staff.id')
    .select('staff.id')
    .where('staffUnits.unitId', '=', unitId)
    .where('staff.active', '=', true)
    .where(sql<boolean>`(staff.profession = ${role} or ${role} = any (staff.account_roles))`)
    .execute();
  return rows.map(({ id }) => id);
}

/** What a member of staff is to be reminded of by now and has not put away, with the patients; the oldest first. */
export async function listReminders(transaction: AuditedTransaction, staffId: string, now: Date) {
  return transaction.read({ action: 'list', object: 'reminders', patientOf }, (tables) =>
    tables
      .selectFrom('reminders')
      .innerJoin('patients', 'patients.id', 'reminders.patientId')
      .select(['reminders.id', 'reminders.kind', 'reminders.objectId', 'reminders.patientId', 'reminders.dueAt'])
      .select(['patients.givenName', 'patients.familyName', 'patients.personalNumber', 'patients.protectedIdentity'])
      .where('reminders.toStaffId', '=', staffId)
      .where('reminders.dismissedAt', 'is', null)
      .where('reminders.dueAt', '<=', now)
      .orderBy('reminders.dueAt')
      .limit(MAX_REMINDERS)
      .execute(),
  );
}

/** Puts a reminder away that a member of staff has. Throws NOT_FOUND for somebody else's. */
export async function dismissReminder(transaction: AuditedTransaction, id: string, staffId: string): Promise<void> {
  const { numUpdatedRows } = await transaction.write
    .updateTable('reminders')
    .set({ dismissedAt: new Date() })
    .where('id', '=', id)
    .where('toStaffId', '=', staffId)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw notFound('reminder');
}
