import { AppError } from '../contracts/errors.ts';
import type { ChangeLetter } from '../contracts/sick-day-api.ts';
import { dueLetterKind } from '../delivery/due-letter.ts';
import { type IssueWorld, issueLetter } from '../delivery/issue.ts';
import type { AccessContext } from '../storage/audited-transaction.ts';
import { taskById } from '../storage/repositories/admin-tasks.ts';
import { lettersOfChain } from '../storage/repositories/letters.ts';
import type { Storage } from '../storage/storage.ts';
import type { StaffActor } from './actor.ts';

/**
 * Tells the patient of a change that is made already, where an earlier letter says otherwise. A transaction of its own: a
 * letter that cannot be written takes nothing back, and stays offered in the queue.
 */
export async function tellOfChange(
  storage: Storage,
  { actor, context }: { actor: StaffActor; context: AccessContext },
  taskId: string,
  world: IssueWorld,
): Promise<ChangeLetter> {
  try {
    return await storage.withAudit(actor, context, async (transaction) => {
      const task = await taskById(transaction, taskId);
      const letters = await lettersOfChain(transaction, task.chainId);
      const kind = await dueLetterKind(transaction, task, letters, world.nowMs);
      if (kind !== 'ombokning' && kind !== 'avbokning') return 'none';
      await issueLetter(transaction, { taskId, kind, preparations: 'as-before' }, world);
      return 'sent';
    });
  } catch (error) {
    if (AppError.from(error).code === 'INTERNAL') throw error;
    return 'failed';
  }
}
