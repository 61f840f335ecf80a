import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { markNoShow, takeBackNoShow } from '../../appointments/no-show.ts';
import { ChangedAppointments } from '../../contracts/appointments-api.ts';
import { Id } from '../../contracts/clinic.ts';
import { NoShowBody, NoShows } from '../../contracts/no-show-api.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../../storage/audited-transaction.ts';
import { type Appointment, appointmentById } from '../../storage/repositories/appointments.ts';
import { noShowsOf } from '../../storage/repositories/no-shows.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { appointmentViews } from './appointment-views.ts';
import { QUEUE_ROLES, type QueueRouteParts } from './queue-parts.ts';

const params = z.object({ id: Id });

/** Visits to which nobody came. */
export async function noShowRoutes(app: FastifyInstance, { storage, now = Date.now }: QueueRouteParts): Promise<void> {
  const changed = async (
    transaction: AuditedTransaction,
    { id, version }: Appointment,
  ): Promise<ChangedAppointments> => ({
    version,
    appointments: await appointmentViews(transaction, [{ id }], stockholmClockAt(now()).date),
    remarks: [],
  });

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/appointments/:id/no-show',
      summary: 'The patient did not come; the task goes back to the queue, is closed, or is asked about',
      roles: QUEUE_ROLES,
      params,
      body: NoShowBody,
      changesVersion: true,
      answers: ChangedAppointments,
    },
    async ({ request, actor, params: { id }, body, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) =>
        changed(transaction, await markNoShow(transaction, { id, version }, body, now())),
      ),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/appointments/:id/no-show/take-back',
      summary: 'The patient came after all: taken back on the same day, as long as nothing was done about it',
      roles: QUEUE_ROLES,
      params,
      changesVersion: true,
      answers: ChangedAppointments,
    },
    async ({ request, actor, params: { id }, version }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) =>
        changed(transaction, await takeBackNoShow(transaction, { id, version })),
      ),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/appointments/:id/no-shows',
      summary: 'How often the patient of an appointment did not come before',
      roles: QUEUE_ROLES,
      params,
      answers: NoShows,
    },
    async ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const { patientId } = await appointmentById(transaction, id);
        return noShowsOf(transaction, patientId);
      }),
  );
}
