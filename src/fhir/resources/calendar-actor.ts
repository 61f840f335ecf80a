import type { Reference } from 'fhir/r4.js';
import type { ResourceKind } from '../../contracts/calendar.ts';
import { type FhirTypeName, referenceTo } from '../systems.ts';

/** What each kind of line in the calendar is in FHIR; a person is the member of staff. */
const ACTOR_TYPES = {
  person: 'Practitioner',
  role: 'HealthcareService',
  room: 'Location',
  equipment: 'Device',
  interpreter: 'HealthcareService',
} as const satisfies Record<ResourceKind, FhirTypeName>;

export const CALENDAR_ACTORS: readonly FhirTypeName[] = [...new Set(Object.values(ACTOR_TYPES))];

/** Whom a line of the calendar stands for. */
export function calendarActor({
  id,
  kind,
  name,
  staffId,
}: {
  readonly id: string;
  readonly kind: ResourceKind;
  readonly name: string;
  readonly staffId: string | null;
}): Reference {
  return referenceTo(ACTOR_TYPES[kind], staffId ?? id, name);
}

/** Kinds of line that a type stands for. */
export function kindsServedAs(type: FhirTypeName): ResourceKind[] {
  return (Object.keys(ACTOR_TYPES) as ResourceKind[]).filter((kind) => ACTOR_TYPES[kind] === type);
}
