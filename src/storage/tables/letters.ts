import type { ColumnType, Generated } from 'kysely';
import type { ActorKind } from '../../contracts/access.ts';
import type {
  DeliveryChannel,
  DeliveryReason,
  DeliveryState,
  LetterKind,
  LetterState,
  LetterStep,
} from '../../contracts/delivery.ts';
import type { LetterContents, LetterForm } from '../../contracts/letter.ts';
import type { LetterTexts } from '../../contracts/letter-texts.ts';
import type { Filled, Json, Versioned } from './columns.ts';

/** What it says stays as it went out; the database refuses otherwise. */
export interface LettersTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  patientId: string;
  chainId: string;
  taskId: string;
  kind: LetterKind;
  form: LetterForm;
  contents: Json<LetterContents>;
  texts: Json<LetterTexts>;
  state: Generated<LetterState>;
  readAt: Date | null;
  /** Kept by the database: no channel could bring it, and nobody has told the patient by hand. */
  unreached: Filled<boolean>;
}

export interface LetterDeliveriesTable extends Versioned {
  id: Generated<string>;
  letterId: string;
  unitId: string;
  patientId: string;
  /** From 1. */
  position: number;
  channel: DeliveryChannel;
  waitHours: number | null;
  state: Generated<DeliveryState>;
  /** Null until those before it have had their time. */
  dueAt: Date | null;
  attempts: Generated<number>;
  /** Of the attempt under way, or cut off; `begunBy` is its job. */
  begunAt: Date | null;
  begunBy: string | null;
  firstTriedAt: Date | null;
  toldAt: Date | null;
  reason: DeliveryReason | null;
  batchId: string | null;
}

/** Written by the database alone. */
export interface LetterStepsTable {
  id: Filled<number>;
  letterId: Filled<string>;
  deliveryId: Filled<string | null>;
  unitId: Filled<string>;
  patientId: Filled<string>;
  step: ColumnType<LetterStep, never, never>;
  channel: ColumnType<DeliveryChannel | null, never, never>;
  reason: ColumnType<DeliveryReason | null, never, never>;
  dueAt: Filled<Date | null>;
  actorKind: ColumnType<ActorKind, never, never>;
  actorId: Filled<string>;
  at: Filled<Date>;
}

/** Letters that are printed together. */
export interface PrintBatchesTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  madeBy: string;
  printedAt: Date | null;
}
