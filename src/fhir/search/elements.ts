import type { FhirResource } from 'fhir/r4.js';

/** What R4 wants of each type, however little was asked for: what must be there, alone or beside something else. */
const NEEDED: Partial<Readonly<Record<FhirResource['resourceType'], readonly string[]>>> = {
  Appointment: ['status', 'start', 'end', 'participant'],
  CarePlan: ['status', 'intent', 'subject'],
  Communication: ['status'],
  DocumentReference: ['status', 'content'],
  Media: ['status', 'content'],
  Organization: ['identifier', 'name'],
  Provenance: ['target', 'recorded', 'agent'],
  RelatedPerson: ['patient'],
  Schedule: ['actor'],
  ServiceRequest: ['status', 'intent', 'code', 'subject'],
  Slot: ['schedule', 'status', 'start', 'end'],
  Task: ['status', 'intent'],
};
const ALWAYS = ['resourceType', 'id', 'meta'];
const SUBSETTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

/** A resource with some of its elements, marked as such; whole where none are named. */
export function withElements(resource: FhirResource, elements: readonly string[]): FhirResource {
  if (elements.length === 0) return resource;
  const wanted = [...ALWAYS, ...(NEEDED[resource.resourceType] ?? []), ...elements];
  const kept = Object.fromEntries(Object.entries(resource).filter(([name]) => wanted.includes(name)));
  return { ...kept, meta: { ...resource.meta, tag: [SUBSETTED] } } as FhirResource;
}
