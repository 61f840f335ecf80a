import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { bookReserved, bookTimes, releaseTimes, reserveTimes } from '../../appointments/book.ts';
import { cancelBooking } from '../../appointments/cancel.ts';
import type { Choice } from '../../appointments/choose.ts';
import { type FoundTimes, findOtherTimes, findTimes } from '../../appointments/find.ts';
import { moveAppointment } from '../../appointments/move.ts';
import {
  AppointmentDetail,
  AttendanceBody,
  BookingBody,
  CancelBody,
  ChangedAppointments,
  MoveBody,
  TaskTimes,
  TimeChoice,
  TimeProposals,
} from '../../contracts/appointments-api.ts';
import { Id } from '../../contracts/clinic.ts';
import { AppError } from '../../contracts/errors.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { taskById } from '../../storage/repositories/admin-tasks.ts';
import {
  type Appointment,
  appointmentById,
  changeAppointment,
  namedAppointments,
  stepsOf,
} from '../../storage/repositories/appointments.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { whoDid } from '../who-did.ts';
import { appointmentViews, proposalViews, seriesView, toViews } from './appointment-views.ts';
import { QUEUE_ROLES, type QueueRouteParts } from './queue-parts.ts';

const params = z.object({ id: Id });

/** Times for tasks of the queue: proposed, held, booked. */
export async function taskTimeRoutes(
  app: FastifyInstance,
  { storage, now = Date.now }: QueueRouteParts,
): Promise<void> {
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/tasks/:id/proposals',
      summary:
        'Times for a task and what hangs on it, with why they fit; where none does, what would have to be given up',
      roles: QUEUE_ROLES,
      params,
      answers: TimeProposals,
    },
    async ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) =>
        proposalsOf(transaction, await findTimes(transaction, id, now()), now()),
      ),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/tasks/:id/reservation',
      summary: 'Hold times for a task and what hangs on it for ten minutes, in place of those held before',
      roles: QUEUE_ROLES,
      params,
      body: TimeChoice,
      changesVersion: true,
      answers: TaskTimes,
    },
    async ({ request, actor, params: { id: taskId }, body, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) =>
        taskTimes(
          transaction,
          taskId,
          now(),
          await reserveTimes(transaction, { taskId, version }, choiceOf(body), now()),
        ),
      ),
  );

  apiRoute(
    app,
    {
      method: 'DELETE',
      url: '/api/tasks/:id/reservation',
      summary: 'Let go of the times that are held for a task',
      roles: QUEUE_ROLES,
      params,
      changesVersion: true,
    },
    async ({ request, actor, params: { id: taskId }, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), (transaction) =>
        releaseTimes(transaction, { taskId, version }),
      ),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/tasks/:id/booking',
      summary: 'Book the times that are held, or others, for a task and what hangs on it: all or none',
      roles: QUEUE_ROLES,
      params,
      body: BookingBody,
      changesVersion: true,
      answers: TaskTimes,
      status: 201,
    },
    async ({ request, actor, params: { id: taskId }, body, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const seen = { taskId, version };
        const booked =
          body.what === 'reserved'
            ? await bookReserved(transaction, seen, now())
            : await bookTimes(transaction, seen, choiceOf(body), now());
        return taskTimes(transaction, taskId, now(), booked);
      }),
  );
}

/** What is booked: shown, moved, cancelled, kept. */
export async function appointmentRoutes(
  app: FastifyInstance,
  { storage, now = Date.now }: QueueRouteParts,
): Promise<void> {
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/appointments/:id',
      summary: 'An appointment with each of its steps, and what hangs together with it',
      roles: QUEUE_ROLES,
      params,
      answers: AppointmentDetail,
    },
    async ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const { chainId } = await appointmentById(transaction, id);
        const { date: today } = stockholmClockAt(now());
        const [view] = await appointmentViews(transaction, [{ id }], today);
        const linked = await toViews(transaction, await namedAppointments(transaction, { chainId }), today);
        const steps = (await stepsOf(transaction, id)).map((step) => ({
          ...step,
          by: whoDid(step, step.by),
        }));
        return { ...view!, linked: linked.filter((one) => one.id !== id), steps };
      }),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/appointments/:id/proposals',
      summary: 'Other times for a booked appointment; what hangs on it stays if it can',
      roles: QUEUE_ROLES,
      params,
      answers: TimeProposals,
    },
    async ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const { taskId, state } = await appointmentById(transaction, id);
        if (taskId === null || state !== 'booked') throw notToMove(state);
        return proposalsOf(transaction, await findOtherTimes(transaction, { id, taskId }, now()), now());
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/appointments/:id/move',
      summary: 'Move a booked appointment, and what hangs on it where that cannot stay',
      roles: QUEUE_ROLES,
      params,
      body: MoveBody,
      changesVersion: true,
      answers: ChangedAppointments,
    },
    async ({ request, actor, params: { id }, body: { startsAt, ...move }, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const to = { ...move, startMs: startsAt.getTime() };
        const moved = await moveAppointment(transaction, { id, version }, to, now());
        return changed(transaction, id, now(), { appointments: moved, remarks: [] });
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/appointments/:id/cancel',
      summary: 'Cancel a booked appointment with what hangs on it; the tasks go back to the queue, or are closed',
      roles: QUEUE_ROLES,
      params,
      body: CancelBody,
      changesVersion: true,
      answers: ChangedAppointments,
    },
    async ({ request, actor, params: { id }, body: { note = null, ...why }, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const cancelled = await cancelBooking(transaction, { id, version }, { ...why, note });
        return changed(transaction, id, now(), cancelled);
      }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/appointments/:id/attendance',
      summary: 'The patient has come, has been seen, or did not come',
      roles: QUEUE_ROLES,
      params,
      body: AttendanceBody,
      changesVersion: true,
      answers: ChangedAppointments,
    },
    async ({ request, actor, params: { id }, body: { state }, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        await appointmentById(transaction, id);
        const appointment = await changeAppointment(transaction, { id, version }, { state });
        return changed(transaction, id, now(), { appointments: [appointment], remarks: [] });
      }),
  );
}

function choiceOf({ visits, givesUp }: TimeChoice): Choice {
  return {
    times: visits.map(({ startsAt, ...visit }) => ({ ...visit, startMs: startsAt.getTime() })),
    givesUp,
  };
}

async function proposalsOf(
  transaction: AuditedTransaction,
  { chain, problem, proposals, alternatives }: FoundTimes,
  nowMs: number,
): Promise<TimeProposals> {
  const { date: today } = stockholmClockAt(nowMs);
  const taskIds = new Set(chain.tasks.map(({ id }) => id));
  const held = chain.source.appointments.filter(
    ({ taskId, state, reservedUntil }) =>
      taskIds.has(taskId!) && (state !== 'reserved' || reservedUntil!.getTime() > nowMs),
  );
  return {
    problem,
    proposals: await proposalViews(transaction, proposals, today),
    alternatives: await proposalViews(transaction, alternatives, today),
    held: await appointmentViews(transaction, held, today),
    series: chain.series && seriesView(chain.series),
  };
}

async function taskTimes(
  transaction: AuditedTransaction,
  taskId: string,
  nowMs: number,
  appointments: readonly Appointment[],
): Promise<TaskTimes> {
  const { version } = await taskById(transaction, taskId);
  const views = await appointmentViews(transaction, appointments, stockholmClockAt(nowMs).date);
  return { taskId, version, appointments: views };
}

async function changed(
  transaction: AuditedTransaction,
  id: string,
  nowMs: number,
  { appointments, remarks }: { appointments: readonly Appointment[]; remarks: readonly string[] },
): Promise<ChangedAppointments> {
  const own = appointments.find((one) => one.id === id)!;
  const inOrder = [own, ...appointments.filter((one) => one !== own)];
  const views = await appointmentViews(transaction, inOrder, stockholmClockAt(nowMs).date);
  return { version: own.version, appointments: views, remarks: [...remarks] };
}

function notToMove(state: string): AppError {
  return new AppError('STATE_NOT_ALLOWED', 'a booked appointment of a task is moved', {
    expected: 'booked',
    got: state,
  });
}
