import type { Insertable, Selectable, Updateable } from 'kysely';
import type { CancelReason } from '../../contracts/booking.ts';
import type { RaisedFlag } from '../../contracts/followup.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { AdminTasksTable } from '../tables/booking.ts';
import { jsonText } from '../tables/columns.ts';
import type { BookingRequest } from './booking-requests.ts';
import { changedRow } from './expect.ts';

export type AdminTask = Selectable<AdminTasksTable>;

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** What the worker has resolved; the rest comes from the request. */
export type ResolvedTask = Pick<
  Insertable<AdminTasksTable>,
  | 'state'
  | 'service'
  | 'role'
  | 'practitionerId'
  | 'durationMinutes'
  | 'interpreterLanguage'
  | 'needs'
  | 'preparations'
  | 'wakesAt'
  | 'wakesOn'
> & { readonly flags?: readonly RaisedFlag[] };

/**
 * Makes a request's task. A repeat is harmless: the task that is there is given back, and `isNew` is false. Throws
 * STATE_NOT_ALLOWED for a request that was withdrawn.
 */
export async function createTask(
  transaction: AuditedTransaction,
  request: BookingRequest,
  { flags = [], ...resolved }: ResolvedTask,
): Promise<{ task: AdminTask; isNew: boolean }> {
  const { id: requestId, unitId, patientId, noteId, chainId, type, route, earliestDate, targetDate } = request;
  const [made] = await transaction.write
    .insertInto('adminTasks')
    .values({
      requestId,
      unitId,
      patientId,
      noteId,
      chainId,
      type,
      route,
      earliestDate,
      targetDate,
      ...resolved,
      flags: jsonText(flags),
    })
    .onConflict((conflict) => conflict.column('requestId').doNothing())
    .returningAll()
    .execute();
  if (made !== undefined) return { task: made, isNew: true };
  const task = await transaction.readOne({ action: 'read', object: 'admin_tasks', patientOf }, (tables) =>
    tables.selectFrom('adminTasks').selectAll().where('requestId', '=', requestId).execute(),
  );
  return { task, isNew: false };
}

export async function taskById(transaction: AuditedTransaction, id: string): Promise<AdminTask> {
  return transaction.readOne({ action: 'read', object: 'admin_tasks', objectId: id, patientOf }, (tables) =>
    tables.selectFrom('adminTasks').selectAll().where('id', '=', id).execute(),
  );
}

/** Of a patient or a chain; the oldest first. */
export async function listTasks(
  transaction: AuditedTransaction,
  of: { patientId: string } | { chainId: string },
): Promise<AdminTask[]> {
  const [column, id] = Object.entries(of)[0] as ['patientId' | 'chainId', string];
  return transaction.read({ action: 'list', object: 'admin_tasks', patientOf }, (tables) =>
    tables.selectFrom('adminTasks').selectAll().where(column, '=', id).orderBy('createdAt').orderBy('id').execute(),
  );
}

/**
 * Changes a task: any of the moves below is one. Throws CONFLICT for another version than the one that was seen, and
 * STATE_NOT_ALLOWED off the edges of TASK_EDGES.
 */
export async function changeTask(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  changes: Updateable<AdminTasksTable>,
): Promise<AdminTask> {
  const rows = await transaction.write
    .updateTable('adminTasks')
    .set(changes)
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .execute();
  return changedRow(rows, 'task', version);
}

/**
 * Claims a new task for the actor, or takes over one that another has knowingly (`takeOver`). Of two at once one gets
 * it; the other is given the task as it is now, with who has it. With a version, only that one is claimed. A program
 * claims for whoever answers for it.
 */
export async function claimTask(
  transaction: AuditedTransaction,
  id: string,
  { takeOver = false, version }: { takeOver?: boolean; version?: number } = {},
): Promise<{ task: AdminTask; isMine: boolean }> {
  const staffId = transaction.answeringStaffId;
  let claiming = transaction.write
    .updateTable('adminTasks')
    .set({ state: 'claimed', claimedBy: staffId, claimedAt: new Date() })
    .where('id', '=', id)
    .where('state', 'in', takeOver ? ['new', 'claimed'] : ['new']);
  if (version !== undefined) claiming = claiming.where('version', '=', version);
  const [claimed] = await claiming.returningAll().execute();
  const task = claimed ?? (await taskById(transaction, id));
  return { task, isMine: task.claimedBy === staffId };
}

export async function releaseTask(transaction: AuditedTransaction, id: string, version: number): Promise<AdminTask> {
  return changeTask(transaction, id, version, { state: 'new', claimedBy: null, claimedAt: null });
}

/** Lays a claimed task aside until a time or an event. */
export async function letTaskWait(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  until: { wakesAt: Date | null; wakesOn: string | null },
): Promise<AdminTask> {
  return changeTask(transaction, id, version, { state: 'waiting', claimedBy: null, claimedAt: null, ...until });
}

/** A task that waited is new again. `targetDate` counts only where the request has no måldatum of its own. */
export async function wakeTask(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  targetDate?: string,
): Promise<AdminTask> {
  const target = targetDate === undefined ? {} : { targetDate };
  return changeTask(transaction, id, version, { state: 'new', wakesAt: null, wakesOn: null, ...target });
}

/** Waiting tasks whose time has come, the longest overdue first. */
export async function tasksToWake(transaction: AuditedTransaction, now: Date, limit: number): Promise<AdminTask[]> {
  return transaction.read({ action: 'list', object: 'admin_tasks', patientOf }, (tables) =>
    tables
      .selectFrom('adminTasks')
      .selectAll()
      .where('state', '=', 'waiting')
      .where('wakesAt', '<=', now)
      .orderBy('wakesAt')
      .limit(limit)
      .execute(),
  );
}

/** Throws CONFLICT for another version. A question that is open must be withdrawn in the same transaction. */
export async function cancelTask(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  { reason, note }: { reason: CancelReason; note: string | null },
): Promise<AdminTask> {
  return changeTask(transaction, id, version, { state: 'cancelled', cancelReason: reason, cancelNote: note });
}
