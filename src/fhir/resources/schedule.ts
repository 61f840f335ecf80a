import type { Schedule } from 'fhir/r4.js';
import { withSwedishLetters } from '../../contracts/follow-up-words.ts';
import type { FhirRecords } from '../../storage/repositories/fhir-sources.ts';
import { coded, OWN_SYSTEMS } from '../systems.ts';
import { calendarActor } from './calendar-actor.ts';
import { metaOf } from './meta.ts';

/** The calendar of somebody or something at a unit. */
export function toSchedule(row: FhirRecords['resources']): Schedule {
  const { id, active, role } = row;
  return {
    resourceType: 'Schedule',
    id,
    meta: metaOf(row),
    active,
    actor: [calendarActor(row)],
    ...(role !== null && { specialty: [coded(OWN_SYSTEMS.role, role, withSwedishLetters(role))] }),
  };
}
