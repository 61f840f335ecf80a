import { createHmac, randomBytes } from 'node:crypto';

const SECRET_PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** Seconds since 1970 and the message's own id: the same for every attempt, so that a receiver knows a repeat. */
export interface SignedPart {
  readonly id: string;
  readonly unixSeconds: number;
  readonly body: string;
}

export function newWebhookSecret(): string {
  return SECRET_PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

/**
 * The headers of a delivery: HMAC-SHA256 over id, time and body with the secret's bytes, as the Standard Webhooks
 * specification has it (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
 */
export function signatureHeaders(secret: string, { id, unixSeconds, body }: SignedPart): Record<string, string> {
  const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${unixSeconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(unixSeconds), 'webhook-signature': `v1,${signature}` };
}
