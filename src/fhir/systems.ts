import type { CodeableConcept, Identifier, Reference } from 'fhir/r4.js';
import { HSA_SYSTEM, ROLE_SYSTEM } from '../contracts/fhir-systems.ts';

/** A value that is itself a URI, such as `urn:uuid:`. */
export const URI_SYSTEM = 'urn:ietf:rfc:3986';
export const LANGUAGE_SYSTEM = 'urn:ietf:bcp:47';

/** The product's own codes: they are the names of its contracts. */
export const OWN_SYSTEMS = {
  requestType: 'urn:taltid:request-type',
  role: ROLE_SYSTEM,
  visitType: 'urn:taltid:visit-type',
  taskState: 'urn:taltid:task-state',
  letterKind: 'urn:taltid:letter-kind',
} as const;

/** The types that are served, which references lead to. */
export const FHIR_TYPE_NAMES = [
  'Appointment',
  'CarePlan',
  'CareTeam',
  'Communication',
  'Device',
  'DocumentReference',
  'HealthcareService',
  'Location',
  'Media',
  'Organization',
  'Patient',
  'Practitioner',
  'Provenance',
  'RelatedPerson',
  'Schedule',
  'ServiceRequest',
  'Slot',
  'Task',
] as const;
export type FhirTypeName = (typeof FHIR_TYPE_NAMES)[number];

export function referenceTo(type: FhirTypeName, id: string, display?: string): Reference {
  return { reference: `${type}/${id}`, type, ...(display !== undefined && { display }) };
}

export function uuidIdentifier(id: string): Identifier {
  return { system: URI_SYSTEM, value: `urn:uuid:${id}` };
}

export function hsaIdentifiers(hsaId: string | null): Identifier[] {
  return hsaId === null ? [] : [{ use: 'official', system: HSA_SYSTEM, value: hsaId }];
}

export function coded(system: string, code: string, text?: string): CodeableConcept {
  return {
    coding: [{ system, code, ...(text !== undefined && { display: text }) }],
    ...(text !== undefined && { text }),
  };
}
