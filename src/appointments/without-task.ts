import type { Placement } from '../booking/placing.ts';
import type { VisitNeed } from '../booking/visit-need.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import type { Appointment } from '../storage/repositories/appointments.ts';
import { listVisitTypes } from '../storage/repositories/calendar-setup.ts';
import { lockTimes } from '../storage/repositories/taken-times.ts';
import type { AskedVisits } from './calendar-question.ts';
import { takeChoice } from './choose.ts';
import { resourcesHeld } from './held.ts';
import type { Move } from './move.ts';

const MINUTE_MS = 60_000;

/**
 * What an appointment needs that no task asks for, such as one that was booked elsewhere before: its visit type, as
 * long as it is, and nothing is wished. Its own id stands for the task's.
 */
export async function asVisit(transaction: AuditedTransaction, appointment: Appointment): Promise<AskedVisits> {
  const { id, unitId, type, visitTypeId, interpreterLanguage, startsAt, endsAt, createdAt } = appointment;
  const visitType = (await listVisitTypes(transaction, unitId)).find((one) => one.id === visitTypeId);
  const extraMinutes = interpreterLanguage === null ? 0 : (visitType?.interpreterExtraMinutes ?? 0);
  const minutes = (endsAt.getTime() - startsAt.getTime()) / MINUTE_MS - extraMinutes;
  const need: VisitNeed = {
    taskId: id,
    key: id,
    type: visitType?.type ?? type,
    service: visitType?.service ?? null,
    role: visitType?.role ?? null,
    staffId: null,
    orderedByRole: null,
    lastMetStaffId: null,
    durationMinutes: minutes > 0 ? minutes : null,
    floor: null,
    aim: null,
    notBefore: null,
    latest: null,
    clock: null,
    interpreterLanguage,
    wishes: {},
    links: [],
    orderedOn: stockholmClockAt(createdAt.getTime()).date,
    fixed: null,
  };
  return { asked: appointment, needs: [need], pending: new Set() };
}

/** Where such an appointment would be moved to. Throws TIME_NOT_OFFERED. */
export async function placeWithoutTask(
  transaction: AuditedTransaction,
  appointment: Appointment,
  { performerId, startMs, givesUp }: Move,
  nowMs: number,
): Promise<Placement> {
  const { id, patientId } = appointment;
  await lockTimes(transaction, { patientId, resourceIds: [performerId, ...resourcesHeld(appointment)] });
  const asked = await asVisit(transaction, appointment);
  const choice = { times: [{ taskId: id, performerId, startMs }], givesUp };
  return takeChoice(transaction, asked, choice, { nowMs, apartFrom: [id] });
}
