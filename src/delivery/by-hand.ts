import type { DeliveryChannel } from '../contracts/delivery.ts';
import { AppError } from '../contracts/errors.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { revokeAnswerCodes } from '../storage/repositories/answer-codes.ts';
import { changeDelivery, createDeliveries, lockDeliveries, stopOthers } from '../storage/repositories/deliveries.ts';
import { VersionConflict } from '../storage/repositories/expect.ts';
import { endLetter, type Letter, lockLetter } from '../storage/repositories/letters.ts';
import { enqueue } from '../storage/repositories/outbox.ts';

type Seen = Pick<Letter, 'id' | 'version'>;

/**
 * Sends it no further, and closes the patient's page to its code. Throws CONFLICT for another version, STATE_NOT_ALLOWED
 * for one that was read or is over.
 */
export async function stopLetter(transaction: AuditedTransaction, seen: Seen): Promise<void> {
  const { chainId } = await lockLetter(transaction, seen.id);
  await endLetter(transaction, seen, 'stopped');
  await revokeAnswerCodes(transaction, chainId, new Date());
}

/**
 * Sends it by one channel now: one that would have had its turn later has it now, and those before it are passed over;
 * one that has had its turn has another. Asked for twice while it waits it goes once. Throws CONFLICT for another version,
 * STATE_NOT_ALLOWED for a letter that does not hold any more.
 */
export async function sendBy(
  transaction: AuditedTransaction,
  seen: Seen,
  channel: Extract<DeliveryChannel, 'notice' | 'digital_post' | 'print'>,
  now: Date,
): Promise<void> {
  const letter = await holding(transaction, seen);
  const deliveries = await lockDeliveries(transaction, letter.id);
  const waiting = deliveries.find(
    (one) => one.channel === channel && (one.state === 'waiting' || one.state === 'ready'),
  );
  if (waiting?.state === 'ready' || waiting?.begunAt) return;
  if (waiting) {
    for (const { id, position, state } of deliveries) {
      if (state !== 'waiting' || position >= waiting.position) continue;
      await changeDelivery(transaction, id, { state: 'stopped', reason: 'sent_otherwise' });
    }
    await changeDelivery(transaction, waiting.id, { dueAt: now });
    await enqueue(transaction.plain, { topic: 'letter.due', payload: { deliveryId: waiting.id } });
    return;
  }
  const { id: letterId, unitId, patientId } = letter;
  const position = Math.max(...deliveries.map((one) => one.position)) + 1;
  const again = { letterId, unitId, patientId, position, channel, waitHours: 0, toldAt: null };
  const isPaper = channel === 'print';
  const [made] = await createDeliveries(transaction, [
    { ...again, state: isPaper ? 'ready' : 'waiting', dueAt: isPaper ? null : now },
  ]);
  if (!isPaper) await enqueue(transaction.plain, { topic: 'letter.due', payload: { deliveryId: made!.id } });
}

/** Somebody has told the patient, over the desk or on the phone: what waits is not sent. Throws as `sendBy`. */
export async function toldBy(
  transaction: AuditedTransaction,
  seen: Seen,
  channel: Extract<DeliveryChannel, 'hand' | 'phone'>,
  now: Date,
): Promise<void> {
  const { id: letterId, unitId, patientId } = await holding(transaction, seen);
  const deliveries = await lockDeliveries(transaction, letterId);
  await stopOthers(transaction, { letterId, exceptId: null }, 'sent_otherwise');
  const position = Math.max(...deliveries.map((one) => one.position)) + 1;
  await createDeliveries(transaction, [
    {
      letterId,
      unitId,
      patientId,
      position,
      channel,
      waitHours: null,
      state: 'sent',
      dueAt: null,
      toldAt: now,
    },
  ]);
}

/** A letter that still says what holds; one that was read may be sent again to who has lost it. */
async function holding(transaction: AuditedTransaction, { id, version }: Seen): Promise<Letter> {
  const letter = await lockLetter(transaction, id);
  if (letter.version !== version) throw new VersionConflict('letter', version);
  if (letter.state === 'stopped' || letter.state === 'replaced') {
    throw new AppError('STATE_NOT_ALLOWED', 'a letter that does not hold any more is not sent', {
      expected: 'queued, sent or read',
      got: letter.state,
    });
  }
  return letter;
}
