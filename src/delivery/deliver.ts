import type { Actor } from '../contracts/access.ts';
import type { DeliveryChannel, DeliveryReason } from '../contracts/delivery.ts';
import type { LetterContents } from '../contracts/letter.ts';
import type { Postponed } from '../queue/attempt.ts';
import type { TakenJob } from '../queue/backends/backend.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { changeDelivery, type Delivery, hasGoodCode, stopOthers } from '../storage/repositories/deliveries.ts';
import { passFence } from '../storage/repositories/job-fences.ts';
import { isGuarded, patientById } from '../storage/repositories/patients.ts';
import type { Storage } from '../storage/storage.ts';
import type { Channels, LetterOnTheWay, Reachable } from './channel.ts';
import { heldDelivery } from './held-delivery.ts';
import type { DeliveryTimes } from './settings.ts';
import { settleDelivery } from './settle.ts';

export interface LetterWorld {
  readonly storage: Pick<Storage, 'withAudit' | 'transaction'>;
  readonly channels: Channels;
  readonly times: DeliveryTimes;
  /** Whether patients can sign in to their page; else the code of a letter opens it alone. */
  readonly patientsSignIn: boolean;
  /** A channel did not take a letter now, for whoever runs the server. */
  readonly onDelayed: (delay: DelayedLetter) => void;
}

export interface DelayedLetter {
  readonly channel: DeliveryChannel;
  readonly reason: DeliveryReason;
}

const DELIVERY: Actor = { kind: 'system', id: 'delivery' };

type Begun = { readonly way: LetterOnTheWay; readonly channel: Exclude<Delivery['channel'], 'hand' | 'phone'> };

/**
 * One attempt at a letter's way through a channel: what is to be sent is put down, sent, and what came of it put down. A
 * server that is killed between the two makes the attempt again, with the same id; one that was taken for dead writes
 * nothing. A channel that does not take it now is waited for, up to a limit; then the letter goes on to the next.
 */
export async function deliverLetter(
  world: LetterWorld,
  job: TakenJob,
  deliveryId: string,
): Promise<Postponed | undefined> {
  const begun = await asDelivery(world, job, (transaction) => begin(transaction, job, deliveryId, world));
  if (begun === undefined || 'postponeMs' in begun) return begun;
  const { channel, way } = begun;
  const outcome = await world.channels[channel].send(way);
  if (outcome.is === 'delayed') world.onDelayed({ channel, reason: outcome.reason });
  return asDelivery(world, job, (transaction) => settleDelivery(transaction, deliveryId, outcome, world.times));
}

/** A job that could not be done whatever was tried: the letter goes on without this channel. */
export async function giveUpDelivery(world: LetterWorld, job: TakenJob, deliveryId: string): Promise<void> {
  await asDelivery(world, job, (transaction) => settleDelivery(transaction, deliveryId, { is: 'broken' }, world.times));
}

function asDelivery<Result>(
  { storage }: Pick<LetterWorld, 'storage'>,
  job: TakenJob,
  work: (transaction: AuditedTransaction) => Promise<Result>,
): Promise<Result> {
  return storage.withAudit(DELIVERY, { purpose: 'booking', requestId: job.id }, async (transaction) => {
    await passFence(transaction.plain, job);
    return work(transaction);
  });
}

async function begin(
  transaction: AuditedTransaction,
  job: TakenJob,
  deliveryId: string,
  { times: { timeoutMs }, patientsSignIn }: LetterWorld,
): Promise<Begun | Postponed | undefined> {
  const held = await heldDelivery(transaction, deliveryId);
  if (held?.delivery.state !== 'waiting') return undefined;
  const { letter, delivery } = held;
  const { channel, attempts, dueAt, begunAt, begunBy, firstTriedAt } = delivery;
  if (dueAt === null || channel === 'hand' || channel === 'phone') return undefined;
  const now = new Date();
  if (hasBeen(letter.contents, now)) {
    await stopOthers(transaction, { letterId: letter.id, exceptId: null }, 'too_late');
    return undefined;
  }
  const earlyMs = dueAt.getTime() - now.getTime();
  if (earlyMs > 0) return { postponeMs: earlyMs };
  // The same delivery asked for twice: whoever has begun has the time that an attempt takes.
  const leftMs = begunAt === null || begunBy === job.id ? 0 : begunAt.getTime() + 2 * timeoutMs - now.getTime();
  if (leftMs > 0) return { postponeMs: leftMs };
  await changeDelivery(transaction, deliveryId, {
    attempts: attempts + 1,
    begunAt: now,
    begunBy: job.id,
    firstTriedAt: firstTriedAt ?? now,
  });
  const to = await reachable(transaction, letter.patientId);
  const opensPage = patientsSignIn || (await hasGoodCode(transaction, letter.chainId, now));
  return { channel, way: { deliveryId, letter, to, opensPage } };
}

/** Nobody is told of a time that is over. */
function hasBeen({ visits }: LetterContents, now: Date): boolean {
  return visits.length > 0 && visits.every(({ startsAt }) => Date.parse(startsAt) < now.getTime());
}

/** Who can open the page is told: the guardian of a child that guardians act for, where one is known. */
async function reachable(transaction: AuditedTransaction, patientId: string): Promise<Reachable> {
  const patient = await patientById(transaction, patientId);
  const isForGuardian = await isGuarded(transaction, patientId);
  const { guardianId } = patient;
  const reader = isForGuardian && guardianId !== null ? await patientById(transaction, guardianId) : patient;
  const { personalNumber, personalNumberKind, phone, email } = reader;
  const isKnownToPost = personalNumberKind === 'personnummer' && (!isForGuardian || guardianId !== null);
  return { personalNumber: isKnownToPost ? personalNumber : null, phone, email };
}
