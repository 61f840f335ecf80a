import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { declareSickDay } from '../../appointments/sick-day.ts';
import { isOpen, planSickDay } from '../../appointments/sick-day-plan.ts';
import { choicesFor } from '../../appointments/sick-day-search.ts';
import { giveBackVisit, moveVisit } from '../../appointments/sick-day-settle.ts';
import { subjectsOf } from '../../appointments/sick-day-subject.ts';
import { Id } from '../../contracts/clinic.ts';
import {
  NewSickDay,
  SickDayChoices,
  SickDayGiveBack,
  SickDayList,
  SickDayMove,
  SickDayOutcome,
  SickDayPlan,
  SickDayQuery,
  SickDayView,
} from '../../contracts/sick-day-api.ts';
import { addDays, type LocalDate } from '../../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { type AuditedTransaction, notFound } from '../../storage/audited-transaction.ts';
import type { Appointment } from '../../storage/repositories/appointments.ts';
import { endSickDay, listSickDays, sickDayById, sickDayVisits } from '../../storage/repositories/sick-days.ts';
import { accessContext, type StaffActor } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { tellOfChange } from '../change-letter.ts';
import { RequestError } from '../request-error.ts';
import { appointmentViews } from './appointment-views.ts';
import { CALENDAR_KEEPERS } from './calendar-setup.ts';
import { sickDayProposals, sickDayVisitViews } from './sick-day-views.ts';
import type { TaskLetterParts } from './task-letters.ts';

const params = z.object({ id: Id });
const visitParams = z.object({ id: Id, visitId: Id });
/** So long a sick day that has passed is listed. */
const LISTED_DAYS = 14;
const CHOICES = 6;

/** A calendar that is shut because somebody is ill, and its visits one by one to other times. */
export async function sickDayRoutes(
  app: FastifyInstance,
  { storage, publicUrl, now = Date.now }: TaskLetterParts,
): Promise<void> {
  const today = () => stockholmClockAt(now()).date;

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/sick-days',
      summary: 'Sick days of a unit that are to come or passed lately, with how many visits are left to settle',
      roles: CALENDAR_KEEPERS,
      query: SickDayQuery,
      answers: SickDayList,
    },
    async ({ request, actor, query: { unit } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => ({
        items: await listSickDays(transaction, unit, addDays(today(), -LISTED_DAYS)),
      })),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/sick-days',
      summary: 'Shut the calendar of somebody who is ill, and put down the visits that stand in it: none is moved yet',
      roles: CALENDAR_KEEPERS,
      body: NewSickDay,
      answers: SickDayView,
      status: 201,
    },
    async ({ request, actor, body: { unitId, resourceId, ...days } }) => {
      const [firstDay, lastDay] = [days.firstDay as LocalDate, days.lastDay as LocalDate];
      if (lastDay < today()) throw inThePast();
      return storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const { id } = await declareSickDay(transaction, { unitId, resourceId, firstDay, lastDay }, now());
        return viewOf(transaction, id);
      });
    },
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/sick-days/:id',
      summary: 'The visits of a sick day, with other times that are proposed for all of them together',
      roles: CALENDAR_KEEPERS,
      params,
      answers: SickDayPlan,
    },
    async ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const sickDay = await sickDayById(transaction, id);
        const planned = await planSickDay(transaction, sickDay, now());
        return {
          sickDay: await viewOf(transaction, id),
          visits: await sickDayVisitViews(transaction, planned, sickDay.resourceId, today()),
        };
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/sick-days/:id/end',
      summary: 'Open the calendar again; what has not moved stays where it is',
      roles: CALENDAR_KEEPERS,
      params,
      changesVersion: true,
      answers: SickDayView,
    },
    async ({ request, actor, params: { id }, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const sickDay = await sickDayById(transaction, id);
        await endSickDay(transaction, { ...sickDay, version }, new Date(now()));
        return viewOf(transaction, id);
      }),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/sick-days/:id/visits/:visitId/choices',
      summary: 'Several times for a visit of a sick day, with whoever does the same',
      roles: CALENDAR_KEEPERS,
      params: visitParams,
      answers: SickDayChoices,
    },
    async ({ request, actor, params: { id, visitId } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const { resourceId } = await sickDayById(transaction, id);
        const visits = await sickDayVisits(transaction, id);
        const visit = visits.find((one) => one.id === visitId);
        if (visit === undefined || !isOpen(visit)) throw notFound('open visit of a sick day');
        const ill = new Set(visits.filter(isOpen).map(({ appointmentId }) => appointmentId));
        const subjects = await subjectsOf(transaction, visit, ill);
        if (subjects.length === 0) throw notFound('open visit of a sick day');
        const found = await choicesFor(transaction, subjects, { wanted: CHOICES, nowMs: now() });
        return { items: await sickDayProposals(transaction, found, resourceId, today()) };
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/sick-days/:id/visits/:visitId/move',
      summary: 'Move a visit of a sick day with what moves along: all or nothing',
      roles: CALENDAR_KEEPERS,
      params: visitParams,
      body: SickDayMove,
      changesVersion: true,
      answers: SickDayOutcome,
    },
    ({ request, actor, params: { id: sickDayId, visitId }, body: { visits, givesUp, sendsLetter }, version }) => {
      const times = visits.map(({ startsAt, ...visit }) => ({ ...visit, startMs: startsAt.getTime() }));
      const seen = { sickDayId, visitId, version };
      return settle(request, actor, sickDayId, sendsLetter, (transaction) =>
        moveVisit(transaction, seen, { times, givesUp }, now()),
      );
    },
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/sick-days/:id/visits/:visitId/give-back',
      summary: 'Cancel a visit of a sick day with what hangs on it: its task is new in the queue',
      roles: CALENDAR_KEEPERS,
      params: visitParams,
      body: SickDayGiveBack,
      changesVersion: true,
      answers: SickDayOutcome,
    },
    ({ request, actor, params: { id: sickDayId, visitId }, body: { note = null, sendsLetter }, version }) =>
      settle(request, actor, sickDayId, sendsLetter, (transaction) =>
        giveBackVisit(transaction, { sickDayId, visitId, version }, note),
      ),
  );

  async function settle(
    request: FastifyRequest,
    actor: StaffActor,
    sickDayId: string,
    sendsLetter: boolean,
    work: (transaction: AuditedTransaction) => Promise<readonly Appointment[]>,
  ): Promise<SickDayOutcome> {
    return storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
      await sickDayById(transaction, sickDayId);
      const appointments = await appointmentViews(transaction, await work(transaction), today());
      const taskId = appointments.find((one) => one.taskId !== null)?.taskId;
      if (!sendsLetter || !taskId) return { appointments, letter: 'none' };
      const world = { nowMs: now(), publicUrl };
      return { appointments, letter: await tellOfChange(transaction, taskId, world) };
    });
  }
}

async function viewOf(transaction: AuditedTransaction, id: string): Promise<SickDayView> {
  const { unitId, lastDay } = await sickDayById(transaction, id);
  return (await listSickDays(transaction, unitId, lastDay)).find((one) => one.id === id)!;
}

function inThePast(): RequestError {
  return new RequestError('REQUEST_INVALID', 'the value of "lastDay" is not usable', {
    param: 'lastDay',
    expected: 'today or a later day',
  });
}
