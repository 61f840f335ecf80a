import type { Generated } from 'kysely';
import type { DictationState, DictationWishes } from '../../contracts/dictations.ts';
import type { ErrorCode } from '../../contracts/errors.ts';
import type { WebhookEnd, WebhookEvent, WebhookIds } from '../../contracts/webhooks.ts';
import type { Filled, Json, Versioned } from './columns.ts';

export interface DictationsTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  patientId: string;
  encounterId: string | null;
  authorId: string;
  /** One of the two has sent it. */
  apiKeyId: string | null;
  sentBy: string | null;
  idempotencyKey: string;
  /** SHA-256 of fields and file. */
  bodyHash: Buffer;
  recordedAt: Date;
  wishes: Json<DictationWishes>;
  soundBytes: number;
  soundType: string;
  soundRemovedAt: Date | null;
  state: Generated<DictationState>;
  noteId: string | null;
  errorCode: ErrorCode | null;
  attempts: Generated<number>;
  handedOverAt: Date | null;
  handedOverBy: string | null;
}

export interface DictationProgressTable {
  dictationId: string;
  doneSeconds: number;
  totalSeconds: number;
}

export interface WebhooksTable {
  id: Generated<string>;
  unitId: string;
  ownerId: string;
  apiKeyId: string | null;
  url: string;
  /** whsec_ and base64: needed to sign, so it is kept as it is. */
  secret: string;
  events: WebhookEvent[];
  active: Generated<boolean>;
  failingSince: Date | null;
  endedBecause: WebhookEnd | null;
  createdAt: Filled<Date>;
}

/** Made by the database, with the event. */
export interface WebhookDeliveriesTable {
  id: Filled<string>;
  webhookId: Filled<string>;
  eventId: Filled<number>;
  type: Filled<WebhookEvent>;
  data: Filled<WebhookIds>;
  state: Generated<'pending' | 'delivered' | 'failed'>;
  attempts: Generated<number>;
  nextAt: Generated<Date>;
  triedAt: Date | null;
  lastStatus: number | null;
  lastProblem: string | null;
  deliveredAt: Date | null;
}
