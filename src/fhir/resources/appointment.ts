import type { Appointment, AppointmentParticipant, CodeableConcept } from 'fhir/r4.js';
import type { AppointmentCancelReason, AppointmentState } from '../../contracts/calendar.ts';
import type { AppointmentRecord } from '../../storage/repositories/fhir-sources.ts';
import { coded, OWN_SYSTEMS, referenceTo, uuidIdentifier } from '../systems.ts';
import { calendarActor } from './calendar-actor.ts';
import { metaOf } from './meta.ts';
import { daysPeriod } from './period.ts';

export const APPOINTMENT_STATUS = {
  reserved: 'pending',
  booked: 'booked',
  arrived: 'arrived',
  fulfilled: 'fulfilled',
  no_show: 'noshow',
  cancelled: 'cancelled',
  lapsed: 'cancelled',
} as const satisfies Record<AppointmentState, Appointment['status']>;

const PATIENT_STATUS = {
  reserved: 'needs-action',
  booked: 'accepted',
  arrived: 'accepted',
  fulfilled: 'accepted',
  no_show: 'accepted',
  cancelled: 'declined',
  lapsed: 'declined',
} as const satisfies Record<AppointmentState, AppointmentParticipant['status']>;

const CANCEL_REASON = {
  patient: 'pat',
  clinic: 'prov',
  task_cancelled: 'other',
} as const satisfies Record<AppointmentCancelReason, string>;
const CANCEL_SYSTEM = 'http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason';
const LAPSED: CodeableConcept = { text: 'Reservationen gick ut' };

const MINUTE_MS = 60_000;

/** A visit that is held, booked, kept or cancelled. */
export function toAppointment(row: AppointmentRecord): Appointment {
  const { id, state, startsAt, endsAt, requestId, patientId, visitTypeId, visitTypeName, cancelReason } = row;
  const isOff = state === 'cancelled' || state === 'lapsed';
  return {
    resourceType: 'Appointment',
    id,
    meta: metaOf(row),
    identifier: [uuidIdentifier(id)],
    status: APPOINTMENT_STATUS[state],
    ...(isOff && {
      cancelationReason: cancelReason === null ? LAPSED : cancelledBecause(cancelReason, row.cancelNote),
    }),
    serviceType: [coded(OWN_SYSTEMS.visitType, visitTypeId, visitTypeName)],
    start: startsAt.toISOString(),
    end: endsAt.toISOString(),
    minutesDuration: Math.round((endsAt.getTime() - startsAt.getTime()) / MINUTE_MS),
    created: row.createdAt.toISOString(),
    ...(requestId !== null && { basedOn: [referenceTo('ServiceRequest', requestId)] }),
    participant: [
      { actor: referenceTo('Patient', patientId), required: 'required', status: PATIENT_STATUS[state] },
      ...row.actors.map((actor) => ({
        actor: calendarActor(actor),
        required: 'required' as const,
        status: isOff ? ('declined' as const) : ('accepted' as const),
      })),
    ],
    requestedPeriod: [daysPeriod(row.earliestDate, row.targetDate) ?? periodOf(startsAt, endsAt)],
  };
}

function cancelledBecause(reason: AppointmentCancelReason, note: string | null): CodeableConcept {
  return { coding: [{ system: CANCEL_SYSTEM, code: CANCEL_REASON[reason] }], ...(note !== null && { text: note }) };
}

function periodOf(from: Date, to: Date) {
  return { start: from.toISOString(), end: to.toISOString() };
}
