import type { Organization } from 'fhir/r4.js';
import type { FhirRecords } from '../../storage/repositories/fhir-sources.ts';
import { hsaIdentifiers } from '../systems.ts';
import { metaOf } from './meta.ts';

/** A unit of the clinic. */
export function toOrganization(row: FhirRecords['units']): Organization {
  const { id, hsaId, name, phone, address } = row;
  return {
    resourceType: 'Organization',
    id,
    meta: metaOf(row),
    ...(hsaId !== null && { identifier: hsaIdentifiers(hsaId) }),
    active: true,
    name,
    ...(phone !== null && { telecom: [{ system: 'phone' as const, value: phone }] }),
    ...(address !== null && { address: [{ text: address }] }),
  };
}
