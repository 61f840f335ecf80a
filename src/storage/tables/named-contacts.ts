import type { Generated } from 'kysely';
import type { Versioned } from './columns.ts';

/** Fast vårdkontakt: whom at a unit a patient turns to. */
export interface NamedContactsTable extends Versioned {
  id: Generated<string>;
  unitId: string;
  patientId: string;
  staffId: string;
  /** The unit's own where it is null. */
  phone: string | null;
}
