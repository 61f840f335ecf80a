import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { unitCalendar } from '../../appointments/calendar.ts';
import { AppointmentList, CalendarQuery, CalendarView, MAX_CALENDAR_DAYS } from '../../contracts/appointments-api.ts';
import { Id } from '../../contracts/clinic.ts';
import { daysBetween, isoWeekOf, type LocalDate, parseLocalDate } from '../../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { dayKind } from '../../followup/calendar/swedish-days.ts';
import { notFound } from '../../storage/audited-transaction.ts';
import { namedAppointments } from '../../storage/repositories/appointments.ts';
import { patientById } from '../../storage/repositories/patients.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { RequestError } from '../request-error.ts';
import { toViews } from './appointment-views.ts';
import { QUEUE_ROLES, type QueueRouteParts } from './queue-parts.ts';

const LOOKED_BACK_MS = 92 * 86_400_000;

/** The calendar of a unit, by day and resource; and a patient's visits in it. */
export async function calendarRoutes(
  app: FastifyInstance,
  { storage, now = Date.now }: QueueRouteParts,
): Promise<void> {
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/calendar',
      summary: 'Times and appointments of a unit, or of one resource, on some days',
      roles: QUEUE_ROLES,
      query: CalendarQuery,
      answers: CalendarView,
    },
    async ({ request, actor, query: { unit: unitId, resource: resourceId, ...between } }) => {
      if (!actor.unitIds.includes(unitId)) throw notFound('unit');
      const days = readDays(between);
      return storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const calendar = await unitCalendar(transaction, { unitId, resourceId, days }, now());
        return {
          days: calendar.days.map(({ date }) => {
            const { kind, name = null } = dayKind(date);
            return { date, isoWeek: isoWeekOf(date).week, kind, name };
          }),
          resources: calendar.resources.map(({ slots, ...resource }) => ({
            ...resource,
            slots: slots.map(({ startMs, endMs, visitTypeIds, ...slot }) => ({
              ...slot,
              startsAt: new Date(startMs),
              endsAt: new Date(endMs),
              visitTypeIds: [...visitTypeIds],
            })),
          })),
          appointments: await toViews(transaction, calendar.appointments, stockholmClockAt(now()).date),
        };
      });
    },
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/patients/:id/appointments',
      summary: "A patient's visits at the own units: of the last three months, and ahead",
      roles: QUEUE_ROLES,
      params: z.object({ id: Id }),
      answers: AppointmentList,
    },
    async ({ request, actor, params: { id: patientId } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        await patientById(transaction, patientId);
        const from = new Date(now() - LOOKED_BACK_MS);
        const found = await namedAppointments(transaction, { patientId, from });
        return { items: await toViews(transaction, found, stockholmClockAt(now()).date) };
      }),
  );
}

/** Throws REQUEST_INVALID for days that are none, backwards or too many. */
export function readDays({ from, to }: { from: string; to: string }): { firstDay: LocalDate; lastDay: LocalDate } {
  const [firstDay, lastDay] = [parseLocalDate(from), parseLocalDate(to)];
  const count = firstDay && lastDay ? daysBetween(firstDay, lastDay) + 1 : 0;
  if (firstDay && lastDay && count >= 1 && count <= MAX_CALENDAR_DAYS) return { firstDay, lastDay };
  throw new RequestError('REQUEST_INVALID', 'the value of "to" is not usable', {
    param: 'to',
    expected: `a day from "from" on, at most ${MAX_CALENDAR_DAYS} days in all`,
  });
}
