import { type SqlBool, sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';

const patientOf = ({ patientId }: { patientId: string }) => patientId;

const since = sql`coalesce(notes.opened_at, notes.created_at)`;
const isActiveStaff = (id: ReturnType<typeof sql>) =>
  sql<SqlBool>`exists (select from staff where staff.id = ${id} and staff.active)`;

/** Open notes that nobody stands in for, left for longer than their unit waits before its deputy gets them. */
export async function notesToPassOn(transaction: AuditedTransaction, now: Date, limit: number) {
  return transaction.read({ action: 'list', object: 'notes', patientOf }, (tables) =>
    tables
      .selectFrom('notes')
      .innerJoin('units', 'units.id', 'notes.unitId')
      .select(['notes.id', 'notes.version', 'notes.unitId', 'notes.patientId'])
      .select(sql<string>`units.deputy_id`.as('unitDeputyId'))
      .where('notes.state', 'in', ['draft', 'amending'])
      .where('notes.deputyId', 'is', null)
      .where(sql<SqlBool>`units.deputy_id <> notes.author_id`)
      .where(isActiveStaff(sql`units.deputy_id`))
      .where(sql<SqlBool>`${since} <= ${now}::timestamptz - make_interval(hours => units.pass_on_after_hours)`)
      .orderBy(sql`notes.created_at`)
      .limit(limit)
      .forNoKeyUpdate('notes')
      .skipLocked()
      .execute(),
  );
}

/** Open questions to others than the unit's deputy, unanswered for longer than the unit waits. */
export async function questionsToPassOn(transaction: AuditedTransaction, now: Date, limit: number) {
  return transaction.read({ action: 'list', object: 'questions', patientOf }, (tables) =>
    tables
      .selectFrom('questions')
      .innerJoin('units', 'units.id', 'questions.unitId')
      .select(['questions.id', 'questions.version', 'questions.patientId'])
      .select(sql<string>`units.deputy_id`.as('unitDeputyId'))
      .where('questions.state', '=', 'open')
      .where(
        sql<SqlBool>`units.deputy_id is distinct from questions.to_staff_id and units.deputy_id <> questions.asked_by`,
      )
      .where(isActiveStaff(sql`units.deputy_id`))
      .where(
        sql<SqlBool>`questions.created_at <= ${now}::timestamptz - make_interval(hours => units.pass_on_after_hours)`,
      )
      .orderBy('questions.createdAt')
      .limit(limit)
      .forNoKeyUpdate('questions')
      .skipLocked()
      .execute(),
  );
}

/** Open notes left for longer than their unit waits, with each who answers for them and was not reminded yet. */
export async function notesToRemindOf(transaction: AuditedTransaction, now: Date, limit: number) {
  return transaction.read({ action: 'list', object: 'notes', patientOf }, (tables) =>
    tables
      .selectFrom('notes')
      .innerJoin('units', 'units.id', 'notes.unitId')
      .innerJoin('staff', (join) =>
        join.on((row) =>
          row.or([row('staff.id', '=', row.ref('notes.authorId')), row('staff.id', '=', row.ref('notes.deputyId'))]),
        ),
      )
      .select(['notes.id', 'notes.unitId', 'notes.patientId', 'staff.id as toStaffId'])
      .select(sql<Date>`${since} + make_interval(hours => units.remind_after_hours)`.as('dueAt'))
      .where('notes.state', 'in', ['draft', 'amending'])
      .where(sql<SqlBool>`${since} + make_interval(hours => units.remind_after_hours) <= ${now}::timestamptz`)
      .where(
        sql<SqlBool>`not exists (select from reminders where reminders.kind = 'note_unsigned'
          and reminders.object_id = notes.id and reminders.to_staff_id = staff.id and reminders.due_at >= ${since})`,
      )
      .orderBy(sql`notes.created_at`)
      .limit(limit)
      .execute(),
  );
}
