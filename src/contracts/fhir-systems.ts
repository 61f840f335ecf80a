import type { PersonalNumberKind } from './clinic.ts';

/** HL7 Sweden's base identifiers of people. */
export const PERSONAL_NUMBER_SYSTEMS: Readonly<Record<PersonalNumberKind, string>> = {
  personnummer: 'http://electronichealth.se/identifier/personnummer',
  samordningsnummer: 'http://electronichealth.se/identifier/samordningsnummer',
  reservnummer: 'http://electronichealth.se/identifier/nationelltReservnummer',
};

/** HSA-id, of staff and units. */
export const HSA_SYSTEM = 'urn:oid:1.2.752.29.4.19';

/** HL7 Sweden's label of a protected identity. */
export const PROTECTED_LABEL = {
  system: 'http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel',
  code: 'sekretessmarkering',
} as const;

export const INTERPRETER_EXTENSION = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired';

/** Professions, as requests name them. */
export const ROLE_SYSTEM = 'urn:taltid:role';
