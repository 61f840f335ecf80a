import { AppError } from '../contracts/errors.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { changeTask } from '../storage/repositories/admin-tasks.ts';
import type { ChainTask } from '../storage/repositories/booking-chains.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { type Chain, chainOf, loadChain, seriesOfTask } from './chain.ts';

/**
 * Says how many visits a series is for which no end was ordained. Where all of them have times, its tasks are booked;
 * else they are as they were, with the visits that are left. Throws CONFLICT for another version or where somebody else
 * has the task, STATE_NOT_ALLOWED for a task that nobody works on and that does not wait, or whose series has an end of
 * its own, REQUEST_INVALID for fewer visits than have times.
 */
export async function endSeries(
  transaction: AuditedTransaction,
  { taskId, version }: { readonly taskId: string; readonly version: number },
  visits: number,
): Promise<void> {
  const chain = await loadChain(transaction, taskId);
  if (chain.asked.version !== version) throw new VersionConflict('task', version);
  requireEndless(chain);
  requireOwn(transaction, chain.asked);
  const latest = Math.max(0, ...chain.series!.placed.keys());
  if (visits < latest) {
    throw new AppError('REQUEST_INVALID', 'visits that are booked are part of the series', {
      expected: `at least ${latest} visits`,
      got: String(visits),
    });
  }
  const source = { ...chain.source, tasks: chain.source.tasks.map((task) => ({ ...task, seriesCount: visits })) };
  for (const task of source.tasks) {
    if (!isOpen(task) || seriesOfTask(source, task.id) === null) continue;
    const { open } = chainOf(source, task.id, {}).series!;
    const booked = { state: 'booked', wakesAt: null, wakesOn: null } as const;
    await changeTask(transaction, task.id, task.version, {
      seriesCount: visits,
      ...(open.length === 0 && booked),
    });
  }
}

function requireEndless({ series }: Chain): void {
  if (series?.isEndless) return;
  throw new AppError('STATE_NOT_ALLOWED', 'whoever ordained a series says how many visits it is, where it has an end', {
    expected: 'a series without an end',
    got: series === null ? 'no series' : `${series.count} visits`,
  });
}

function requireOwn({ answeringStaffId }: AuditedTransaction, { state, claimedBy }: ChainTask): void {
  if (state === 'waiting') return;
  if (state === 'claimed' && claimedBy === answeringStaffId) return;
  if (state === 'claimed') {
    throw new AppError('CONFLICT', 'somebody else has the task', { expected: 'a task of your own' });
  }
  throw new AppError('STATE_NOT_ALLOWED', 'a series is ended while its task waits or is worked on', {
    expected: 'waiting or claimed',
    got: state,
  });
}

function isOpen({ state }: ChainTask): boolean {
  return state === 'new' || state === 'claimed' || state === 'waiting';
}
