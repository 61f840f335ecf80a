import type { CareTeam } from 'fhir/r4.js';
import { withSwedishLetters } from '../../contracts/follow-up-words.ts';
import type { TeamRecord } from '../../storage/repositories/fhir-sources.ts';
import { coded, OWN_SYSTEMS, referenceTo } from '../systems.ts';
import { metaOf } from './meta.ts';

const NAMED = 'Fast vårdkontakt';
const IN_CHARGE = 'Ansvarig för planeringen';

/** The one person on a patient's plan: the named contact, else whoever is in charge of what is planned. */
export function toCareTeam(row: TeamRecord): CareTeam {
  const { id, patientId, unitId, staffId, profession, phone, isNamed } = row;
  return {
    resourceType: 'CareTeam',
    id,
    meta: metaOf(row),
    status: 'active',
    name: isNamed ? NAMED : IN_CHARGE,
    subject: referenceTo('Patient', patientId),
    participant: [
      {
        ...(profession !== null && { role: [coded(OWN_SYSTEMS.role, profession, withSwedishLetters(profession))] }),
        member: referenceTo('Practitioner', staffId),
        onBehalfOf: referenceTo('Organization', unitId),
      },
    ],
    ...(phone !== null && { telecom: [{ system: 'phone' as const, value: phone }] }),
    managingOrganization: [referenceTo('Organization', unitId)],
  };
}
