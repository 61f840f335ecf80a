import type { Generated } from 'kysely';
import type { SickDayVisitState } from '../../contracts/sick-day.ts';
import type { Versioned } from './columns.ts';

/** Days are YYYY-MM-DD, both included. */
export interface SickDaysTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  resourceId: string;
  /** Null once the calendar was opened again. */
  closureId: string | null;
  firstDay: string;
  lastDay: string;
  declaredBy: string;
  endedAt: Date | null;
}

export interface SickDayVisitsTable extends Versioned {
  id: Generated<string>;
  sickDayId: string;
  unitId: string;
  patientId: string;
  appointmentId: string;
  state: Generated<SickDayVisitState>;
  /** When it was to be, before it was moved. */
  startsAt: Date;
  endsAt: Date;
  settledBy: string | null;
  settledAt: Date | null;
}
