import type { ColumnType, Generated } from 'kysely';
import type { AccessPurpose, ActorKind, AuditAction } from '../../contracts/access.ts';
import type { DictationJobState, ReminderKind } from '../../contracts/booking.ts';
import type { EventObject, OutboxMessage, OutboxTopic } from '../../contracts/booking-events.ts';
import type { Filled, Json, Versioned } from './columns.ts';

export interface AuditEventsTable {
  id: Filled<number>;
  at: Filled<Date>;
  actorKind: ActorKind;
  actorId: string;
  action: AuditAction;
  objectKind: string;
  objectId: string | null;
  patientIds: Generated<string[]>;
  unitId: string | null;
  purpose: AccessPurpose;
  requestId: string;
}

/** Written by the database's triggers alone. */
export interface EventsTable {
  id: Filled<number>;
  at: Filled<Date>;
  object: ColumnType<EventObject, never, never>;
  objectId: Filled<string>;
  change: ColumnType<'created' | 'changed' | 'deleted', never, never>;
  state: Filled<string | null>;
  fromState: Filled<string | null>;
  unitId: Filled<string>;
  patientId: Filled<string | null>;
  actorKind: ColumnType<ActorKind | '', never, never>;
  actorId: Filled<string>;
}

export interface OutboxTable {
  id: Filled<number>;
  topic: OutboxTopic;
  payload: Json<OutboxMessage['payload']>;
  createdAt: Filled<Date>;
  sentAt: ColumnType<Date | null, never, Date>;
}

export interface DictationJobsTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  patientId: string;
  authorId: string;
  apiKeyId: string | null;
  idempotencyKey: string;
  /** SHA-256. */
  bodyHash: Buffer;
  audioPath: string;
  state: Generated<DictationJobState>;
  noteId: string | null;
  errorCode: string | null;
  attempts: Generated<number>;
}

export interface WebhooksTable {
  id: Generated<string>;
  unitId: string;
  ownerId: string;
  url: string;
  secret: string;
  objects: EventObject[];
  active: Generated<boolean>;
  createdAt: Filled<Date>;
}

export interface WebhookDeliveriesTable {
  id: Generated<string>;
  webhookId: string;
  eventId: number;
  state: Generated<'pending' | 'delivered' | 'failed'>;
  attempts: Generated<number>;
  nextAt: Generated<Date>;
  lastStatus: number | null;
  deliveredAt: Date | null;
}

export interface RemindersTable {
  id: Generated<string>;
  unitId: string;
  patientId: string;
  kind: ReminderKind;
  /** The note, question or task. */
  objectId: string;
  toStaffId: string;
  dueAt: Date;
  shownAt: Date | null;
  dismissedAt: Date | null;
  createdAt: Filled<Date>;
}

export interface DeadLettersTable {
  id: Generated<string>;
  jobId: string;
  topic: string;
  payload: Json<unknown>;
  code: string;
  /** In Swedish, for operators. */
  reason: string;
  attempts: number;
  failedAt: Filled<Date>;
  settledAt: Date | null;
  settledBy: string | null;
}

export interface JobFencesTable {
  jobId: string;
  /** The latest. */
  start: number;
  at: Filled<Date>;
}
