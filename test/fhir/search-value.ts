import type { FhirResource } from 'fhir/r4.js';

/** Where each search parameter finds what it searches by; of several places the first that is there. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  _id: ['id'],
  _lastUpdated: ['meta.lastUpdated'],
  'authored-on': ['authoredOn'],
  authored: ['authoredOn'],
  birthdate: ['birthDate'],
  created: ['createdDateTime'],
  date: ['start', 'date'],
  modified: ['lastModified'],
  identifier: ['identifier', 'masterIdentifier'],
  'group-identifier': ['groupIdentifier'],
  'business-status': ['businessStatus.coding'],
  category: ['category.coding'],
  code: ['code.coding'],
  'service-type': ['serviceType.coding'],
  specialty: ['specialty.coding'],
  patient: ['subject', 'for', 'patient', 'participant.actor'],
  actor: ['participant.actor', 'actor'],
  practitioner: ['participant.actor'],
  location: ['participant.actor'],
  participant: ['participant.member'],
  'based-on': ['basedOn'],
  organization: ['managingOrganization', 'providedBy', 'owner'],
  family: ['name.family'],
  given: ['name.given'],
  name: ['name.given'],
};
const LED_TO: Readonly<Record<string, string>> = {
  patient: 'Patient/',
  practitioner: 'Practitioner/',
  owner: 'Practitioner/',
  organization: 'Organization/',
  location: 'Location/',
};

/** A value by which a parameter finds a resource; undefined where the resource has none. */
export function searchValue(name: string, resource: FhirResource): string | undefined {
  const values = (PLACES[name] ?? [name]).flatMap((place) => valuesAt(resource, place.split('.')));
  return values.map(written).find((value) => value?.startsWith(LED_TO[name] ?? ''));
}

function valuesAt(value: unknown, [step, ...rest]: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, step === undefined ? [] : [step, ...rest]));
  if (step === undefined) return value === undefined ? [] : [value];
  return typeof value === 'object' && value !== null ? valuesAt((value as Record<string, unknown>)[step], rest) : [];
}

function written(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const { reference, system, value: identifier, code } = value as Record<string, string | undefined>;
  return reference ?? `${system}|${identifier ?? code}`;
}
