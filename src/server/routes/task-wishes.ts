import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { forgetWishes, stateWishes } from '../../appointments/patient-wishes.ts';
import { Id } from '../../contracts/clinic.ts';
import type { FollowUpRequest } from '../../contracts/followup.ts';
import {
  EarlierTimeBody,
  type EarlierTimeView,
  type PatientWishes,
  WishesBody,
} from '../../contracts/patient-wishes.ts';
import { askForEarlier, takeBackWish } from '../../freed-times/ask-earlier.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import type { AdminTask } from '../../storage/repositories/admin-tasks.ts';
import { appointmentById, namedAppointments } from '../../storage/repositories/appointments.ts';
import { wishesOfAppointments } from '../../storage/repositories/earlier-wishes.ts';
import { wishesOfChain } from '../../storage/repositories/patient-wishes.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { QUEUE_ROLES, type QueueRouteParts } from './queue-parts.ts';

const params = z.object({ id: Id });

/** What a patient wishes of times, as staff write it down on the phone. */
export async function taskWishRoutes(app: FastifyInstance, { storage }: QueueRouteParts): Promise<void> {
  apiRoute(
    app,
    {
      method: 'PUT',
      url: '/api/tasks/:id/wishes',
      summary: 'Put down what the patient of a task wishes of times, for it and what hangs on it',
      roles: QUEUE_ROLES,
      params,
      body: WishesBody,
      changesVersion: true,
    },
    async ({ request, actor, params: { id: taskId }, body, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), (transaction) =>
        stateWishes(transaction, { taskId, version }, body),
      ),
  );

  apiRoute(
    app,
    {
      method: 'DELETE',
      url: '/api/tasks/:id/wishes',
      summary: 'What the note says of the wishes of a patient holds again',
      roles: QUEUE_ROLES,
      params,
      changesVersion: true,
    },
    async ({ request, actor, params: { id: taskId }, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), (transaction) =>
        forgetWishes(transaction, { taskId, version }),
      ),
  );

  apiRoute(
    app,
    {
      method: 'PUT',
      url: '/api/appointments/:id/earlier-time',
      summary: 'The patient wants an earlier time than a booked one: times that become free are offered',
      roles: QUEUE_ROLES,
      params,
      body: EarlierTimeBody,
    },
    async ({ request, actor, params: { id: appointmentId }, body: { notBefore, noticeHours } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        await askForEarlier(transaction, {
          appointmentId,
          notBefore,
          ...(noticeHours !== undefined && { noticeHours }),
        });
      }),
  );

  apiRoute(
    app,
    {
      method: 'DELETE',
      url: '/api/appointments/:id/earlier-time',
      summary: 'The patient wants no earlier time any more; what was offered is let go of',
      roles: QUEUE_ROLES,
      params,
    },
    async ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        await appointmentById(transaction, id);
        await takeBackWish(transaction, id);
      }),
  );
}

interface Asked {
  readonly task: AdminTask;
  readonly request: { readonly fields: FollowUpRequest };
  readonly nameOf: (staffId: string) => string | null;
  readonly now: Date;
}

/** What the proposals of a task honour, and where it comes from. */
export async function wishesOfTask(
  transaction: AuditedTransaction,
  { task, request, nameOf, now }: Asked,
): Promise<PatientWishes> {
  const stated = await wishesOfChain(transaction, task);
  return {
    preference: stated?.preference ?? request.fields.patient_pref ?? {},
    stated: stated ? { by: `${stated.givenName} ${stated.familyName}`, at: stated.statedAt, note: stated.note } : null,
    earlier: await earlierTimes(transaction, task, nameOf, now),
  };
}

/** States in which visits of a task can be booked: of a series one waits for the next. */
const WITH_VISITS: ReadonlySet<AdminTask['state']> = new Set(['booked', 'called', 'waiting']);

async function earlierTimes(
  transaction: AuditedTransaction,
  { id, chainId, state }: AdminTask,
  nameOf: Asked['nameOf'],
  now: Date,
): Promise<EarlierTimeView[]> {
  if (!WITH_VISITS.has(state)) return [];
  const visits = (await namedAppointments(transaction, { chainId })).filter(
    (one) => one.taskId === id && one.state === 'booked' && one.startsAt > now,
  );
  const wishes = await wishesOfAppointments(
    transaction,
    visits.map((visit) => visit.id),
  );
  return visits.map(({ id: appointmentId, startsAt, visitTypeName: visit }) => {
    const wish = wishes.find((one) => one.appointmentId === appointmentId);
    const wanted = wish && {
      notBefore: wish.notBefore,
      noticeHours: wish.noticeHours,
      since: wish.createdAt,
      by: wish.askedBy === null ? null : nameOf(wish.askedBy),
    };
    return { appointmentId, visit, startsAt, wanted: wanted ?? null };
  });
}
