import { AppError } from '../contracts/errors.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import type { Appointment } from '../storage/repositories/appointments.ts';
import { visitTypeById } from '../storage/repositories/calendar-setup.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { loadChain } from './chain.ts';
import type { Choice } from './choose.ts';
import { settleTasks } from './settle-booked.ts';
import { openTasks, take } from './take.ts';

/** States in which a task whose letter asks the patient to book has no time yet. */
const UNBOOKED = ['new', 'claimed', 'waiting'] as const;

/**
 * Books what a patient chose from an open letter, with what hangs on it: all or none. Nobody needs to have claimed the
 * task; whoever works on it finds it booked. Throws CONFLICT for another version than the one that was seen,
 * STATE_NOT_ALLOWED, TIME_NOT_OFFERED, BEYOND_TARGET_DATE, CHAIN_BROKEN, TIME_TAKEN.
 */
export async function bookOpenTimes(
  transaction: AuditedTransaction,
  { taskId, version }: { taskId: string; version: number },
  choice: Choice,
  nowMs: number,
): Promise<Appointment[]> {
  const chain = await loadChain(transaction, taskId);
  if (chain.asked.version !== version) throw new VersionConflict('task', version);
  const tasks = openTasks(chain);
  const over = tasks.find(({ state }) => !UNBOOKED.some((one) => one === state));
  if (over !== undefined) {
    throw new AppError('STATE_NOT_ALLOWED', 'a patient books what has no time yet', {
      expected: UNBOOKED.join(', '),
      got: over.state,
    });
  }
  const booked = await take(transaction, chain, choice, { nowMs, state: 'booked' });
  const { visitTypeId } = booked.find((one) => one.taskId === taskId)!;
  if (!(await visitTypeById(transaction, visitTypeId)).patientsBook) {
    throw new AppError('STATE_NOT_ALLOWED', 'staff book this visit type', {
      expected: 'one that patients book',
      got: 'one that they do not',
    });
  }
  await settleTasks(transaction, { chain, tasks, booked }, nowMs);
  return booked;
}
