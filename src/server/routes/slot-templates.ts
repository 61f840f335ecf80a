import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { midnight } from '../../appointments/calendar-question.ts';
import {
  ClosureList,
  ClosureQuery,
  NewClosure,
  NewClosureAnswer,
  NewSlotTemplate,
  OfUnit,
  SlotTemplateBody,
  SlotTemplateList,
  SlotTemplateView,
} from '../../contracts/calendar-api.ts';
import { Id } from '../../contracts/clinic.ts';
import { addDays, type LocalDate } from '../../followup/calendar/local-date.ts';
import { bookedWithin } from '../../storage/repositories/appointments.ts';
import {
  changeTemplate,
  createClosure,
  createTemplate,
  deleteClosure,
  deleteTemplate,
  listClosures,
  listTemplates,
} from '../../storage/repositories/calendar-setup.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { CALENDAR_KEEPERS } from './calendar-setup.ts';
import { QUEUE_ROLES } from './queue-parts.ts';

const params = z.object({ id: Id });

/** The weekly templates of a unit's calendar, and the days on which they do not hold. */
export async function slotTemplateRoutes(app: FastifyInstance, { storage }: { storage: Storage }): Promise<void> {
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/slot-templates',
      summary: 'The weekly templates of a unit, or of one resource',
      roles: QUEUE_ROLES,
      query: OfUnit.extend({ resource: Id.optional() }),
      answers: SlotTemplateList,
    },
    async ({ request, actor, query: { unit, resource } }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => ({
        items: await listTemplates(transaction, resource === undefined ? { unitId: unit } : { resourceId: resource }),
      })),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/slot-templates',
      summary: 'Make a weekly template; with one day for both ends an extra session',
      roles: CALENDAR_KEEPERS,
      body: NewSlotTemplate,
      answers: SlotTemplateView,
      status: 201,
    },
    async ({ request, actor, body }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        createTemplate(transaction, body),
      ),
  );

  apiRoute(
    app,
    {
      method: 'PUT',
      url: '/api/slot-templates/:id',
      summary: 'Change a template; what is booked in its times stays',
      roles: CALENDAR_KEEPERS,
      params,
      body: SlotTemplateBody,
      changesVersion: true,
      answers: SlotTemplateView,
    },
    async ({ request, actor, params: { id }, body, version }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        changeTemplate(transaction, { id, version }, body),
      ),
  );

  apiRoute(
    app,
    {
      method: 'DELETE',
      url: '/api/slot-templates/:id',
      summary: 'Remove a template; what is booked in its times stays',
      roles: CALENDAR_KEEPERS,
      params,
      changesVersion: true,
    },
    async ({ request, actor, params: { id }, version }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        deleteTemplate(transaction, { id, version }),
      ),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/closures',
      summary: 'When a unit and its resources are away or shut',
      roles: QUEUE_ROLES,
      query: ClosureQuery,
      answers: ClosureList,
    },
    async ({ request, actor, query: { unit, from, to } }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => ({
        items: await listClosures(transaction, unit, { firstDay: from, lastDay: to }),
      })),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/closures',
      summary: 'Shut a unit or a resource for some days; tells how much is booked then, which stays until it is moved',
      roles: CALENDAR_KEEPERS,
      body: NewClosure,
      answers: NewClosureAnswer,
      status: 201,
    },
    async ({ request, actor, body }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => {
        const closure = await createClosure(transaction, body);
        const from = midnight(closure.firstDay as LocalDate);
        const to = midnight(addDays(closure.lastDay as LocalDate, 1));
        return { ...closure, bookedMeanwhile: await bookedWithin(transaction, closure, { from, to }) };
      }),
  );

  apiRoute(
    app,
    {
      method: 'DELETE',
      url: '/api/closures/:id',
      summary: 'Open again what was shut',
      roles: CALENDAR_KEEPERS,
      params,
      changesVersion: true,
    },
    async ({ request, actor, params: { id }, version }) =>
      storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        deleteClosure(transaction, { id, version }),
      ),
  );
}
