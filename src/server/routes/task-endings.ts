import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { whatGoesAlong } from '../../appointments/cancel.ts';
import { finishTask } from '../../appointments/finish.ts';
import { endSeries } from '../../appointments/series-end.ts';
import { CancelCheck, ComingTimes, SeriesEndBody } from '../../contracts/appointments-api.ts';
import { Id } from '../../contracts/clinic.ts';
import { QueueTask } from '../../contracts/queue-api.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { taskById } from '../../storage/repositories/admin-tasks.ts';
import { comingAppointments } from '../../storage/repositories/appointments.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { appointmentViews } from './appointment-views.ts';
import { QUEUE_ROLES, type QueueRouteParts } from './queue-parts.ts';
import { queueTasksById } from './queue-rows.ts';

const params = z.object({ id: Id });

/** What staff see before they cancel; the end of series, and of tasks that change another booking or take no time. */
export async function taskEndingRoutes(
  app: FastifyInstance,
  { storage, now = Date.now }: QueueRouteParts,
): Promise<void> {
  const today = () => stockholmClockAt(now()).date;

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/appointments/:id/cancel/check',
      summary: 'What cancelling an appointment would take along, and what it would leave',
      roles: QUEUE_ROLES,
      params,
      answers: CancelCheck,
    },
    async ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const { along, remarks } = await whatGoesAlong(transaction, id);
        return { along: await appointmentViews(transaction, along, today()), remarks: [...remarks] };
      }),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/tasks/:id/coming-times',
      summary: "The booked times of a task's patient that are ahead: what a request to move or cancel is about",
      roles: QUEUE_ROLES,
      params,
      answers: ComingTimes,
    },
    async ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const { patientId } = await taskById(transaction, id);
        const coming = await comingAppointments(transaction, patientId, new Date(now()));
        return { items: await appointmentViews(transaction, coming, today()) };
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/tasks/:id/done',
      summary:
        'A claimed task that takes no time of its own is done: a letter, a referral, a change of another booking',
      roles: QUEUE_ROLES,
      params,
      changesVersion: true,
      answers: QueueTask,
    },
    async ({ request, actor, params: { id }, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        await finishTask(transaction, { id, version });
        const [task] = await queueTasksById(transaction, [id], today());
        return task!;
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/tasks/:id/series-end',
      summary: 'How many visits a series is for which no end was ordained; with all of them booked the task is, too',
      roles: QUEUE_ROLES,
      params,
      body: SeriesEndBody,
      changesVersion: true,
      answers: QueueTask,
    },
    async ({ request, actor, params: { id: taskId }, body: { visits }, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        await endSeries(transaction, { taskId, version }, visits);
        const [task] = await queueTasksById(transaction, [taskId], today());
        return task!;
      }),
  );
}
