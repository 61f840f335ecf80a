import type { RecordFilter } from '../../storage/repositories/fhir-records.ts';
import type { FhirType } from '../fhir-type.ts';
import { CALENDAR_ACTORS, kindsServedAs } from '../resources/calendar-actor.ts';
import { toDevice } from '../resources/device.ts';
import { toHealthcareService } from '../resources/healthcare-service.ts';
import { toLocation } from '../resources/location.ts';
import { toOrganization } from '../resources/organization.ts';
import { toPractitioner } from '../resources/practitioner.ts';
import { toSchedule } from '../resources/schedule.ts';
import { anyReferenceParameter, codeParameter, hsaIdParameter, referenceParameter } from '../search/parameters.ts';
import { storedType } from '../stored-type.ts';
import { type FhirTypeName, OWN_SYSTEMS } from '../systems.ts';

/** What a unit books with, as far as FHIR has it under this type's name. */
function linesAs(type: FhirTypeName): RecordFilter[] {
  return [{ column: 'kind', isOneOf: kindsServedAs(type) }];
}

/** Who and what a clinic is and books with. */
export const CLINIC_TYPES: readonly FhirType[] = [
  storedType({
    type: 'Device',
    documentation: 'Equipment that is booked',
    purpose: 'booking',
    from: 'resources',
    only: linesAs('Device'),
    params: { organization: referenceParameter(['Organization'], 'unit_id', 'Whose it is') },
    map: toDevice,
  }),
  storedType({
    type: 'HealthcareService',
    documentation: 'Lines of the calendar without a name on them, such as the laboratory’s; interpreters',
    purpose: 'booking',
    from: 'resources',
    only: linesAs('HealthcareService'),
    params: { organization: referenceParameter(['Organization'], 'unit_id', 'Whose it is') },
    map: toHealthcareService,
  }),
  storedType({
    type: 'Location',
    documentation: 'Rooms',
    purpose: 'booking',
    from: 'resources',
    only: linesAs('Location'),
    params: { organization: referenceParameter(['Organization'], 'unit_id', 'Whose it is') },
    map: toLocation,
  }),
  storedType({
    type: 'Organization',
    documentation: 'The own units',
    purpose: 'booking',
    from: 'units',
    params: { identifier: hsaIdParameter() },
    map: toOrganization,
  }),
  storedType({
    type: 'Practitioner',
    documentation: 'Staff of the own units',
    purpose: 'booking',
    from: 'staff',
    params: { identifier: hsaIdParameter() },
    map: toPractitioner,
  }),
  storedType({
    type: 'Schedule',
    documentation: 'Calendars of people, lines, rooms, equipment and interpreters',
    purpose: 'booking',
    from: 'resources',
    params: {
      actor: anyReferenceParameter(CALENDAR_ACTORS, { columns: ['id', 'staff_id'] }, 'Whose it is'),
      specialty: codeParameter('role', OWN_SYSTEMS.role, 'The profession'),
    },
    includes: { actor: { path: 'actor', types: CALENDAR_ACTORS } },
    map: toSchedule,
  }),
];
