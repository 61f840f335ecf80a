import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { TaskState } from '../../contracts/booking.ts';
import type { RequestType } from '../../contracts/followup.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { AdminTasksTable } from '../tables/booking.ts';
import { lanesOfUnit, type QueuePart } from './queue-lanes.ts';

/** What the queue page can be narrowed by. Absent is everything that is open at the actor's units. */
export interface QueueFilter {
  /** Some of the actor's units. */
  readonly unitIds?: readonly string[] | undefined;
  readonly state?: TaskState | undefined;
  readonly type?: RequestType | undefined;
  /** The competence asked for. */
  readonly role?: string | undefined;
  readonly withInterpreter?: boolean | undefined;
  /** Those whose patient has not been told: as `lacksLetter` of a row. */
  readonly lacksLetter?: boolean | undefined;
  readonly claimedBy?: string | undefined;
  /** From `searchPatients`. */
  readonly patientIds?: readonly string[] | undefined;
  /** YYYY-MM-DD: the latest måldatum. */
  readonly targetUntil?: string | undefined;
  /** Which of these there are. */
  readonly taskIds?: readonly string[] | undefined;
}

/** A task with its patient and who has it. */
export interface TaskRow extends Selectable<AdminTasksTable> {
  readonly givenName: string;
  readonly familyName: string;
  readonly personalNumber: string;
  readonly protectedIdentity: boolean;
  readonly claimedByGivenName: string | null;
  readonly claimedByFamilyName: string | null;
  /** As LACKS_LETTER says. */
  readonly lacksLetter: boolean;
}

export interface QueueRow extends TaskRow {
  /** Working days to måldatum: from the earliest time that fits where it is known, else from today; 0 without one. */
  readonly slack: number;
}

/** A count past this is told as "more than". */
export const MAX_QUEUE_COUNT = 9_999;

/**
 * A page of the queue: by slack, then måldatum; after all of these those without måldatum, by age. Tasks whose earliest
 * time is known, those whose slack counts from today, and those without måldatum are a lane each. Each unit's part of a
 * lane comes from an index in this order, so that a page costs the same however long the queue is.
 */
export async function listQueue(
  transaction: AuditedTransaction,
  filter: QueueFilter,
  part: QueuePart,
): Promise<QueueRow[]> {
  return transaction.read({ action: 'list', object: 'queue', patientOf: (row) => row.patientId }, async (tables) => {
    const { rows } = await queueQuery(queueUnits(transaction, filter), filter, part).execute(tables);
    return rows;
  });
}

/** How many tasks a tab has, at most MAX_QUEUE_COUNT + 1. */
export async function countQueue(transaction: AuditedTransaction, filter: QueueFilter): Promise<number> {
  const units = queueUnits(transaction, filter);
  const conditions = sql.join(queueConditions(units, filter), sql` and `);
  const rows = await transaction.read({ action: 'list', object: 'queue', patientOf: () => null }, async (tables) => {
    const counted = sql<{ count: number }>`select count(*) as count from (
      select from admin_tasks where unit_id = any (${units}::uuid[]) and ${conditions}
      limit ${MAX_QUEUE_COUNT + 1}
    ) as counted`;
    return (await counted.execute(tables)).rows;
  });
  return rows[0]?.count ?? 0;
}

function queueUnits({ unitIds }: AuditedTransaction, filter: QueueFilter): string[] {
  return unitIds.filter((id) => filter.unitIds?.includes(id) ?? true);
}

/**
 * Of `task`: staff have booked it and nobody has called the patient, or no channel could bring the letter of its chain. A
 * time that the patient has chosen on the own page needs no letter, and nobody has its task.
 */
export const LACKS_LETTER = sql<boolean>`(task.open and (
  task.state = 'booked' and task.claimed_by is not null
  or exists (select from letters where letters.chain_id = task.chain_id and letters.unreached)
))`;

/** The same as a set: each half by an index of its own, the second a few rows. */
function lackLetter(unitIds: readonly string[]): RawBuilder<unknown> {
  const units = sql`${[...unitIds]}::uuid[]`;
  return sql`id in (
    select id from admin_tasks where unit_id = any (${units}) and open and state = 'booked' and claimed_by is not null
    union all
    select admin_tasks.id from letters join admin_tasks using (chain_id)
    where letters.unreached and admin_tasks.open and admin_tasks.unit_id = any (${units})
  )`;
}

/** Open to the test that looks at its plan. */
export function queueQuery(unitIds: readonly string[], filter: QueueFilter, part: QueuePart): RawBuilder<QueueRow> {
  const conditions = sql.join(queueConditions(unitIds, filter), sql` and `);
  return sql<QueueRow>`
    select task.*, page.slack, patients.given_name, patients.family_name, patients.personal_number, patients.protected_identity,
      staff.given_name as claimed_by_given_name, staff.family_name as claimed_by_family_name,
      ${LACKS_LETTER} as lacks_letter
    from (
      select part.* from unnest(${[...unitIds]}::uuid[]) as unit (id)
      cross join lateral (${lanesOfUnit(conditions, part)}) as part
      order by part.undated, part.slack, part.queue_day, part.id limit ${part.limit}
    ) as page
    join admin_tasks as task on task.id = page.id
    join patients on patients.id = task.patient_id
    left join staff on staff.id = task.claimed_by
    order by page.undated, page.slack, page.queue_day, page.id`;
}

function queueConditions(unitIds: readonly string[], filter: QueueFilter): RawBuilder<unknown>[] {
  const { state, type, role, withInterpreter, lacksLetter, claimedBy, patientIds, targetUntil, taskIds } = filter;
  const isOver = state === 'done' || state === 'cancelled';
  return [
    isOver ? sql`not open` : sql`open`,
    ...(state ? [sql`state = ${state}`] : []),
    ...(type ? [sql`type = ${type}`] : []),
    ...(role ? [sql`role = ${role}`] : []),
    ...(withInterpreter ? [sql`interpreter_language is not null`] : []),
    ...(lacksLetter ? [lackLetter(unitIds)] : []),
    ...(claimedBy ? [sql`claimed_by = ${claimedBy}`] : []),
    ...(patientIds ? [sql`patient_id = any (${[...patientIds]}::uuid[])`] : []),
    ...(targetUntil ? [sql`queue_lane < 2 and queue_day <= ${targetUntil}::date`] : []),
    ...(taskIds ? [sql`id = any (${[...taskIds]}::uuid[])`] : []),
  ];
}
