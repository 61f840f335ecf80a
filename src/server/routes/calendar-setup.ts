import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  NewResource,
  OfUnit,
  PeopleWithoutCalendar,
  ResourceBody,
  ResourceList,
  ResourceView,
} from '../../contracts/calendar-api.ts';
import { Id } from '../../contracts/clinic.ts';
import { AppError } from '../../contracts/errors.ts';
import { notFound } from '../../storage/audited-transaction.ts';
import {
  changeResource,
  createResource,
  listResources,
  resourceById,
} from '../../storage/repositories/calendar-setup.ts';
import { listColleagues } from '../../storage/repositories/colleagues.ts';
import { worksAtUnit } from '../../storage/repositories/staff.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { RequestError } from '../request-error.ts';
import { STAFF_OF_CARE } from './colleagues.ts';
import { QUEUE_ROLES } from './queue-parts.ts';

const params = z.object({ id: Id });
/** Who sets a calendar up; everybody who books reads it. */
export const CALENDAR_KEEPERS = ['administrator'] as const;

/** Who and what has a calendar at a unit. */
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
        requireFreeName(await listResources(transaction, unitId), body.name);
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
      storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => {
        const { unitId } = await resourceById(transaction, id);
        const others = (await listResources(transaction, unitId)).filter((one) => one.id !== id);
        if (body.active) requireFreeName(others, body.name);
        return changeResource(transaction, { id, version }, body);
      }),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/resources/people',
      summary: 'Who works at a unit and has no calendar there yet',
      roles: CALENDAR_KEEPERS,
      query: OfUnit,
      answers: PeopleWithoutCalendar,
    },
    async ({ request, actor, query: { unit } }) => {
      if (!actor.unitIds.includes(unit)) throw notFound('unit');
      const known = await storage.withAudit(actor, accessContext(request, 'administration'), (transaction) =>
        listResources(transaction, unit),
      );
      const people = await listColleagues(storage.plain, unit, STAFF_OF_CARE);
      return {
        items: people
          .filter(({ id }) => known.every(({ staffId }) => staffId !== id))
          .map(({ id, givenName, familyName, profession }) => ({
            id,
            name: `${givenName} ${familyName}`,
            role: profession,
          })),
      };
    },
  );
}

/** Pages and files of bookings tell things apart by their names. Throws REQUEST_INVALID. */
export function requireFreeName(
  others: readonly { readonly name: string; readonly active: boolean }[],
  name: string,
): void {
  const wanted = name.toLocaleLowerCase('sv');
  if (!others.some((one) => one.active && one.name.toLocaleLowerCase('sv') === wanted)) return;
  throw new RequestError('REQUEST_INVALID', 'the value of "name" is not usable', {
    param: 'name',
    expected: 'a name that no other of the unit has',
    got: 'one that is in use',
  });
}
