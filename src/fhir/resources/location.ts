import type { Location } from 'fhir/r4.js';
import type { FhirRecords } from '../../storage/repositories/fhir-sources.ts';
import { referenceTo } from '../systems.ts';
import { metaOf } from './meta.ts';

const ROOM = { system: 'http://terminology.hl7.org/CodeSystem/location-physical-type', code: 'ro', display: 'Room' };

/** A room of a unit. */
export function toLocation(row: FhirRecords['resources']): Location {
  const { id, unitId, name, active } = row;
  return {
    resourceType: 'Location',
    id,
    meta: metaOf(row),
    status: active ? 'active' : 'inactive',
    name,
    mode: 'instance',
    physicalType: { coding: [ROOM] },
    managingOrganization: referenceTo('Organization', unitId),
  };
}
