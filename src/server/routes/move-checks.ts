import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { checkMove, timesToMoveTo } from '../../appointments/check-move.ts';
import { Id } from '../../contracts/clinic.ts';
import { MoveCheck, MoveCheckBody, MoveTimes, MoveTimesQuery } from '../../contracts/move-api.ts';
import { resourceNames } from '../../storage/repositories/calendar-setup.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { readDays } from './calendar.ts';
import { QUEUE_ROLES, type QueueRouteParts } from './queue-parts.ts';

const params = z.object({ id: Id });

/** What moving an appointment would mean, asked before it is moved. */
export async function moveCheckRoutes(
  app: FastifyInstance,
  { storage, now = Date.now }: QueueRouteParts,
): Promise<void> {
  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/appointments/:id/move/check',
      summary: 'What moving an appointment to a time would mean, or why it cannot be there; nothing moves',
      roles: QUEUE_ROLES,
      params,
      body: MoveCheckBody,
      answers: MoveCheck,
    },
    async ({ request, actor, params: { id }, body: { performerId, startsAt } }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const to = { performerId, startMs: startsAt.getTime() };
        const checked = await checkMove(transaction, id, to, now());
        if ('problem' in checked) return { ...checked, visits: [], givesUp: [], reasons: [] };
        const { visits, givesUp, reasons } = checked;
        const names = await resourceNames(
          transaction,
          visits.flatMap(({ visit }) => visit.otherResourceIds),
        );
        return {
          problem: null,
          givesUp: [...givesUp],
          reasons: [...reasons],
          visits: visits.map(({ appointment, visit: { fit, performer, otherResourceIds, startMs, endMs } }) => ({
            appointmentId: appointment.id,
            before: { performerId: appointment.performerId, startsAt: appointment.startsAt },
            visitType: { id: fit.visitType.id, name: fit.visitType.name },
            performer: { id: performer.id, name: performer.name },
            others: otherResourceIds.map((otherId) => ({ id: otherId, name: names.get(otherId) ?? '' })),
            startsAt: new Date(startMs),
            endsAt: new Date(endMs),
          })),
        };
      }),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/appointments/:id/move/times',
      summary: 'Where an appointment could be on some days, and where that gives nothing up',
      roles: QUEUE_ROLES,
      params,
      query: MoveTimesQuery,
      answers: MoveTimes,
    },
    async ({ request, actor, params: { id }, query }) =>
      storage.withAudit(actor, accessContext(request, 'booking'), async (transaction) => {
        const found = await timesToMoveTo(transaction, id, readDays(query), now());
        if ('problem' in found) return { ...found, items: [] };
        return {
          problem: null,
          items: found.times.map(({ performerId, startMs, endMs, fits }) => ({
            performerId,
            startsAt: new Date(startMs),
            endsAt: new Date(endMs),
            fits,
          })),
        };
      }),
  );
}
