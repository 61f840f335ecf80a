import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { UnitContact, UnitContactBody } from '../../contracts/letter-texts-api.ts';
import { notFound } from '../../storage/audited-transaction.ts';
import { changeUnit, unitById } from '../../storage/repositories/staff.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext, type StaffActor } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { CALENDAR_KEEPERS } from './calendar-setup.ts';
import { QUEUE_ROLES } from './queue-parts.ts';

const params = z.object({ id: Id });

/** How patients reach a unit: kept by who sends its letters. */
export async function unitContactRoutes(app: FastifyInstance, { storage }: { storage: Storage }): Promise<void> {
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/units/:id/contact',
      summary: 'Phone, phone hours, address and directions of a unit',
      roles: QUEUE_ROLES,
      params,
      answers: UnitContact,
    },
    async ({ actor, params: { id } }) => {
      requireUnit(actor, id);
      return unitById(storage.plain, id);
    },
  );

  apiRoute(
    app,
    {
      method: 'PUT',
      url: '/api/units/:id/contact',
      summary: 'Set how a unit is reached, all of it',
      roles: CALENDAR_KEEPERS,
      params,
      body: UnitContactBody,
      changesVersion: true,
      answers: UnitContact,
    },
    ({ request, actor, params: { id }, body, version }) => {
      requireUnit(actor, id);
      return storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => {
        const unit = await changeUnit(transaction.plain, id, version, body);
        transaction.record('account-changed', 'units', id);
        return unit;
      });
    },
  );
}

/** Throws NOT_FOUND for a unit where the member of staff does not work. */
export function requireUnit({ unitIds }: StaffActor, unitId: string): void {
  if (!unitIds.includes(unitId)) throw notFound('unit');
}
