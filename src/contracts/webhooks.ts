import { z } from 'zod';
import { Instant } from './api-forms.ts';
import { Id } from './clinic.ts';

export const WEBHOOK_EVENTS = ['dictation.drafted', 'dictation.failed', 'note.signed'] as const;
export const WebhookEvent = z.enum(WEBHOOK_EVENTS);
export type WebhookEvent = z.infer<typeof WebhookEvent>;

/** What is told: ids only. Whoever has the right to it fetches the rest. */
export const WebhookIds = z.object({ unitId: Id, dictationId: Id.optional(), noteId: Id.optional() });
export type WebhookIds = z.infer<typeof WebhookIds>;

/** The body of a delivery. */
export interface WebhookMessage {
  readonly type: WebhookEvent;
  /** When it happened, ISO 8601. */
  readonly timestamp: string;
  readonly data: WebhookIds;
}

/** Why a webhook is sent nothing any more. */
export const WEBHOOK_ENDS = ['failing', 'gone', 'key_ended', 'host_not_allowed'] as const;
export const WebhookEnd = z.enum(WEBHOOK_ENDS);
export type WebhookEnd = z.infer<typeof WebhookEnd>;

/** Of the Standard Webhooks specification: whsec_ and 24 to 64 bytes in base64. */
export const WebhookSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'whsec_ and 24 to 64 bytes in base64');

export const NewWebhook = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'an address that starts with https:// or http://' }).max(2000),
  events: z.array(WebhookEvent).min(1, 'at least one event'),
  /** Made here when absent. */
  secret: WebhookSecret.optional(),
  /** For operators of several units; a key's own otherwise. */
  unitId: Id.optional(),
});
export type NewWebhook = z.infer<typeof NewWebhook>;

/** A subscription as it is listed, without its secret. */
export const WebhookView = z.object({
  id: Id,
  unitId: Id,
  url: z.string(),
  events: z.array(WebhookEvent),
  active: z.boolean(),
  endedBecause: WebhookEnd.nullable(),
  createdAt: Instant,
  /** Since when nothing has come through; null while all is well. */
  failingSince: Instant.nullable(),
  /** Deliveries that wait for their next attempt. */
  waiting: z.int(),
  /** What came of the latest attempt: a status, or why there is none. */
  lastTry: z.object({ at: Instant, status: z.int().nullable(), problem: z.string().nullable() }).nullable(),
});
export type WebhookView = z.infer<typeof WebhookView>;
export const WebhookList = z.object({ items: z.array(WebhookView) });

/** A subscription that was just made, with its secret: it is shown this once. */
export const MadeWebhook = WebhookView.extend({ secret: z.string() });
