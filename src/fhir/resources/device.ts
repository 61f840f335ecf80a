import type { Device } from 'fhir/r4.js';
import type { FhirRecords } from '../../storage/repositories/fhir-sources.ts';
import { referenceTo } from '../systems.ts';
import { metaOf } from './meta.ts';

/** A piece of equipment that is booked. */
export function toDevice(row: FhirRecords['resources']): Device {
  const { id, unitId, name, active } = row;
  return {
    resourceType: 'Device',
    id,
    meta: metaOf(row),
    status: active ? 'active' : 'inactive',
    deviceName: [{ name, type: 'user-friendly-name' }],
    owner: referenceTo('Organization', unitId),
  };
}
