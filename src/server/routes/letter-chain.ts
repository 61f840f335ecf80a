import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { LetterChain, LetterChainBody } from '../../contracts/delivery-api.ts';
import { changeUnit, type Unit, unitById } from '../../storage/repositories/staff.ts';
import type { Storage } from '../../storage/storage.ts';
import { jsonText } from '../../storage/tables/columns.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';
import { CALENDAR_KEEPERS } from './calendar-setup.ts';
import { QUEUE_ROLES } from './queue-parts.ts';
import { requireUnit } from './unit-contact.ts';

const params = z.object({ id: Id });

/** By which channels a unit's letters go: kept by who sends them. */
export async function letterChainRoutes(app: FastifyInstance, { storage }: { storage: Storage }): Promise<void> {
  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/units/:id/letter-chain',
      summary: "The channels of a unit's letters in their order, and how long each is given to be read",
      roles: QUEUE_ROLES,
      params,
      answers: LetterChain,
    },
    async ({ actor, params: { id } }) => {
      requireUnit(actor, id);
      return chainOf(await unitById(storage.plain, id));
    },
  );

  apiRoute(
    app,
    {
      method: 'PUT',
      url: '/api/units/:id/letter-chain',
      summary: "Set the channels of a unit's letters, for those that go out from now on",
      roles: CALENDAR_KEEPERS,
      params,
      body: LetterChainBody,
      changesVersion: true,
      answers: LetterChain,
    },
    async ({ request, actor, params: { id }, body: { stations }, version }) => {
      requireUnit(actor, id);
      return storage.withAudit(actor, accessContext(request, 'administration'), async (transaction) => {
        const unit = await changeUnit(transaction.plain, id, version, { letterChain: jsonText(stations) });
        transaction.record('account-changed', 'units', id);
        return chainOf(unit);
      });
    },
  );
}

function chainOf({ letterChain, version }: Unit): LetterChain {
  return { stations: [...letterChain], version };
}
