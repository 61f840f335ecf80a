import type { FastifyInstance } from 'fastify';
import { NewUnit, UnitList, UnitView } from '../../contracts/access-api-accounts.ts';
import { addStaffUnit, createUnit, listUnits } from '../../storage/repositories/staff.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';

/** The clinic's units. */
export async function unitRoutes(app: FastifyInstance, { storage }: { storage: Storage }): Promise<void> {
  apiRoute(
    app,
    { method: 'GET', url: '/api/units', summary: 'The units where one works', roles: [], answers: UnitList },
    async ({ actor }) => ({
      items: (await listUnits(storage.plain)).filter(({ id }) => actor.unitIds.includes(id)),
    }),
  );

  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/units',
      summary: 'Make a unit; whoever makes it manages it',
      roles: ['operator'],
      body: NewUnit,
      answers: UnitView,
      status: 201,
    },
    async ({ request, actor, body }) =>
      storage.withAudit(actor, accessContext(request, 'operation'), async (transaction) => {
        const unit = await createUnit(transaction.plain, body);
        await addStaffUnit(transaction.plain, actor.id, unit.id);
        transaction.record('account-changed', 'units', unit.id);
        return unit;
      }),
  );
}
