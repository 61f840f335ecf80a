import type { WebhookEnd, WebhookMessage } from '../contracts/webhooks.ts';
import type { Postponed } from '../queue/attempt.ts';
import type { TakenJob } from '../queue/backends/backend.ts';
import { passFence } from '../storage/repositories/job-fences.ts';
import { dueDelivery, endWebhook, markDelivered, markNotDelivered } from '../storage/repositories/webhooks.ts';
import type { Storage } from '../storage/storage.ts';
import { isAllowedHost, type WebhookHosts } from './hosts.ts';
import { delayAfter, type RetryTimes } from './retry-times.ts';
import { type SendOutcome, send } from './send.ts';

export interface DeliveryWorld {
  readonly storage: Pick<Storage, 'plain' | 'transaction'>;
  readonly hosts: WebhookHosts;
  readonly retries: RetryTimes;
}

type Due = NonNullable<Awaited<ReturnType<typeof dueDelivery>>>;

/** A status that says that the address is there no more (RFC 9110). */
const GONE = 410;

/**
 * One attempt at a delivery; a receiver that does not take it is no failure of the job, which waits. A message can come
 * twice, when the server dies after it was taken: its id is the same.
 */
export async function deliver(world: DeliveryWorld, job: TakenJob, id: string): Promise<Postponed | undefined> {
  const { storage, hosts, retries } = world;
  const due = await dueDelivery(storage.plain, id, new Date());
  if (due === undefined) return undefined;
  const end = endOf(due, hosts);
  if (end !== undefined) return ended(storage, job, due, end);
  // Begun again too early, after a restart.
  const earlyMs = due.nextAt.getTime() - Date.now();
  if (earlyMs > 0) return { postponeMs: earlyMs };
  const { url, secret, type, data, happenedAt } = due;
  const message: WebhookMessage = { type, timestamp: happenedAt.toISOString(), data };
  const sending = { url, secret, id: `msg_${id}`, body: JSON.stringify(message), timeoutMs: retries.timeoutMs };
  return settled(world, job, due, await send({ ...sending, now: new Date() }));
}

function endOf({ ownerHolds, url }: Due, hosts: WebhookHosts): WebhookEnd | undefined {
  if (!ownerHolds) return 'key_ended';
  return isAllowedHost(url, hosts) ? undefined : 'host_not_allowed';
}

async function ended(
  storage: DeliveryWorld['storage'],
  job: TakenJob,
  { webhookId }: Due,
  end: WebhookEnd,
): Promise<undefined> {
  await storage.transaction(async (tables) => {
    await passFence(tables, job);
    await endWebhook(tables, webhookId, end);
  });
}

function settled(
  { storage, retries }: DeliveryWorld,
  job: TakenJob,
  due: Due,
  { isDelivered, status, problem, retryAfterMs }: SendOutcome,
): Promise<Postponed | undefined> {
  return storage.transaction(async (tables) => {
    await passFence(tables, job);
    const now = new Date();
    if (isDelivered) {
      await markDelivered(tables, due, status!, now);
      return undefined;
    }
    const isTooOld = now.getTime() - due.happenedAt.getTime() > retries.giveUpAfterMs;
    const delayMs = delayAfter(due.attempts + 1, retries, retryAfterMs);
    const nextAt = isTooOld ? undefined : new Date(now.getTime() + delayMs);
    await markNotDelivered(tables, due, { status, problem: problem!, now, ...(nextAt && { nextAt }) });
    const isFailing = due.failingSince !== null && now.getTime() - due.failingSince.getTime() > retries.endAfterMs;
    if (status === GONE || isFailing) {
      await endWebhook(tables, due.webhookId, status === GONE ? 'gone' : 'failing');
      return undefined;
    }
    return nextAt && { postponeMs: delayMs };
  });
}
