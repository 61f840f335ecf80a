import { AppError } from '../contracts/errors.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { claimTask, wakeTask } from '../storage/repositories/admin-tasks.ts';
import { type Appointment, changeAppointment, releaseReservations } from '../storage/repositories/appointments.ts';
import type { ChainTask } from '../storage/repositories/booking-chains.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { lockTimes } from '../storage/repositories/taken-times.ts';
import { type Chain, loadChain } from './chain.ts';
import type { Choice } from './choose.ts';
import { resourcesHeld } from './held.ts';
import { settleTasks } from './settle-booked.ts';
import { openTasks, take } from './take.ts';

/** A task in the version that was seen. */
interface Seen {
  readonly taskId: string;
  readonly version: number;
}

/**
 * Holds times for a task that the actor has claimed, and for what hangs on it, in place of those held before. They are
 * anybody's again after ten minutes. Throws CONFLICT for another version or where somebody else has one of the tasks,
 * STATE_NOT_ALLOWED, TIME_NOT_OFFERED, CHAIN_BROKEN, TIME_TAKEN.
 */
export async function reserveTimes(
  transaction: AuditedTransaction,
  seen: Seen,
  choice: Choice,
  nowMs: number,
): Promise<Appointment[]> {
  const { chain } = await openChain(transaction, seen);
  return take(transaction, chain, choice, { nowMs, state: 'reserved' });
}

/** Lets go of what is held for a task and what hangs on it. */
export async function releaseTimes(transaction: AuditedTransaction, seen: Seen): Promise<void> {
  const { chain } = await openChain(transaction, seen);
  await releaseReservations(
    transaction,
    openTasks(chain).map(({ id }) => id),
  );
}

/**
 * Books times for a task that the actor has claimed, and for what hangs on it: all or none. The tasks are booked with
 * them; one whose series has visits left waits until the next of them has to be booked. Throws as `reserveTimes`.
 */
export async function bookTimes(
  transaction: AuditedTransaction,
  seen: Seen,
  choice: Choice,
  nowMs: number,
): Promise<Appointment[]> {
  const { chain, versions } = await openChain(transaction, seen);
  const booked = await take(transaction, chain, choice, { nowMs, state: 'booked' });
  await settleTasks(transaction, { chain, tasks: claimed(versions), booked }, nowMs);
  return booked;
}

/** Books what is held. A time that somebody has taken since then is TIME_TAKEN; nothing held is STATE_NOT_ALLOWED. */
export async function bookReserved(transaction: AuditedTransaction, seen: Seen, nowMs: number): Promise<Appointment[]> {
  const { chain, versions } = await openChain(transaction, seen);
  const held = chain.source.appointments.filter(({ state, taskId }) => state === 'reserved' && versions.has(taskId!));
  const withTime = new Set(held.map(({ taskId }) => taskId));
  if (withTime.size < versions.size) {
    throw new AppError('STATE_NOT_ALLOWED', 'no times are held for the task and what hangs on it', {
      expected: `${versions.size} tasks with reserved times`,
      got: String(withTime.size),
    });
  }
  await lockTimes(transaction, {
    patientId: chain.asked.patientId,
    resourceIds: held.flatMap(resourcesHeld),
  });
  const booked: Appointment[] = [];
  for (const appointment of held) {
    booked.push(await changeAppointment(transaction, appointment, { state: 'booked', reservedUntil: null }));
  }
  await settleTasks(transaction, { chain, tasks: claimed(versions), booked }, nowMs);
  return booked;
}

/** The chain of a task that the actor works on; what hangs on it and is new becomes the actor's too. */
async function openChain(
  transaction: AuditedTransaction,
  { taskId, version }: Seen,
): Promise<{ chain: Chain; versions: ReadonlyMap<string, number> }> {
  const chain = await loadChain(transaction, taskId);
  if (chain.asked.version !== version) throw new VersionConflict('task', version);
  if (chain.asked.state !== 'claimed') {
    throw new AppError('STATE_NOT_ALLOWED', 'a time is booked by who works on the task', {
      expected: 'a claimed task',
      got: chain.asked.state,
    });
  }
  const versions = new Map<string, number>();
  for (const task of openTasks(chain)) versions.set(task.id, await ownVersion(transaction, task));
  return { chain, versions };
}

async function ownVersion(transaction: AuditedTransaction, { id, version, state }: ChainTask): Promise<number> {
  // Of a series that is booked in part each task waits by itself; the next visit is booked with what hangs on it.
  const seen = state === 'waiting' ? (await wakeTask(transaction, id, version)).version : version;
  const { task, isMine } = await claimTask(transaction, id, { version: seen });
  if (isMine && task.state === 'claimed') return task.version;
  throw new AppError('CONFLICT', 'somebody else works on a task of the chain', {
    expected: 'tasks that nobody else has',
    got: `task ${id}, ${state}`,
  });
}

function claimed(versions: ReadonlyMap<string, number>) {
  return Array.from(versions, ([id, version]) => ({ id, version, state: 'claimed' as const }));
}
