import type { ImportKind, ImportProblem } from '../contracts/exchange-api.ts';
import {
  Bundle,
  BundledResource,
  type FhirIdentifier,
  type FhirName,
  OfBundledType,
} from '../contracts/fhir-bundle.ts';
import { INTERPRETER_EXTENSION, PERSONAL_NUMBER_SYSTEMS, PROTECTED_LABEL } from '../contracts/fhir-systems.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import { type ColumnOf, headingOf } from './columns.ts';
import type { Encoding, Table } from './read-table.ts';

const MINUTE_MS = 60_000;
const ENCODING: Encoding = 'utf-8';

interface Entry {
  /** From 1, as a table counts its lines. */
  readonly line: number;
  readonly resource: BundledResource;
}

type Resource<Type extends BundledResource['resourceType']> = Extract<BundledResource, { resourceType: Type }>;
type Fields<Kind extends ImportKind> = Partial<Record<ColumnOf<Kind>, string | undefined>>;

/** Whether a file is JSON rather than a table. */
export function isJson(bytes: Uint8Array): boolean {
  return /^\s*\{/.test(new TextDecoder().decode(bytes.subarray(0, 64)));
}

/**
 * Reads a FHIR R4 Bundle as the table of a kind, a row an entry: patients of Patient; resources of Location and Device;
 * bookings of booked Appointment, whose participants are found in the Bundle, or named by display. Accounts say more of
 * staff than a Practitioner does: their table lacks columns. A Bundle is unreadable where one of
 * these does not follow R4.
 */
export function readBundle(
  kind: ImportKind,
  bytes: Uint8Array,
  mostRows: number,
): Table | (ImportProblem & { encoding: Encoding }) {
  const unreadable = { kind: 'unreadable', line: null, encoding: ENCODING } as const;
  const bundle = Bundle.safeParse(parsed(bytes)).data;
  if (bundle === undefined) return unreadable;
  const entries: Entry[] = [];
  const byReference = new Map<string, BundledResource>();
  for (const [index, { fullUrl, resource }] of bundle.entry.entries()) {
    const read = BundledResource.safeParse(resource);
    if (!read.success) {
      if (OfBundledType.safeParse(resource).success) return { ...unreadable, line: index + 1 };
      continue;
    }
    entries.push({ line: index + 1, resource: read.data });
    if (fullUrl !== undefined) byReference.set(fullUrl, read.data);
    if (read.data.id !== undefined) byReference.set(`${read.data.resourceType}/${read.data.id}`, read.data);
  }
  const table = tableOf(kind, entries, byReference);
  if (table.rows.length > mostRows) return { kind: 'too_many_rows', most: mostRows, encoding: ENCODING };
  return table.rows.length === 0 ? { kind: 'no_rows', encoding: ENCODING } : table;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function tableOf(
  kind: ImportKind,
  entries: readonly Entry[],
  byReference: ReadonlyMap<string, BundledResource>,
): Table {
  switch (kind) {
    case 'patients':
      return table(kind, entries, (resource) =>
        resource.resourceType === 'Patient' ? patientFields(resource) : undefined,
      );
    case 'staff':
      return table(kind, entries, (resource) =>
        resource.resourceType === 'Practitioner' ? nameFields(resource.name) : undefined,
      );
    case 'resources':
      return table(kind, entries, resourceFields);
    case 'bookings':
      return table(kind, entries, (resource) =>
        resource.resourceType === 'Appointment' && resource.status === 'booked'
          ? bookingFields(resource, byReference)
          : undefined,
      );
    default:
      return kind satisfies never;
  }
}

/** The columns are those that any of the rows has. */
function table<Kind extends ImportKind>(
  kind: Kind,
  entries: readonly Entry[],
  fieldsOf: (resource: BundledResource) => Fields<Kind> | undefined,
): Table {
  const read = entries.flatMap(({ line, resource }) => {
    const fields = fieldsOf(resource);
    return fields === undefined ? [] : [{ line, fields }];
  });
  const columns = [...new Set(read.flatMap(({ fields }) => Object.keys(fields)))] as ColumnOf<Kind>[];
  return {
    encoding: ENCODING,
    headings: columns.map((column) => headingOf(kind, column)),
    rows: read.map(({ line, fields }) => ({ line, fields: columns.map((column) => fields[column] ?? '') })),
  };
}

function nameFields(names: readonly FhirName[]) {
  const name = names.find(({ use }) => use === 'official') ?? names[0];
  return { givenName: name?.given.join(' '), familyName: name?.family };
}

function patientFields(patient: Resource<'Patient'>): Fields<'patients'> {
  const { extension, meta, telecom, communication } = patient;
  const isProtected = meta?.security.some(
    ({ system, code }) => system === PROTECTED_LABEL.system && code === PROTECTED_LABEL.code,
  );
  const needsInterpreter = extension.some(
    ({ url, valueBoolean }) => url === INTERPRETER_EXTENSION && valueBoolean === true,
  );
  const [address] = patient.address;
  const contactBy = (system: string) => telecom.find((one) => one.system === system)?.value;
  return {
    personalNumber: personalNumberOf(patient.identifier),
    ...nameFields(patient.name),
    protectedIdentity: isProtected ? 'ja' : '',
    interpreterLanguage: needsInterpreter ? communication[0]?.language.coding[0]?.code : '',
    phone: contactBy('phone'),
    email: contactBy('email'),
    address: address && address.line.length > 0 ? address.line.join(', ') : address?.text,
    postalCode: address?.postalCode,
    city: address?.city,
  };
}

function personalNumberOf(identifiers: readonly FhirIdentifier[]): string | undefined {
  const systems = Object.values(PERSONAL_NUMBER_SYSTEMS);
  return identifiers.find(({ system }) => systems.some((one) => one === system))?.value;
}

function resourceFields(resource: BundledResource): Fields<'resources'> | undefined {
  if (resource.resourceType === 'Location') return { name: resource.name, kind: 'rum' };
  if (resource.resourceType === 'Device') return { name: resource.deviceName[0]?.name, kind: 'utrustning' };
  return undefined;
}

function bookingFields(
  { start, end, serviceType, participant }: Resource<'Appointment'>,
  byReference: ReadonlyMap<string, BundledResource>,
): Fields<'bookings'> {
  const startMs = Date.parse(start ?? '');
  const { date, time } = Number.isNaN(startMs) ? { date: start, time: '' } : stockholmClockAt(startMs);
  const minutes = (Date.parse(end ?? '') - startMs) / MINUTE_MS;
  const [what] = serviceType;
  const actors = participant.flatMap(({ actor }) => actor ?? []);
  const typed = actors.map((actor) => {
    const resource = byReference.get(actor.reference ?? '');
    return { actor, resource, type: resource?.resourceType ?? actor.type ?? actor.reference?.split('/').at(-2) };
  });
  const of = (...types: readonly string[]) => typed.find(({ type }) => type !== undefined && types.includes(type));
  const patient = of('Patient');
  const room = of('Location');
  const performer = of('Practitioner', 'HealthcareService');
  return {
    personalNumber:
      patient?.resource === undefined
        ? personalNumberOf(patient?.actor.identifier ? [patient.actor.identifier] : [])
        : personalNumberOf(patient.resource.identifier),
    date,
    start: time,
    minutes: Number.isInteger(minutes) ? String(minutes) : '',
    visitType: what?.text ?? what?.coding[0]?.display,
    performer: sayName(performer?.resource) ?? performer?.actor.display,
    room: sayName(room?.resource) ?? room?.actor.display,
  };
}

/** What a line of the calendar would be called. */
function sayName(resource: BundledResource | undefined): string | undefined {
  switch (resource?.resourceType) {
    case 'Practitioner': {
      const { givenName, familyName } = nameFields(resource.name);
      return [givenName, familyName].filter(Boolean).join(' ') || resource.name[0]?.text;
    }
    case 'Location':
    case 'HealthcareService':
      return resource.name;
    default:
      return undefined;
  }
}
