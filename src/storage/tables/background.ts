import type { ColumnType, Generated } from 'kysely';
import type { AccessPurpose, ActorKind, AuditAction } from '../../contracts/access.ts';
import type { ReminderKind } from '../../contracts/booking.ts';
import type { EventObject, OutboxMessage, OutboxTopic } from '../../contracts/booking-events.ts';
import type { Filled, Json } from './columns.ts';

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
  /** Of changed accounts; never about a patient. */
  detail: string | null;
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
  /** The tasks that it belongs to. */
  chainId: Filled<string | null>;
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
  /** Null where it came right by itself. */
  settledBy: string | null;
  /** Of one that is not to be done. */
  setAsideReason: string | null;
}

export interface JobFencesTable {
  jobId: string;
  /** The latest. */
  start: number;
  at: Filled<Date>;
}
