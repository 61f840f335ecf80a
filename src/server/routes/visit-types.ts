import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { NewVisitType, OfUnit, VisitTypeBody, VisitTypeList, VisitTypeView } from '../../contracts/calendar-api.ts';
import { Id } from '../../contracts/clinic.ts';
import {
  changeVisitType,
  createVisitType,
  listVisitTypes,
  visitTypeById,
} from '../../storage/repositories/calendar-setup.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { CALENDAR_KEEPERS, requireFreeName } from './calendar-setup.ts';
import { QUEUE_ROLES } from './queue-parts.ts';

const params = z.object({ id: Id });

/** What is booked at a unit, for patients and staff. */
export async function visitTypeRoutes(app: FastifyInstance, { storage }: { storage: Storage }): Promise<void> {
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/visit-types',
      summary: 'What is booked at a unit: how long it takes, who does it, what else it needs',
      roles: QUEUE_ROLES,
      query: OfUnit,
      answers: VisitTypeList,
    },
    async ({ request, actor, query: { unit } }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => ({
        items: await listVisitTypes(transaction, unit),
      })),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/visit-types',
      summary: 'Make a visit type, with a name that no other in use has',
      roles: CALENDAR_KEEPERS,
      body: NewVisitType,
      answers: VisitTypeView,
      status: 201,
    },
    async ({ request, actor, body }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => {
        requireFreeName(await listVisitTypes(transaction, body.unitId), body.name);
        return createVisitType(transaction, body);
      }),
  );

  apiRoute(
    app,
    {
      method: 'PUT',
      url: '/api/visit-types/:id',
      summary: 'Change a visit type, or retire it; what is booked keeps it, and its length',
      roles: CALENDAR_KEEPERS,
      params,
      body: VisitTypeBody,
      changesVersion: true,
      answers: VisitTypeView,
    },
    async ({ request, actor, params: { id }, body, version }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => {
        const { unitId } = await visitTypeById(transaction, id);
        const others = (await listVisitTypes(transaction, unitId)).filter((one) => one.id !== id);
        if (body.active) requireFreeName(others, body.name);
        return changeVisitType(transaction, { id, version }, body);
      }),
  );
}
