import type { Generated } from 'kysely';
import type { PatientPreference } from '../../contracts/followup.ts';
import type { Json, Versioned } from './columns.ts';

/** What a patient wishes of the times of a chain, as staff wrote it down. */
export interface PatientWishesTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  patientId: string;
  chainId: string;
  preference: Json<PatientPreference>;
  note: string | null;
  statedBy: string;
  statedAt: Generated<Date>;
}
