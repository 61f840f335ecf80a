import { AppError } from '../contracts/errors.ts';
import type { ChangeLetter } from '../contracts/sick-day-api.ts';
import { dueLetterKind } from '../delivery/due-letter.ts';
import { type IssueWorld, issueLetter } from '../delivery/issue.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { taskById } from '../storage/repositories/admin-tasks.ts';
import { lettersOfChain } from '../storage/repositories/letters.ts';

/**
 * Tells the patient of a change where an earlier letter says otherwise, in the transaction that makes it: there is no
 * moment at which the one is done and the other is forgotten. A letter that cannot be written takes nothing back, and
 * stays offered in the queue. Throws what may pass, with which the change is not made either.
 */
export async function tellOfChange(
  transaction: AuditedTransaction,
  taskId: string,
  world: IssueWorld,
): Promise<ChangeLetter> {
  try {
    return await transaction.apart(async () => {
      const task = await taskById(transaction, taskId);
      const letters = await lettersOfChain(transaction, task.chainId);
      const kind = await dueLetterKind(transaction, task, letters, world.nowMs);
      if (kind !== 'ombokning' && kind !== 'avbokning') return 'none';
      await issueLetter(transaction, { taskId, kind, preparations: 'as-before' }, world);
      return 'sent';
    });
  } catch (error) {
    const { code, retryable } = AppError.from(error);
    if (code === 'INTERNAL' || retryable) throw error;
    return 'failed';
  }
}
