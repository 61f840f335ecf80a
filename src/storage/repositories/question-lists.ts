import { type SqlBool, sql } from 'kysely';
import type { SourceSpan } from '../../contracts/followup.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';

const patientOf = ({ patientId }: { patientId: string }) => patientId;
/** Milliseconds, as a cursor can carry them. */
const askedAt = sql<Date>`date_trunc('milliseconds', questions.created_at)`;

/** A question with its patient and the words that it is about. */
export type QuestionRow = Awaited<ReturnType<typeof listQuestionsOfStaff>>[number];

/**
 * Open questions to a member of staff, by name or by profession or role at the question's unit; or all that the member
 * has asked. The oldest first. `after` is the last one of the page before.
 */
export async function listQuestionsOfStaff(
  transaction: AuditedTransaction,
  staffId: string,
  { which, limit, after }: { which: 'to_me' | 'by_me'; limit: number; after?: { since: Date; id: string } | undefined },
) {
  // Who asks all of a role is one of them, and asks the others.
  const toMe = sql<SqlBool>`${openTo(staffId)} and (questions.asked_by <> ${staffId} or questions.to_staff_id = ${staffId})`;
  const isMine = which === 'by_me' ? sql<SqlBool>`questions.asked_by = ${staffId}` : toMe;
  return withPatients(
    transaction,
    after
      ? sql<SqlBool>`${isMine} and (${askedAt}, questions.id) > (${after.since}::timestamptz, ${after.id}::uuid)`
      : isMine,
    limit,
  );
}

/** One question with its patient and the words that it is about. Throws NOT_FOUND. */
export async function questionRow(transaction: AuditedTransaction, id: string) {
  const [row] = await withPatients(transaction, sql<SqlBool>`questions.id = ${id}`, 1);
  return row;
}

/** Whether a member of staff is asked: by name, or as one of those of a role. */
export async function isAskedOf(transaction: AuditedTransaction, id: string, staffId: string): Promise<boolean> {
  return (await withPatients(transaction, sql<SqlBool>`questions.id = ${id} and ${openTo(staffId)}`, 1)).length > 0;
}

function openTo(staffId: string) {
  return sql<SqlBool>`(questions.state = 'open' and (questions.to_staff_id = ${staffId} or exists (
    select from staff join staff_units on staff_units.staff_id = staff.id
    where staff.id = ${staffId} and staff.active and staff_units.unit_id = questions.unit_id
      and (staff.profession = questions.to_role or questions.to_role = any (staff.account_roles)))))`;
}

async function withPatients(transaction: AuditedTransaction, which: ReturnType<typeof sql<SqlBool>>, limit: number) {
  return transaction.read({ action: 'list', object: 'questions', patientOf }, (tables) =>
    tables
      .selectFrom('questions')
      .innerJoin('patients', 'patients.id', 'questions.patientId')
      .leftJoin('adminTasks', 'adminTasks.id', 'questions.taskId')
      .leftJoin('bookingRequests', 'bookingRequests.id', 'adminTasks.requestId')
      .leftJoin('followUps', (join) =>
        join.on((row) =>
          row.or([
            row('followUps.id', '=', row.ref('questions.followUpId')),
            row('followUps.id', '=', row.ref('bookingRequests.followUpId')),
          ]),
        ),
      )
      .selectAll('questions')
      .select(['patients.givenName', 'patients.familyName', 'patients.personalNumber', 'patients.protectedIdentity'])
      .select(sql<SourceSpan | null>`follow_ups.source`.as('source'))
      .select(
        sql<string | null>`coalesce(admin_tasks.target_date::text, follow_ups.fields -> 'time' ->> 'mal_datum')`.as(
          'targetDate',
        ),
      )
      .where(which)
      .orderBy(askedAt)
      .orderBy('questions.id')
      .limit(limit)
      .execute(),
  );
}
