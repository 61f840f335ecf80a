import type { JobQueue } from '../queue/backends/backend.ts';
import { enqueue } from '../storage/repositories/outbox.ts';
import { deleteDeliveries, deliveriesLeft } from '../storage/repositories/webhooks.ts';
import type { Storage } from '../storage/storage.ts';

const BATCH = 500;
/** With an empty queue, whatever is due for so long has lost its job. */
const LOST_AFTER_MS = 15 * 60_000;
const KEEP_SETTLED_MS = 30 * 24 * 3_600_000;

export interface DeliveryUpkeepOptions {
  readonly storage: Pick<Storage, 'transaction'>;
  readonly queue: Pick<JobQueue, 'counts'>;
}

/** Clears away what was settled long ago, and asks anew for deliveries whose job was lost. Twice is once. */
export async function keepDeliveriesUp({ storage, queue }: DeliveryUpkeepOptions, now: Date): Promise<void> {
  const before = (ms: number) => new Date(now.getTime() - ms);
  await storage.transaction((tables) => deleteDeliveries(tables, before(KEEP_SETTLED_MS)));
  const { waiting, active, delayed } = await queue.counts();
  if (waiting + active + delayed > 0) return;
  await storage.transaction(async (tables) => {
    for (const deliveryId of await deliveriesLeft(tables, before(LOST_AFTER_MS), BATCH)) {
      await enqueue(tables, { topic: 'webhook.due', payload: { deliveryId } });
    }
  });
}
