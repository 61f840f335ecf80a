import type { FhirReference } from '../contracts/fhir-bundle.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import {
  type BundleBook,
  type Bundled,
  type BundledRow,
  type Fields,
  fullName,
  hsaIdOf,
  professionOf,
} from './bundled.ts';
import { personalNumberOf } from './bundled-people.ts';

const MINUTE_MS = 60_000;
/** HL7's code of a room; other places have no calendar. */
const ROOM = 'ro';

/** Those that have a calendar: rooms, equipment, services, and people by their Schedule. */
export function bundledResources(book: BundleBook): BundledRow<'resources'>[] {
  const rows = [
    ...book.all('Location').flatMap(({ line, resource: { name, physicalType } }) => {
      const isRoom = physicalType === undefined || physicalType.coding.some(({ code }) => code === ROOM);
      return isRoom ? [{ line, fields: { name, kind: 'rum' } }] : [];
    }),
    ...book.all('Device').map(({ line, resource: { deviceName } }) => {
      return { line, fields: { name: deviceName[0]?.name, kind: 'utrustning' } };
    }),
    ...book.all('HealthcareService').map(({ line, resource }) => ({ line, fields: serviceFields(resource) })),
    ...book.all('Schedule').flatMap(({ line, resource: { actor, specialty } }) => {
      const person = actor.find((one) => book.typeOf(one) === 'Practitioner');
      return person ? [{ line, fields: { ...personFields(book, person), role: professionOf(specialty) } }] : [];
    }),
  ];
  return rows.sort((one, other) => one.line - other.line);
}

/** A line without a name on it; what has a language and no profession is an interpreter. */
function serviceFields({ name, specialty, communication }: Bundled<'HealthcareService'>): Fields<'resources'> {
  const [language] = communication;
  if (specialty.length > 0 || language === undefined) return { name, kind: 'roll', role: professionOf(specialty) };
  return { name, kind: 'tolk', language: language.coding[0]?.code ?? language.text };
}

function personFields(book: BundleBook, actor: FhirReference): Fields<'resources'> {
  const person = book.find('Practitioner', actor);
  const hsaId = hsaIdOf(person?.identifier ?? []) ?? actor.identifier?.value;
  return { name: fullName(person?.name ?? []) ?? actor.display, kind: 'person', hsaId };
}

/** Booked visits, whose participants are in the Bundle, or named by display. */
export function bundledBookings(book: BundleBook): BundledRow<'bookings'>[] {
  return book
    .all('Appointment')
    .filter(({ resource: { status } }) => status === 'booked')
    .map(({ line, resource }) => ({ line, fields: bookingFields(book, resource) }));
}

function bookingFields(
  book: BundleBook,
  { start, end, serviceType, participant }: Bundled<'Appointment'>,
): Fields<'bookings'> {
  const startMs = Date.parse(start ?? '');
  const { date, time } = Number.isNaN(startMs) ? { date: start, time: '' } : stockholmClockAt(startMs);
  const minutes = (Date.parse(end ?? '') - startMs) / MINUTE_MS;
  const [what] = serviceType;
  const actors = participant.flatMap(({ actor }) => actor ?? []);
  const of = (...types: readonly string[]) => actors.filter((actor) => types.includes(book.typeOf(actor) ?? ''));
  const [patient] = of('Patient');
  const [performer] = of('Practitioner', 'HealthcareService');
  const [interpreter] = of('HealthcareService').filter((actor) => actor !== performer);
  const known = book.find('Patient', patient);
  return {
    personalNumber: personalNumberOf(known?.identifier ?? (patient?.identifier ? [patient.identifier] : [])),
    date,
    start: time,
    minutes: Number.isInteger(minutes) ? String(minutes) : '',
    visitType: what?.text ?? what?.coding[0]?.display,
    performer: calledAs(book, performer),
    room: calledAs(book, of('Location')[0]),
    equipment: calledAs(book, of('Device')[0]),
    interpreter: calledAs(book, interpreter),
  };
}

/** What a line of the calendar is called. */
function calledAs(book: BundleBook, actor: FhirReference | undefined): string | undefined {
  return (
    fullName(book.find('Practitioner', actor)?.name ?? []) ??
    book.find('Location', actor)?.name ??
    book.find('HealthcareService', actor)?.name ??
    book.find('Device', actor)?.deviceName[0]?.name ??
    actor?.display
  );
}
