import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { changeDelivery, type Delivery, lockDeliveries, stopOthers } from '../storage/repositories/deliveries.ts';
import { enqueue } from '../storage/repositories/outbox.ts';

const HOUR_MS = 3_600_000;

/**
 * Lets the next channel of a letter's chain have its turn: when the letter has not been read for as long as this one was
 * given, or at once where this one did not take it. Nothing comes after the last one that has told somebody.
 */
export async function goOn(
  transaction: AuditedTransaction,
  { id, letterId, position, waitHours }: Delivery,
  now: Date,
): Promise<void> {
  const all = await lockDeliveries(transaction, letterId);
  const isSent = all.find((one) => one.id === id)?.state === 'sent';
  if (isSent && waitHours === null) {
    await stopOthers(transaction, { letterId, exceptId: id }, 'sent_otherwise');
    return;
  }
  const next = all.find((one) => one.position > position && one.state === 'waiting' && one.dueAt === null);
  if (next === undefined) return;
  await setDue(transaction, next.id, new Date(now.getTime() + (isSent ? waitHours! * HOUR_MS : 0)));
}

/** Has a delivery done when its time has come. */
export async function setDue(transaction: AuditedTransaction, deliveryId: string, dueAt: Date): Promise<void> {
  await changeDelivery(transaction, deliveryId, { dueAt });
  await enqueue(transaction.plain, { topic: 'letter.due', payload: { deliveryId } });
}
