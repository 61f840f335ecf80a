import { formatPersonalNumber } from '../access/personal-number.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import type { NewAppointment } from '../storage/repositories/appointments.ts';
import { listResources, listVisitTypes } from '../storage/repositories/calendar-setup.ts';
import {
  bookedOf,
  busyPatients,
  createAppointments,
  type KnownPatient,
  patientsByNumber,
} from '../storage/repositories/imports.ts';
import { takenTimes } from '../storage/repositories/taken-times.ts';
import { BusyBook } from './busy-book.ts';
import type { ReadRow } from './columns.ts';
import { type ReadBooking, readBooking } from './read-booking.ts';
import { type ImportPlan, type PlannedRow, RowReader } from './row-reader.ts';

/**
 * What would become of a file of bookings that another system made. They stand in the calendar without a task; one that
 * is there already is the same, and never booked twice.
 */
export async function planBookings(
  transaction: AuditedTransaction,
  { unitId, today, nowMs }: { unitId: string; today: string; nowMs: number },
  rows: readonly ReadRow<'bookings'>[],
): Promise<ImportPlan<NewAppointment>> {
  const resources = await listResources(transaction, unitId);
  const known = { resources, visitTypes: await listVisitTypes(transaction, unitId), today, nowMs };
  const read = rows.map((row) => {
    const reader = new RowReader('bookings', row);
    return { reader, booking: readBooking(reader, known) };
  });
  const numbers = [...new Set(read.flatMap(({ booking }) => booking.personalNumber ?? []))];
  const patients = await patientsByNumber(transaction, numbers);
  const there = await whatIsThere(transaction, read, patients);
  const planned: PlannedRow[] = [];
  const writes: NewAppointment[] = [];
  for (const { reader, booking } of read) {
    const patient = patients.get(booking.personalNumber ?? '');
    if (booking.personalNumber !== undefined && !patient) reader.fault('personalNumber', 'unknown_patient');
    const isSame = patient !== undefined && there.same.has(keyOf(patient.id, booking));
    if (patient && !isSame) takeTimes(reader, booking, patient, there.busy);
    const { line, faults } = reader;
    const common = { line, what: sayBooking(booking, patient, today), faults, changes: [], version: null };
    if (faults.length > 0) planned.push({ ...common, action: 'refused' });
    else if (isSame) planned.push({ ...common, action: 'same' });
    else {
      planned.push({ ...common, action: 'new' });
      writes.push(appointmentOf(unitId, booking, patient!));
    }
  }
  return { rows: planned, writes };
}

/** Throws TIME_TAKEN where somebody has booked one of the times meanwhile. */
export function writeBookings(transaction: AuditedTransaction, writes: readonly NewAppointment[]): Promise<void> {
  return createAppointments(transaction, writes);
}

interface There {
  readonly busy: BusyBook;
  /** Keys of bookings that are there. */
  readonly same: Set<string>;
}

async function whatIsThere(
  transaction: AuditedTransaction,
  read: readonly { readonly booking: ReadBooking }[],
  patients: ReadonlyMap<string, KnownPatient>,
): Promise<There> {
  const spans = read.flatMap(({ booking: { span } }) => span ?? []);
  if (spans.length === 0) return { busy: new BusyBook([]), same: new Set() };
  const between = {
    from: new Date(spans.reduce((least, { startMs }) => Math.min(least, startMs), Number.POSITIVE_INFINITY)),
    to: new Date(spans.reduce((most, { endMs }) => Math.max(most, endMs), 0)),
  };
  const asked = read.flatMap(({ booking: { performer, beside } }) => [
    ...(performer ? [performer.id] : []),
    ...beside.map(({ resource }) => resource.id),
  ]);
  const resourceIds = [...new Set(asked)];
  const ofResources = await takenTimes(transaction, { resourceIds, patientId: null }, between);
  const patientIds = [...patients.values()].map(({ id }) => id);
  const ofPatients = await busyPatients(transaction, patientIds, between);
  const booked = await bookedOf(transaction, patientIds, between);
  return {
    busy: new BusyBook([...ofResources, ...ofPatients]),
    same: new Set(
      booked.map(({ patientId, performerId, visitTypeId, startsAt, endsAt }) =>
        [patientId, performerId, visitTypeId, startsAt.getTime(), endsAt.getTime()].join(),
      ),
    ),
  };
}

function keyOf(patientId: string, { performer, visitType, span }: ReadBooking): string {
  return [patientId, performer?.id, visitType?.id, span?.startMs, span?.endMs].join();
}

/** Tells what is in the way; what is not is taken, so that a later row of the file finds it so. */
function takeTimes(
  reader: RowReader<'bookings'>,
  { performer, beside, span, visitType }: ReadBooking,
  { id }: KnownPatient,
  busy: BusyBook,
): void {
  if (!performer || !span || !visitType) return;
  if (!busy.isFree(id, span)) reader.fault('personalNumber', 'patient_busy');
  if (!busy.isFree(performer.whose, span)) reader.fault('performer', 'resource_busy');
  for (const { column, resource } of beside) {
    if (!busy.isFree(resource.whose, span)) reader.fault(column, 'resource_busy');
  }
  if (reader.faults.length > 0) return;
  for (const whose of [id, performer.whose, ...beside.map(({ resource }) => resource.whose)]) busy.take(whose, span);
}

function appointmentOf(
  unitId: string,
  { performer, beside, span, visitType }: ReadBooking,
  { id: patientId, interpreterLanguage }: KnownPatient,
): NewAppointment {
  return {
    unitId,
    patientId,
    taskId: null,
    visitTypeId: visitType!.id,
    type: visitType!.type,
    state: 'booked',
    reservedUntil: null,
    startsAt: new Date(span!.startMs),
    endsAt: new Date(span!.endMs),
    performerId: performer!.id,
    otherResourceIds: beside.map(({ resource }) => resource.id),
    interpreterLanguage,
  };
}

function sayBooking(
  { when, visitType, performer }: ReadBooking,
  patient: KnownPatient | undefined,
  today: string,
): string {
  const who = patient === undefined ? [] : [sayPatient(patient, today)];
  return [...who, when, visitType?.name, performer?.name].filter(Boolean).join(', ');
}

function sayPatient({ protectedIdentity, givenName, familyName, personalNumber }: KnownPatient, today: string): string {
  return protectedIdentity
    ? formatPersonalNumber(personalNumber, today)
    : `${givenName} ${familyName}, ${formatPersonalNumber(personalNumber, today)}`;
}
