import type { Filled } from './columns.ts';

/** A visit at a time of which the patient was reminded, or did not have to be. */
export interface VisitRemindersTable {
  appointmentId: string;
  startsAt: Date;
  unitId: string;
  patientId: string;
  letterId: string | null;
  /** The code of why no letter could be written. */
  problem: string | null;
  createdAt: Filled<Date>;
}
