import { AppError } from '../contracts/errors.ts';
import type { WishesBody } from '../contracts/patient-wishes.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type AdminTask, changeTask, listTasks, taskById } from '../storage/repositories/admin-tasks.ts';
import { releaseReservations } from '../storage/repositories/appointments.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { putPatientWishes, removePatientWishes } from '../storage/repositories/patient-wishes.ts';

interface Seen {
  readonly taskId: string;
  readonly version: number;
}

/** Tasks whose times are still to be found: they take another interpreter. */
const UNBOOKED: ReadonlySet<AdminTask['state']> = new Set(['new', 'claimed', 'question', 'waiting']);
const OVER: ReadonlySet<AdminTask['state']> = new Set(['cancelled', 'done']);

/**
 * Puts down what the patient says on the phone of the times of a task and of what hangs on it: it holds in place of what
 * the note says, and what is proposed from now on honours it. Times that are held for another language are let go of.
 * Throws CONFLICT for another version, STATE_NOT_ALLOWED for a task that is over, and for another interpreter of a booked
 * one, whose time would be another.
 */
export async function stateWishes(transaction: AuditedTransaction, seen: Seen, said: WishesBody): Promise<void> {
  const task = await openTask(transaction, seen);
  const { preference, note, interpreterLanguage } = said;
  await putPatientWishes(transaction, task, { preference, note, statedBy: transaction.staffId });
  if (interpreterLanguage !== task.interpreterLanguage) {
    if (!UNBOOKED.has(task.state)) {
      throw new AppError('STATE_NOT_ALLOWED', 'a booked visit has the interpreter that it was booked with', {
        expected: [...UNBOOKED].join(', '),
        got: task.state,
      });
    }
    await giveInterpreter(transaction, task, interpreterLanguage);
  }
  // Whoever looks at the task hears of it, and has its new version.
  await changeTask(transaction, task.id, task.version, { interpreterLanguage });
}

/** What the note says holds again. Throws as `stateWishes`. */
export async function forgetWishes(transaction: AuditedTransaction, seen: Seen): Promise<void> {
  const task = await openTask(transaction, seen);
  await removePatientWishes(transaction, task);
  const { id, version, interpreterLanguage } = task;
  await changeTask(transaction, id, version, { interpreterLanguage });
}

async function openTask(transaction: AuditedTransaction, { taskId, version }: Seen): Promise<AdminTask> {
  const task = await taskById(transaction, taskId);
  if (task.version !== version) throw new VersionConflict('task', version);
  if (!OVER.has(task.state)) return task;
  throw new AppError('STATE_NOT_ALLOWED', 'nobody looks for times of a task that is over', {
    expected: 'an open task',
    got: task.state,
  });
}

/** To what hangs on the task; itself comes after. */
async function giveInterpreter(
  transaction: AuditedTransaction,
  { id, chainId }: AdminTask,
  interpreterLanguage: string | null,
): Promise<void> {
  const unbooked = (await listTasks(transaction, { chainId })).filter(({ state }) => UNBOOKED.has(state));
  await releaseReservations(
    transaction,
    unbooked.map((task) => task.id),
  );
  for (const other of unbooked) {
    if (other.id === id || other.interpreterLanguage === interpreterLanguage) continue;
    await changeTask(transaction, other.id, other.version, { interpreterLanguage });
  }
}
