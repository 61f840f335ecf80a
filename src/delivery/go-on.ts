import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { changeDelivery, type Delivery, lockDeliveries, stopOthers } from '../storage/repositories/deliveries.ts';
import type { Letter } from '../storage/repositories/letters.ts';
import { enqueue } from '../storage/repositories/outbox.ts';
import { turnOf, visitToTell } from './near-visit.ts';

const HOUR_MS = 3_600_000;

/**
 * Lets the next channel of a letter's chain have its turn: when the letter has not been read for as long as this one was
 * given, or at once where this one did not take it. Nothing comes after the last one that has told somebody.
 */
export async function goOn(
  transaction: AuditedTransaction,
  letter: Letter,
  { id, position, waitHours }: Pick<Delivery, 'id' | 'position' | 'waitHours'>,
  now: Date,
): Promise<void> {
  const all = await lockDeliveries(transaction, letter.id);
  const isSent = all.find((one) => one.id === id)?.state === 'sent';
  if (isSent && waitHours === null) {
    await stopOthers(transaction, { letterId: letter.id, exceptId: id }, 'sent_otherwise');
    return;
  }
  const by = new Date(now.getTime() + (isSent ? waitHours! * HOUR_MS : 0));
  await giveTurn(
    transaction,
    letter,
    all.filter((one) => one.position > position),
    { by, now },
  );
}

/**
 * Has the first of some deliveries done by a time, or sooner where the visit is near. Those that would come after the
 * visit are passed over.
 */
export async function giveTurn(
  transaction: AuditedTransaction,
  letter: Letter,
  deliveries: readonly Delivery[],
  { by, now }: { readonly by: Date; readonly now: Date },
): Promise<void> {
  const visitAt = visitToTell(letter, now);
  for (const { id, channel, state, dueAt } of deliveries) {
    if (state !== 'waiting' || dueAt !== null || channel === 'hand' || channel === 'phone') continue;
    const turn = turnOf(channel, by, now, visitAt);
    if (turn !== null) {
      await changeDelivery(transaction, id, { dueAt: turn });
      await enqueue(transaction.plain, { topic: 'letter.due', payload: { deliveryId: id } });
      return;
    }
    await changeDelivery(transaction, id, { state: 'skipped', reason: 'too_late' });
  }
}
