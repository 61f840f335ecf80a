import type { Selectable } from 'kysely';
import { type Kysely, sql } from 'kysely';
import type { FollowUpRequest, RequestType } from '../../contracts/followup.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { EventsTable } from '../tables/background.ts';
import type { PlainTables } from '../tables/tables.ts';
import { LACKS_LETTER, type TaskRow } from './task-queue.ts';

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** How long a transaction may take to commit after its event got its number. */
const LATE_COMMIT_SECONDS = 10;
/** More events than these are not written in LATE_COMMIT_SECONDS. */
const LATE_EVENTS = 10_000;

/** Rows of the queue, whatever their state. */
export async function queueRowsById(transaction: AuditedTransaction, taskIds: readonly string[]): Promise<TaskRow[]> {
  if (taskIds.length === 0) return [];
  return transaction.read({ action: 'list', object: 'queue', patientOf }, (tables) =>
    tables
      .selectFrom('adminTasks as task')
      .innerJoin('patients', 'patients.id', 'task.patientId')
      .leftJoin('staff', 'staff.id', 'task.claimedBy')
      .selectAll('task')
      .select(['patients.givenName', 'patients.familyName', 'patients.personalNumber', 'patients.protectedIdentity'])
      .select(['staff.givenName as claimedByGivenName', 'staff.familyName as claimedByFamilyName'])
      .select(LACKS_LETTER.as('lacksLetter'))
      .where('task.id', 'in', [...taskIds])
      .execute(),
  );
}

/** What a row shows of its request. */
export interface RequestOfTask {
  readonly id: string;
  readonly fields: FollowUpRequest;
  readonly orderedByFamilyName: string;
  readonly patientId: string;
}

/** The requests of rows that `listQueue` gave and logged. */
export async function requestsOfRows(
  transaction: AuditedTransaction,
  rows: readonly Pick<TaskRow, 'requestId'>[],
): Promise<ReadonlyMap<string, RequestOfTask>> {
  if (rows.length === 0) return new Map();
  const requests = await transaction.read({ action: 'list', object: 'booking_requests', patientOf }, (tables) =>
    tables
      .selectFrom('bookingRequests')
      .innerJoin('staff', 'staff.id', 'bookingRequests.orderedBy')
      .select(['bookingRequests.id', 'bookingRequests.fields', 'bookingRequests.patientId'])
      .select('staff.familyName as orderedByFamilyName')
      .where(
        'bookingRequests.id',
        'in',
        rows.map(({ requestId }) => requestId),
      )
      .execute(),
  );
  return new Map(requests.map((request) => [request.id, request]));
}

/** What kinds of tasks there are in the chains, those that were cancelled left out. */
export async function typesInChains(
  transaction: AuditedTransaction,
  chainIds: readonly string[],
): Promise<
  ReadonlyMap<string, readonly { readonly taskId: string; readonly type: RequestType; readonly isSameDay: boolean }[]>
> {
  if (chainIds.length === 0) return new Map();
  const links = await transaction.read({ action: 'list', object: 'admin_tasks', patientOf }, (tables) =>
    tables
      .selectFrom('adminTasks')
      .innerJoin('bookingRequests', 'bookingRequests.id', 'adminTasks.requestId')
      .select(['adminTasks.id as taskId', 'adminTasks.chainId', 'adminTasks.type', 'adminTasks.patientId'])
      .select(sql<boolean>`booking_requests.fields ? 'same_day'`.as('isSameDay'))
      .where('adminTasks.chainId', 'in', [...new Set(chainIds)])
      .where('adminTasks.state', '<>', 'cancelled')
      .execute(),
  );
  return Map.groupBy(links, ({ chainId }) => chainId);
}

/** The competences that open tasks ask for. */
export async function rolesInQueue(transaction: AuditedTransaction): Promise<string[]> {
  const rows = await transaction.read({ action: 'list', object: 'queue', patientOf: () => null }, (tables) =>
    tables
      .selectFrom('adminTasks')
      .select('role')
      .distinct()
      .where('unitId', 'in', [...transaction.unitIds])
      .where('open', '=', true)
      .where('role', 'is not', null)
      .orderBy('role')
      .execute(),
  );
  return rows.map(({ role }) => role!);
}

/** The number of the newest change. */
export async function lastEventId(tables: Kysely<PlainTables>): Promise<number> {
  const { id } = await tables
    .selectFrom('events')
    .select((row) => row.fn.max('id').as('id'))
    .executeTakeFirstOrThrow();
  return id ?? 0;
}

/**
 * Which tasks of the units changed after an event, at most `limit`, and the newest event. Those of the last seconds
 * come again: a transaction that committed late has a lower number than one that was told before it.
 */
export async function tasksChangedSince(
  tables: Kysely<PlainTables>,
  unitIds: readonly string[],
  { since, limit }: { since: number; limit: number },
): Promise<{ taskIds: string[]; lastEventId: number }> {
  if (unitIds.length === 0) return { taskIds: [], lastEventId: since };
  const newest = await lastEventId(tables);
  const rows = await tables
    .selectFrom('events')
    .select('objectId')
    .distinct()
    .where('unitId', 'in', [...unitIds])
    .where('object', '=', 'task')
    .where('id', '>', since - LATE_EVENTS)
    .where((row) =>
      row.or([row('id', '>', since), row('at', '>', sql<Date>`now() - make_interval(secs => ${LATE_COMMIT_SECONDS})`)]),
    )
    .limit(limit)
    .execute();
  return { taskIds: rows.map(({ objectId }) => objectId), lastEventId: newest };
}

/** What happened with a task that was read before, the newest first, with the names of staff. */
export async function listEventsOfTask(
  tables: Kysely<PlainTables>,
  taskId: string,
): Promise<(Selectable<EventsTable> & { byGivenName: string | null; byFamilyName: string | null })[]> {
  return tables
    .selectFrom('events')
    .leftJoin('staff', (join) => join.on(sql`staff.id::text`, '=', sql.ref('events.actor_id')))
    .selectAll('events')
    .select(['staff.givenName as byGivenName', 'staff.familyName as byFamilyName'])
    .where('objectId', '=', taskId)
    .orderBy('events.id', 'desc')
    .execute();
}
