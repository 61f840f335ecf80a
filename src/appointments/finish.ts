import { AppError } from '../contracts/errors.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type AdminTask, changeTask, taskById } from '../storage/repositories/admin-tasks.ts';

/**
 * A task that takes no time of its own is done: what it asked for was sent, or the booking that it was about is changed.
 * Throws CONFLICT where somebody else has it or for another version, STATE_NOT_ALLOWED for one that is to be booked.
 */
export async function finishTask(
  transaction: AuditedTransaction,
  { id, version }: Pick<AdminTask, 'id' | 'version'>,
): Promise<AdminTask> {
  const { claimedBy } = await taskById(transaction, id);
  if (claimedBy !== null && claimedBy !== transaction.staffId) {
    throw new AppError('CONFLICT', 'somebody else has the task', { expected: 'a task of your own' });
  }
  return changeTask(transaction, id, version, { state: 'done' });
}
