import type { Patient } from 'fhir/r4.js';
import { INTERPRETER_EXTENSION, PERSONAL_NUMBER_SYSTEMS, PROTECTED_LABEL } from '../../contracts/fhir-systems.ts';
import type { FhirRecords } from '../../storage/repositories/fhir-sources.ts';
import { LANGUAGE_SYSTEM, referenceTo } from '../systems.ts';
import { metaOf } from './meta.ts';

/** HL7 Sweden's labels of a sekretessmarkering. */
export const PROTECTED_LABELS = [
  { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'DEMO' },
  PROTECTED_LABEL,
];
const PROTECTED_NAME = 'Skyddad uppgift';

type Person = Pick<
  FhirRecords['patients'],
  | 'protectedIdentity'
  | 'personalNumber'
  | 'personalNumberKind'
  | 'givenName'
  | 'familyName'
  | 'birthDate'
  | 'phone'
  | 'email'
  | 'address'
>;

/** With protected identity nothing that tells who or where it is. */
export function toPatient(row: FhirRecords['patients']): Patient {
  const { id, unitId, protectedIdentity, interpreterLanguage } = row;
  return {
    resourceType: 'Patient',
    id,
    meta: { ...metaOf(row), ...(protectedIdentity && { security: PROTECTED_LABELS }) },
    ...(interpreterLanguage !== null && {
      extension: [{ url: INTERPRETER_EXTENSION, valueBoolean: true }],
      communication: [
        { language: { coding: [{ system: LANGUAGE_SYSTEM, code: interpreterLanguage }] }, preferred: true },
      ],
    }),
    active: true,
    managingOrganization: referenceTo('Organization', unitId),
    ...identityOf(row),
  };
}

/** Who somebody is; of a protected identity nothing but that. */
export function identityOf(person: Person): Pick<Patient, 'identifier' | 'name' | 'birthDate' | 'telecom' | 'address'> {
  if (person.protectedIdentity) return { name: [{ use: 'official', text: PROTECTED_NAME }] };
  const { personalNumber, personalNumberKind, givenName, familyName, birthDate, phone, email, address } = person;
  return {
    identifier: [{ use: 'official', system: PERSONAL_NUMBER_SYSTEMS[personalNumberKind], value: personalNumber }],
    name: [{ use: 'official', text: `${givenName} ${familyName}`, family: familyName, given: givenName.split(/\s+/) }],
    ...(birthDate !== null && { birthDate }),
    ...((phone !== null || email !== null) && {
      telecom: [
        ...(phone === null ? [] : [{ system: 'phone' as const, value: phone }]),
        ...(email === null ? [] : [{ system: 'email' as const, value: email }]),
      ],
    }),
    ...(address !== null && { address: [{ text: address }] }),
  };
}
