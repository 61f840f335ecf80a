import type { Practitioner } from 'fhir/r4.js';
import { withSwedishLetters } from '../../contracts/follow-up-words.ts';
import type { FhirRecords } from '../../storage/repositories/fhir-sources.ts';
import { coded, hsaIdentifiers, OWN_SYSTEMS } from '../systems.ts';
import { metaOf } from './meta.ts';

export function toPractitioner(row: FhirRecords['staff']): Practitioner {
  const { id, hsaId, active, givenName, familyName, profession } = row;
  return {
    resourceType: 'Practitioner',
    id,
    meta: metaOf(row),
    ...(hsaId !== null && { identifier: hsaIdentifiers(hsaId) }),
    active,
    name: [{ text: `${givenName} ${familyName}`, family: familyName, given: givenName.split(/\s+/) }],
    ...(profession !== null && {
      qualification: [{ code: coded(OWN_SYSTEMS.role, profession, withSwedishLetters(profession)) }],
    }),
  };
}
