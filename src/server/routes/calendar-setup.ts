import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  NewResource,
  NewVisitType,
  OfUnit,
  ResourceBody,
  ResourceList,
  ResourceView,
  VisitTypeBody,
  VisitTypeList,
  VisitTypeView,
} from '../../contracts/calendar-api.ts';
import { Id } from '../../contracts/clinic.ts';
import { AppError } from '../../contracts/errors.ts';
import {
  changeResource,
  changeVisitType,
  createResource,
  createVisitType,
  listResources,
  listVisitTypes,
} from '../../storage/repositories/calendar-setup.ts';
import { worksAtUnit } from '../../storage/repositories/staff.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { QUEUE_ROLES } from './queue-parts.ts';

const params = z.object({ id: Id });
/** Who sets a calendar up; everybody who books reads it. */
export const CALENDAR_KEEPERS = ['administrator'] as const;

/** Who and what has a calendar at a unit, and what is booked there. */
export async function calendarSetupRoutes(app: FastifyInstance, { storage }: { storage: Storage }): Promise<void> {
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/resources',
      summary: 'People, lines, rooms, equipment and interpreters of a unit',
      roles: QUEUE_ROLES,
      query: OfUnit,
      answers: ResourceList,
    },
    async ({ request, actor, query: { unit } }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => ({
        items: await listResources(transaction, unit),
      })),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/resources',
      summary: 'Give somebody or something of a unit a calendar',
      roles: CALENDAR_KEEPERS,
      body: NewResource,
      answers: ResourceView,
      status: 201,
    },
    async ({ request, actor, body }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => {
        const { staffId, unitId } = body;
        if (staffId !== null && !(await worksAtUnit(transaction.plain, unitId, staffId))) {
          throw new AppError('REQUEST_INVALID', 'a person with a calendar works at the unit', {
            expected: 'staffId of a colleague',
            got: 'somebody else',
          });
        }
        return createResource(transaction, body);
      }),
  );

  apiRoute(
    app,
    {
      method: 'PUT',
      url: '/api/resources/:id',
      summary: 'Rename a resource, or put it away: what is booked stays',
      roles: CALENDAR_KEEPERS,
      params,
      body: ResourceBody,
      changesVersion: true,
      answers: ResourceView,
    },
    async ({ request, actor, params: { id }, body, version }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        changeResource(transaction, { id, version }, body),
      ),
  );

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
      summary: 'Make a visit type',
      roles: CALENDAR_KEEPERS,
      body: NewVisitType,
      answers: VisitTypeView,
      status: 201,
    },
    async ({ request, actor, body }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        createVisitType(transaction, body),
      ),
  );

  apiRoute(
    app,
    {
      method: 'PUT',
      url: '/api/visit-types/:id',
      summary: 'Change a visit type; what is booked keeps its length',
      roles: CALENDAR_KEEPERS,
      params,
      body: VisitTypeBody,
      changesVersion: true,
      answers: VisitTypeView,
    },
    async ({ request, actor, params: { id }, body, version }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        changeVisitType(transaction, { id, version }, body),
      ),
  );
}
