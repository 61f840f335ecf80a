import type { Placement } from '../booking/placing.ts';
import { wishesIn } from '../booking/wishes.ts';
import type { AppointmentState } from '../contracts/calendar.ts';
import { AppError } from '../contracts/errors.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { changeTask, claimTask } from '../storage/repositories/admin-tasks.ts';
import {
  type Appointment,
  changeAppointment,
  createAppointment,
  releaseReservations,
} from '../storage/repositories/appointments.ts';
import type { ChainTask } from '../storage/repositories/booking-chains.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { lockTimes } from '../storage/repositories/taken-times.ts';
import { type Chain, loadChain } from './chain.ts';
import { type Choice, takeChoice } from './choose.ts';
import { isFixed, resourcesHeld } from './held.ts';

/** Long enough to ask the patient, short enough that a forgotten one is in nobody's way. */
const RESERVED_MS = 10 * 60_000;

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
 * them. Throws as `reserveTimes`.
 */
export async function bookTimes(
  transaction: AuditedTransaction,
  seen: Seen,
  choice: Choice,
  nowMs: number,
): Promise<Appointment[]> {
  const { chain, versions } = await openChain(transaction, seen);
  const booked = await take(transaction, chain, choice, { nowMs, state: 'booked' });
  await markBooked(transaction, versions);
  return booked;
}

/** Books what is held. A time that somebody has taken since then is TIME_TAKEN; nothing held is STATE_NOT_ALLOWED. */
export async function bookReserved(transaction: AuditedTransaction, seen: Seen): Promise<Appointment[]> {
  const { chain, versions } = await openChain(transaction, seen);
  const held = chain.appointments.filter(({ state, taskId }) => state === 'reserved' && versions.has(taskId!));
  if (held.length < versions.size) {
    throw new AppError('STATE_NOT_ALLOWED', 'no times are held for the task and what hangs on it', {
      expected: `${versions.size} reserved times`,
      got: String(held.length),
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
  await markBooked(transaction, versions);
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

function openTasks(chain: Chain): ChainTask[] {
  return chain.tasks.filter(({ id }) => !isFixed(chain, id));
}

async function ownVersion(transaction: AuditedTransaction, { id, version, state }: ChainTask): Promise<number> {
  const { task, isMine } = await claimTask(transaction, id, { version });
  if (isMine && task.state === 'claimed') return task.version;
  throw new AppError('CONFLICT', 'somebody else works on a task of the chain', {
    expected: 'tasks that nobody else has',
    got: `task ${id}, ${state}`,
  });
}

async function take(
  transaction: AuditedTransaction,
  chain: Chain,
  choice: Choice,
  { nowMs, state }: { nowMs: number; state: Extract<AppointmentState, 'reserved' | 'booked'> },
): Promise<Appointment[]> {
  const open = openTasks(chain).map(({ id }) => id);
  const held = chain.appointments.filter(({ state: is, taskId }) => is === 'reserved' && open.includes(taskId!));
  // All at once and before anything is given up: two who change the same times never wait for each other.
  await lockTimes(transaction, {
    patientId: chain.asked.patientId,
    resourceIds: [...held.flatMap(resourcesHeld), ...choice.times.map(({ performerId }) => performerId)],
  });
  await releaseReservations(transaction, open);
  const placement = await takeChoice(transaction, chain, choice, { nowMs });
  const reservedUntil = state === 'reserved' ? new Date(nowMs + RESERVED_MS) : null;
  const taken: Appointment[] = [];
  for (const visit of placement.visits) {
    const { unitId, patientId, chainId } = chain.asked;
    taken.push(
      await createAppointment(transaction, { unitId, patientId, chainId, state, reservedUntil, ...fieldsOf(visit) }),
    );
  }
  return taken;
}

function fieldsOf(visit: Placement['visits'][number]) {
  const { fit, startMs, endMs, performerId, otherResourceIds, givesUp } = visit;
  return {
    taskId: fit.need.taskId,
    visitTypeId: fit.visitType.id,
    type: fit.need.type,
    startsAt: new Date(startMs),
    endsAt: new Date(endMs),
    performerId,
    otherResourceIds: [...otherResourceIds],
    givesUp: wishesIn(givesUp),
    interpreterLanguage: fit.need.interpreterLanguage,
  };
}

async function markBooked(transaction: AuditedTransaction, versions: ReadonlyMap<string, number>): Promise<void> {
  for (const [id, version] of versions) await changeTask(transaction, id, version, { state: 'booked' });
}
