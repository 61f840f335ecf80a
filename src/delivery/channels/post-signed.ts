import type { SignedAddress } from '../../contracts/delivery-settings.ts';
import { type SendOutcome, send } from '../../webhooks/send.ts';
import type { Outcome } from '../channel.ts';

const ID_PREFIX = 'letter_';
/** Statuses below 500 that say "not now" (RFC 9110), or that the two sides do not know each other yet: mended by hand. */
const NOT_NOW: ReadonlySet<number> = new Set([401, 403, 404, 407, 408, 421, 423, 425, 429]);

/** Posts a message to a service, signed as webhooks are. Its id is the same at every attempt. */
export async function postSigned(
  { url, secret }: SignedAddress,
  { id, body, timeoutMs }: { readonly id: string; readonly body: string; readonly timeoutMs: number },
): Promise<Outcome> {
  return outcomeOf(await send({ url, secret, id: ID_PREFIX + id, body, timeoutMs, now: new Date() }));
}

function outcomeOf({ isDelivered, status, isLate, retryAfterMs }: SendOutcome): Outcome {
  if (isDelivered) return { is: 'sent' };
  if (status === null) return { is: 'delayed', reason: isLate ? 'no_answer' : 'unreachable' };
  const isRefused = status >= 400 && status < 500 && !NOT_NOW.has(status);
  return isRefused ? { is: 'failed', reason: 'refused' } : { is: 'delayed', reason: 'unavailable', retryAfterMs };
}
