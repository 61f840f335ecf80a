import type { RelatedPerson } from 'fhir/r4.js';
import type { GuardianRecord } from '../../storage/repositories/fhir-sources.ts';
import { referenceTo } from '../systems.ts';
import { metaOf } from './meta.ts';
import { identityOf, PROTECTED_LABELS } from './patient.ts';

const GUARDIAN = { system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'GUARD', display: 'guardian' };

/** Whoever looks after a child; with a protected identity of either nothing that tells who or where it is. */
export function toRelatedPerson(row: GuardianRecord): RelatedPerson {
  const { id, patientId, protectedIdentity } = row;
  return {
    resourceType: 'RelatedPerson',
    id,
    meta: { ...metaOf(row), ...(protectedIdentity && { security: PROTECTED_LABELS }) },
    active: true,
    patient: referenceTo('Patient', patientId),
    relationship: [{ coding: [GUARDIAN], text: 'Vårdnadshavare' }],
    ...identityOf(row),
  };
}
