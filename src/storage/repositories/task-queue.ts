import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { TaskState } from '../../contracts/booking.ts';
import type { RequestType } from '../../contracts/followup.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { AdminTasksTable } from '../tables/booking.ts';

/** What the queue page can be narrowed by. Absent is everything that is open at the actor's units. */
export interface QueueFilter {
  /** Some of the actor's units. */
  readonly unitIds?: readonly string[] | undefined;
  readonly state?: TaskState | undefined;
  readonly type?: RequestType | undefined;
  /** The competence asked for. */
  readonly role?: string | undefined;
  readonly withInterpreter?: boolean | undefined;
  readonly claimedBy?: string | undefined;
  /** From `searchPatients`. */
  readonly patientIds?: readonly string[] | undefined;
  /** YYYY-MM-DD: the latest måldatum. */
  readonly targetUntil?: string | undefined;
  /** Which of these there are. */
  readonly taskIds?: readonly string[] | undefined;
}

/** The last row of a page; the next one begins after it, whatever has come or gone meanwhile. */
export interface QueueCursor {
  readonly undated: boolean;
  /** YYYY-MM-DD. */
  readonly queueDay: string;
  readonly id: string;
}

export interface QueueRow extends Selectable<AdminTasksTable> {
  readonly givenName: string;
  readonly familyName: string;
  readonly personalNumber: string;
  readonly protectedIdentity: boolean;
  readonly claimedByGivenName: string | null;
  readonly claimedByFamilyName: string | null;
}

/** A count past this is told as "more than". */
export const MAX_QUEUE_COUNT = 9_999;

/**
 * A page of the queue: by måldatum, which is the order of the slack in working days; then those without one, by age.
 * Each unit's part comes from an index in this order, so that a page costs the same however long the queue is.
 */
export async function listQueue(
  transaction: AuditedTransaction,
  filter: QueueFilter,
  { after, limit }: { after?: QueueCursor | undefined; limit: number },
): Promise<QueueRow[]> {
  return transaction.read({ action: 'list', object: 'queue', patientOf: (row) => row.patientId }, async (tables) => {
    const { rows } = await queueQuery(queueUnits(transaction, filter), filter, { after, limit }).execute(tables);
    return rows;
  });
}

/** How many tasks a tab has, at most MAX_QUEUE_COUNT + 1. */
export async function countQueue(transaction: AuditedTransaction, filter: QueueFilter): Promise<number> {
  const conditions = sql.join(queueConditions(filter), sql` and `);
  const rows = await transaction.read({ action: 'list', object: 'queue', patientOf: () => null }, async (tables) => {
    const counted = sql<{ count: number }>`select count(*) as count from (
      select from admin_tasks where unit_id = any (${queueUnits(transaction, filter)}::uuid[]) and ${conditions}
      limit ${MAX_QUEUE_COUNT + 1}
    ) as counted`;
    return (await counted.execute(tables)).rows;
  });
  return rows[0]?.count ?? 0;
}

function queueUnits({ unitIds }: AuditedTransaction, filter: QueueFilter): string[] {
  return unitIds.filter((id) => filter.unitIds?.includes(id) ?? true);
}

/** Open to the test that looks at its plan. */
export function queueQuery(
  unitIds: readonly string[],
  filter: QueueFilter,
  { after, limit }: { after?: QueueCursor | undefined; limit: number },
): RawBuilder<QueueRow> {
  const conditions = [
    ...queueConditions(filter),
    ...(after ? [sql`(undated, queue_day, id) > (${after.undated}, ${after.queueDay}::date, ${after.id}::uuid)`] : []),
  ];
  return sql<QueueRow>`
    select task.*, patients.given_name, patients.family_name, patients.personal_number, patients.protected_identity,
      staff.given_name as claimed_by_given_name, staff.family_name as claimed_by_family_name
    from (
      select part.* from unnest(${[...unitIds]}::uuid[]) as unit (id)
      cross join lateral (
        select * from admin_tasks where unit_id = unit.id and ${sql.join(conditions, sql` and `)}
        order by undated, queue_day, id limit ${limit}
      ) as part
      order by part.undated, part.queue_day, part.id limit ${limit}
    ) as task
    join patients on patients.id = task.patient_id
    left join staff on staff.id = task.claimed_by
    order by task.undated, task.queue_day, task.id`;
}

function queueConditions(filter: QueueFilter): RawBuilder<unknown>[] {
  const { state, type, role, withInterpreter, claimedBy, patientIds, targetUntil, taskIds } = filter;
  const isOver = state === 'done' || state === 'cancelled';
  return [
    isOver ? sql`not open` : sql`open`,
    ...(state ? [sql`state = ${state}`] : []),
    ...(type ? [sql`type = ${type}`] : []),
    ...(role ? [sql`role = ${role}`] : []),
    ...(withInterpreter ? [sql`interpreter_language is not null`] : []),
    ...(claimedBy ? [sql`claimed_by = ${claimedBy}`] : []),
    ...(patientIds ? [sql`patient_id = any (${[...patientIds]}::uuid[])`] : []),
    ...(targetUntil ? [sql`not undated and queue_day <= ${targetUntil}::date`] : []),
    ...(taskIds ? [sql`id = any (${[...taskIds]}::uuid[])`] : []),
  ];
}
