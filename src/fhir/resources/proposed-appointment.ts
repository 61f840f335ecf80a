import type { Appointment } from 'fhir/r4.js';
import type { Candidate } from '../../booking/candidates.ts';
import type { Resource } from '../../booking/schedule.ts';
import { coded, OWN_SYSTEMS, referenceTo } from '../systems.ts';
import { calendarActor } from './calendar-actor.ts';

const MINUTE_MS = 60_000;

export interface ProposedVisit {
  readonly id: string;
  readonly visit: Candidate;
  /** Room, equipment and interpreter. */
  readonly others: readonly Pick<Resource, 'id' | 'kind' | 'name' | 'staffId'>[];
  readonly patientId: string | null;
  readonly requestId: string | undefined;
  /** When it was looked for. */
  readonly startMs: number;
  readonly endMs: number;
  /** What is booked with it. */
  readonly withIds: readonly string[];
  readonly comment: string | undefined;
}

/** A time that could be booked. */
export function toProposedAppointment(proposed: ProposedVisit): Appointment {
  const { id, visit, others, patientId, requestId, withIds, comment } = proposed;
  const { fit, performer, startMs, endMs } = visit;
  const waiting = { required: 'required', status: 'needs-action' } as const;
  return {
    resourceType: 'Appointment',
    id,
    status: 'proposed',
    serviceType: [coded(OWN_SYSTEMS.visitType, fit.visitType.id, fit.visitType.name)],
    start: instant(startMs),
    end: instant(endMs),
    minutesDuration: Math.round((endMs - startMs) / MINUTE_MS),
    ...(requestId !== undefined && { basedOn: [referenceTo('ServiceRequest', requestId)] }),
    ...(withIds.length > 0 && { supportingInformation: withIds.map((one) => referenceTo('Appointment', one)) }),
    participant: [
      ...(patientId === null ? [] : [{ actor: referenceTo('Patient', patientId), ...waiting }]),
      ...[performer, ...others].map((resource) => ({ actor: calendarActor(resource), ...waiting })),
    ],
    requestedPeriod: [{ start: instant(proposed.startMs), end: instant(proposed.endMs) }],
    ...(comment !== undefined && { comment }),
  };
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}
