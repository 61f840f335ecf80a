import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type Delivery, letterOfDelivery, lockDeliveries } from '../storage/repositories/deliveries.ts';
import { type Letter, lockLetter } from '../storage/repositories/letters.ts';

export interface HeldDelivery {
  readonly letter: Letter;
  readonly delivery: Delivery;
  /** What comes after it in the chain, whatever became of it. */
  readonly later: readonly Delivery[];
}

/**
 * A delivery with its letter, held until the transaction ends; undefined when it is not there. The letter is locked before
 * its deliveries, here as by whoever stops it: no two wait for each other.
 */
export async function heldDelivery(
  transaction: AuditedTransaction,
  deliveryId: string,
): Promise<HeldDelivery | undefined> {
  const letterId = await letterOfDelivery(transaction, deliveryId);
  if (letterId === undefined) return undefined;
  const letter = await lockLetter(transaction, letterId);
  const deliveries = await lockDeliveries(transaction, letterId);
  const delivery = deliveries.find(({ id }) => id === deliveryId)!;
  return { letter, delivery, later: deliveries.filter(({ position }) => position > delivery.position) };
}
