import type { FhirIdentifier } from '../contracts/fhir-bundle.ts';
import { INTERPRETER_EXTENSION, PERSONAL_NUMBER_SYSTEMS, PROTECTED_LABEL } from '../contracts/fhir-systems.ts';
import {
  type BundleBook,
  type Bundled,
  type BundledRow,
  type Fields,
  hsaIdOf,
  namesOf,
  professionOf,
} from './bundled.ts';

/** HL7's code of a guardian. */
const GUARDIAN = 'GUARD';

/**
 * Patients with their guardians: a RelatedPerson who is the guardian of one is a patient of its own, as a table has it.
 * Of several guardians of one patient the first is taken.
 */
export function bundledPatients(book: BundleBook): BundledRow<'patients'>[] {
  const guardians = book.all('RelatedPerson').filter(({ resource }) => isGuardian(resource));
  // The first comes last, so that it stays.
  const guardianOf = new Map(
    guardians.toReversed().map(({ resource: { patient, identifier } }) => [book.find('Patient', patient), identifier]),
  );
  const rows = book.all('Patient').map(({ line, resource }) => {
    const guardian = personalNumberOf(guardianOf.get(resource) ?? []);
    return { line, fields: { ...patientFields(resource), guardian } };
  });
  const numbers = new Set(rows.map(({ fields }) => fields.personalNumber));
  for (const { line, resource } of guardians) {
    const fields = personFields(resource);
    if (numbers.has(fields.personalNumber)) continue;
    numbers.add(fields.personalNumber);
    rows.push({ line, fields: { ...fields, guardian: undefined } });
  }
  return rows;
}

/** Of a Patient, or of a reference to one. */
export function personalNumberOf(identifiers: readonly FhirIdentifier[]): string | undefined {
  const systems = Object.values(PERSONAL_NUMBER_SYSTEMS);
  return identifiers.find(({ system }) => systems.some((one) => one === system))?.value;
}

function isGuardian({ active, patient, relationship }: Bundled<'RelatedPerson'>): boolean {
  const codings = relationship.flatMap(({ coding }) => coding);
  return active && patient !== undefined && codings.some(({ code }) => code === GUARDIAN);
}

function patientFields(patient: Bundled<'Patient'>): Fields<'patients'> {
  const { extension, communication } = patient;
  const needsInterpreter = extension.some(
    ({ url, valueBoolean }) => url === INTERPRETER_EXTENSION && valueBoolean === true,
  );
  const interpreterLanguage = needsInterpreter ? communication[0]?.language.coding[0]?.code : '';
  return { ...personFields(patient), interpreterLanguage };
}

function personFields(person: Bundled<'Patient' | 'RelatedPerson'>): Fields<'patients'> {
  const isProtected = person.meta?.security.some(
    ({ system, code }) => system === PROTECTED_LABEL.system && code === PROTECTED_LABEL.code,
  );
  const [address] = person.address;
  const contactBy = (system: string) => person.telecom.find((one) => one.system === system)?.value;
  return {
    personalNumber: personalNumberOf(person.identifier),
    ...namesOf(person.name),
    protectedIdentity: isProtected ? 'ja' : '',
    phone: contactBy('phone'),
    email: contactBy('email'),
    address: address && address.line.length > 0 ? address.line.join(', ') : address?.text,
    postalCode: address?.postalCode,
    city: address?.city,
  };
}

/**
 * Accounts of Practitioners: one for each unit at which a PractitionerRole has them, or one where nothing says. Those
 * who have left are left out.
 */
export function bundledStaff(book: BundleBook): BundledRow<'staff'>[] {
  const rows = new Map<string, BundledRow<'staff'>>();
  const roles = book.all('PractitionerRole');
  for (const { line, resource: role } of roles) {
    const practitioner = book.find('Practitioner', role.practitioner);
    if (!role.active || practitioner?.active === false) continue;
    const fields = practitioner ? staffFields(practitioner) : { hsaId: role.practitioner?.identifier?.value };
    const unit = unitOf(book, role);
    const key = `${fields.hsaId ?? role.practitioner?.reference} ${unit}`;
    if (rows.has(key)) continue;
    rows.set(key, { line, fields: { ...fields, profession: professionOf(role.code) ?? fields.profession, unit } });
  }
  const withRole = new Set(roles.map(({ resource: { practitioner } }) => book.find('Practitioner', practitioner)));
  for (const { line, resource } of book.all('Practitioner')) {
    if (resource.active && !withRole.has(resource)) rows.set(`entry ${line}`, { line, fields: staffFields(resource) });
  }
  return [...rows.values()];
}

function staffFields({ identifier, name, qualification }: Bundled<'Practitioner'>): Fields<'staff'> {
  return {
    ...namesOf(name),
    hsaId: hsaIdOf(identifier),
    profession: professionOf(qualification.map(({ code }) => code)),
  };
}

/** A unit by its HSA-id, else by its name. */
function unitOf(book: BundleBook, { organization }: Bundled<'PractitionerRole'>): string | undefined {
  const known = book.find('Organization', organization);
  return hsaIdOf(known?.identifier ?? []) ?? organization?.identifier?.value ?? known?.name ?? organization?.display;
}
