import type { ColumnType, Generated } from 'kysely';
import type { ActorKind } from '../../contracts/access.ts';
import type {
  AppointmentCancelReason,
  AppointmentState,
  AppointmentStep,
  MoveReason,
  ResourceKind,
  Wish,
} from '../../contracts/calendar.ts';
import type { RequestType } from '../../contracts/followup.ts';
import type { Filled, Versioned } from './columns.ts';

type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export interface ResourcesTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  kind: ResourceKind;
  staffId: string | null;
  name: string;
  role: string | null;
  /** Of an interpreter. */
  language: string | null;
  active: Generated<boolean>;
  whose: Filled<string>;
}

export interface VisitTypesTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  name: string;
  /** What patients read; null for the name. */
  publicName: Generated<string | null>;
  type: RequestType;
  service: string | null;
  role: string | null;
  durationMinutes: number;
  interpreterExtraMinutes: Generated<number>;
  roomIds: Generated<string[]>;
  equipmentIds: Generated<string[]>;
  patientsBook: Generated<boolean>;
  patientsRebook: Generated<boolean>;
  active: Generated<boolean>;
}

/** Minutes are since midnight by the clock on the wall; days are YYYY-MM-DD. */
export interface SlotTemplatesTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  resourceId: string;
  weekday: ColumnType<Weekday, number, number>;
  fromMinute: number;
  untilMinute: number;
  slotMinutes: number;
  everyWeeks: Generated<number>;
  validFrom: string;
  validUntil: string | null;
  roomId: string | null;
  visitTypeIds: Generated<string[]>;
  lentUntilDays: number | null;
  onFreeDays: Generated<boolean>;
  onBridgeDays: Generated<boolean>;
}

export interface ClosuresTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  /** Null for the whole unit. */
  resourceId: string | null;
  firstDay: string;
  lastDay: string;
  fromMinute: number | null;
  untilMinute: number | null;
  reason: string;
}

export interface AppointmentsTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  patientId: string;
  taskId: string | null;
  occasion: Generated<number>;
  chainId: Generated<string>;
  encounterId: string | null;
  visitTypeId: string;
  type: RequestType;
  state: AppointmentState;
  reservedUntil: Date | null;
  startsAt: Date;
  endsAt: Date;
  performerId: string;
  otherResourceIds: Generated<string[]>;
  givesUp: Generated<Wish[]>;
  interpreterLanguage: string | null;
  cancelReason: AppointmentCancelReason | null;
  cancelNote: string | null;
  /** On whose account it was moved last. */
  moveReason: ColumnType<MoveReason | null, never, MoveReason | null>;
}

/** Written by the database alone. */
export interface AppointmentStepsTable {
  id: Filled<number>;
  appointmentId: Filled<string>;
  unitId: Filled<string>;
  patientId: Filled<string>;
  step: ColumnType<AppointmentStep, never, never>;
  startsAt: Filled<Date>;
  endsAt: Filled<Date>;
  performerId: Filled<string>;
  actorKind: ColumnType<ActorKind, never, never>;
  actorId: Filled<string>;
  at: Filled<Date>;
  /** Of a move or a cancellation. */
  reason: ColumnType<AppointmentCancelReason | null, never, never>;
}
