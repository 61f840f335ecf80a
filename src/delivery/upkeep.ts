import type { Actor } from '../contracts/access.ts';
import { deliveriesLeft } from '../storage/repositories/deliveries.ts';
import { enqueue } from '../storage/repositories/outbox.ts';
import type { Storage } from '../storage/storage.ts';

const BATCH = 200;
/** Far beyond any attempt: what is due for so long has lost its job, with the job queue's own store. */
const LOST_AFTER_MS = 30 * 60_000;
const DELIVERY: Actor = { kind: 'system', id: 'delivery' };

/** Asks anew for letters whose job was lost. Twice is once: whoever has begun one has it. */
export async function keepLettersUp(storage: Pick<Storage, 'withAudit'>, now: Date): Promise<void> {
  const before = new Date(now.getTime() - LOST_AFTER_MS);
  await storage.withAudit(DELIVERY, { purpose: 'operation', requestId: 'letter-upkeep' }, async (transaction) => {
    for (const deliveryId of await deliveriesLeft(transaction, before, BATCH)) {
      await enqueue(transaction.plain, { topic: 'letter.due', payload: { deliveryId } });
    }
  });
}
