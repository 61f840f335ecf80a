import type { Postponed } from '../queue/attempt.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { changeDelivery } from '../storage/repositories/deliveries.ts';
import { delayAfter } from '../webhooks/retry-times.ts';
import type { Outcome } from './channel.ts';
import { goOn } from './go-on.ts';
import { type HeldDelivery, heldDelivery } from './held-delivery.ts';
import { isLastChance, visitToTell } from './near-visit.ts';
import type { DeliveryTimes } from './settings.ts';

/** `broken`: the attempt failed by this program's own fault, whatever was tried. */
type Settled = Outcome | { readonly is: 'broken' };

/**
 * Puts down what came of an attempt and gives the next channel its turn. What was on its way when it was stopped is told
 * as sent all the same.
 */
export async function settleDelivery(
  transaction: AuditedTransaction,
  deliveryId: string,
  outcome: Settled,
  times: DeliveryTimes,
): Promise<Postponed | undefined> {
  const held = await heldDelivery(transaction, deliveryId);
  if (held === undefined) return undefined;
  const { letter, delivery } = held;
  const now = new Date();
  if (delivery.state === 'stopped' && outcome.is === 'sent') {
    await changeDelivery(transaction, deliveryId, { ...OVER, state: 'sent', toldAt: now });
  }
  if (delivery.state !== 'waiting') return undefined;
  switch (outcome.is) {
    case 'sent':
      await changeDelivery(transaction, deliveryId, { ...OVER, state: 'sent', toldAt: now, reason: null });
      await goOn(transaction, letter, delivery, now);
      return undefined;
    case 'ready':
      await changeDelivery(transaction, deliveryId, { ...OVER, state: 'ready', reason: null });
      return undefined;
    case 'skipped':
    case 'failed':
      await changeDelivery(transaction, deliveryId, { ...OVER, state: outcome.is, reason: outcome.reason });
      await goOn(transaction, letter, delivery, now);
      return undefined;
    case 'broken':
      await changeDelivery(transaction, deliveryId, { ...OVER, state: 'failed', reason: 'program_error' });
      await goOn(transaction, letter, delivery, now);
      return undefined;
    case 'delayed':
      return delayed(transaction, held, outcome, times);
    default:
      return outcome satisfies never;
  }
}

const OVER = { begunAt: null, begunBy: null } as const;

async function delayed(
  transaction: AuditedTransaction,
  { letter, delivery, later }: HeldDelivery,
  { reason, retryAfterMs }: Extract<Outcome, { is: 'delayed' }>,
  times: DeliveryTimes,
): Promise<Postponed | undefined> {
  const { id, attempts, firstTriedAt } = delivery;
  const now = new Date();
  const triedForMs = now.getTime() - (firstTriedAt ?? now).getTime();
  const postponeMs = delayAfter(attempts, times, retryAfterMs);
  const nextTry = new Date(now.getTime() + postponeMs);
  if (triedForMs > times.giveUpAfterMs || isLastChance(later, { now, nextTry, visitAt: visitToTell(letter, now) })) {
    await changeDelivery(transaction, id, { ...OVER, state: 'failed', reason });
    await goOn(transaction, letter, delivery, now);
    return undefined;
  }
  await changeDelivery(transaction, id, { ...OVER, reason, dueAt: nextTry });
  return { postponeMs };
}
