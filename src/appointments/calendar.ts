import { type CalendarDay, CalendarDays } from '../booking/calendar-days.ts';
import { type ShownSlot, slotsOn } from '../booking/calendar-slots.ts';
import { SessionBook } from '../booking/sessions.ts';
import { TakenTimes } from '../booking/taken-times.ts';
import { addDays } from '../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { type NamedAppointment, namedAppointments } from '../storage/repositories/appointments.ts';
import { type StoredResource, unitSchedule } from '../storage/repositories/calendar-setup.ts';
import { takenTimes } from '../storage/repositories/taken-times.ts';
import { type Days, midnight } from './calendar-question.ts';

/** A unit's calendar on some days. */
export interface UnitCalendar {
  readonly days: readonly CalendarDay[];
  readonly resources: readonly (StoredResource & { readonly slots: readonly ShownSlot[] })[];
  readonly appointments: readonly NamedAppointment[];
}

/** Everything of a unit, or of one resource, with its times and what is booked. */
export async function unitCalendar(
  transaction: AuditedTransaction,
  { unitId, resourceId, days: shown }: { unitId: string; resourceId?: string | undefined; days: Days },
  nowMs: number,
): Promise<UnitCalendar> {
  const schedule = await unitSchedule(transaction, unitId, shown);
  const resources = schedule.resources.filter(({ id }) => resourceId === undefined || id === resourceId);
  const between = { from: midnight(shown.firstDay), to: midnight(addDays(shown.lastDay, 1)) };
  const resourceIds = resources.map(({ id }) => id);
  const taken = new TakenTimes(await takenTimes(transaction, { resourceIds, patientId: null }, between));
  const calendarDays = new CalendarDays();
  const days = calendarDays.between(shown.firstDay, shown.lastDay);
  const view = { book: new SessionBook(schedule), taken, today: calendarDays.at(stockholmClockAt(nowMs).date) };
  const isShown = ({ performerId, otherResourceIds }: NamedAppointment) =>
    resourceId === undefined || performerId === resourceId || otherResourceIds.includes(resourceId);
  return {
    days,
    resources: resources.map((resource) => ({
      ...resource,
      slots: days.flatMap((day) => slotsOn(view, resource, day)),
    })),
    appointments: (await namedAppointments(transaction, { unitId, ...between })).filter(isShown),
  };
}
