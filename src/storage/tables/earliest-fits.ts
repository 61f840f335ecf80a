import type { Generated } from 'kysely';
import type { Filled } from './columns.ts';

/** When the earliest time of a task was looked for; what was found stands with the task. Written by raw statements. */
export interface EarliestFitsTable {
  taskId: Filled<string>;
  unitId: Filled<string>;
  computedAt: Filled<Date | null>;
  isStale: Filled<boolean>;
  /** The slack that came of it, by which the next search takes its turn. */
  place: Filled<number>;
  startsAt: Filled<Date | null>;
  /** YYYY-MM-DD. */
  firstDay: Filled<string | null>;
  lastDay: Filled<string | null>;
}

/** How far changes have been looked through; one row. */
export interface EarliestFitsSeenTable {
  id: Generated<boolean>;
  eventId: number;
  stepId: number;
}
