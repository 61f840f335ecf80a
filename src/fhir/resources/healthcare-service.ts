import type { HealthcareService } from 'fhir/r4.js';
import { withSwedishLetters } from '../../contracts/follow-up-words.ts';
import type { FhirRecords } from '../../storage/repositories/fhir-sources.ts';
import { coded, LANGUAGE_SYSTEM, OWN_SYSTEMS, referenceTo } from '../systems.ts';
import { metaOf } from './meta.ts';

/** A line without a name on it, such as the laboratory's, or an interpreter. */
export function toHealthcareService(row: FhirRecords['resources']): HealthcareService {
  const { id, unitId, name, active, role, language } = row;
  return {
    resourceType: 'HealthcareService',
    id,
    meta: metaOf(row),
    active,
    name,
    providedBy: referenceTo('Organization', unitId),
    ...(role !== null && { specialty: [coded(OWN_SYSTEMS.role, role, withSwedishLetters(role))] }),
    ...(language !== null && { communication: [coded(LANGUAGE_SYSTEM, language)] }),
  };
}
