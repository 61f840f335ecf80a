import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { makeApiKey } from '../../access/api-keys.ts';
import { ApiKeyList, MadeApiKey, NewApiKey } from '../../contracts/access-api-keys.ts';
import { Id } from '../../contracts/clinic.ts';
import { notFound } from '../../storage/audited-transaction.ts';
import { listApiKeys, revokeApiKey } from '../../storage/repositories/api-keys.ts';
import type { Storage } from '../../storage/storage.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';

const DAY_MS = 24 * 3_600_000;

/** Keys for programs: made, seen and ended by the operators of their unit. */
export async function apiKeyRoutes(app: FastifyInstance, { storage }: { storage: Storage }): Promise<void> {
  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/api-keys',
      summary: 'Make an API key; its token is in this answer only',
      roles: ['operator'],
      body: NewApiKey,
      answers: MadeApiKey,
      status: 201,
    },
    async ({ request, actor, body: { validDays, ...key } }) => {
      if (!actor.unitIds.includes(key.unitId)) throw notFound('unit');
      return storage.withAudit(actor, accessContext(request, 'operation'), async (transaction) => {
        const expiresAt = new Date(Date.now() + validDays * DAY_MS);
        const made = await makeApiKey(transaction.plain, { ...key, ownerId: actor.id, expiresAt });
        transaction.record('account-changed', 'api_keys', made.id);
        return made;
      });
    },
  );

  apiRoute(
    app,
    { method: 'GET', url: '/api/api-keys', summary: "The units' API keys", roles: ['operator'], answers: ApiKeyList },
    async ({ actor }) => ({ items: await listApiKeys(storage.plain, actor.unitIds, new Date()) }),
  );

  apiRoute(
    app,
    {
      method: 'DELETE',
      url: '/api/api-keys/:id',
      summary: 'End an API key for ever',
      roles: ['operator'],
      params: z.object({ id: Id }),
    },
    async ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'operation'), async (transaction) => {
        if (!(await revokeApiKey(transaction.plain, id, actor.unitIds, new Date()))) throw notFound('API key');
        transaction.record('account-changed', 'api_keys', id);
      }),
  );
}
