import type { Actor } from '../contracts/access.ts';
import { notFound } from '../storage/audited-transaction.ts';
import { letterOfDelivery } from '../storage/repositories/deliveries.ts';
import { markLetterRead } from '../storage/repositories/letters.ts';
import type { Storage } from '../storage/storage.ts';
import { isReadToken } from './read-address.ts';

const DELIVERY: Actor = { kind: 'system', id: 'delivery' };

/** A digital post service says that a letter was opened. Throws NOT_FOUND without the right token. */
export async function readByPost(
  storage: Pick<Storage, 'withAudit'>,
  told: {
    readonly deliveryId: string;
    readonly token: string;
    readonly secret: string | undefined;
    readonly requestId: string;
  },
): Promise<void> {
  const { deliveryId, token, secret, requestId } = told;
  if (secret === undefined || !isReadToken(token, deliveryId, secret)) throw notFound('delivery');
  await storage.withAudit(DELIVERY, { purpose: 'booking', requestId }, async (transaction) => {
    const letterId = await letterOfDelivery(transaction, deliveryId);
    if (letterId === undefined) throw notFound('delivery');
    await markLetterRead(transaction, letterId);
  });
}
