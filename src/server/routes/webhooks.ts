import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Id } from '../../contracts/clinic.ts';
import { MadeWebhook, NewWebhook, WebhookList } from '../../contracts/webhooks.ts';
import type { Storage } from '../../storage/storage.ts';
import type { WebhookHosts } from '../../webhooks/hosts.ts';
import { subscribe, subscriptions, unsubscribe } from '../../webhooks/subscriptions.ts';
import { accessContext } from '../actor.ts';
import { apiRoute } from '../api-route.ts';

const WHO = { roles: ['operator'], scopes: ['webhooks:manage'] } as const;

interface WebhookRouteParts {
  readonly storage: Storage;
  readonly hosts: WebhookHosts;
}

/** Which programs are told what has happened. A key manages its own subscriptions, an operator those of the units. */
export async function webhookRoutes(app: FastifyInstance, { storage, hosts }: WebhookRouteParts): Promise<void> {
  apiRoute(
    app,
    {
      method: 'POST',
      url: '/api/webhooks',
      summary: 'Have events sent to an address; the secret that signs them is in this answer only',
      ...WHO,
      body: NewWebhook,
      answers: MadeWebhook,
      status: 201,
    },
    ({ request, actor, body }) =>
      storage.withAudit(actor, accessContext(request, 'operation'), (transaction) =>
        subscribe(transaction, actor, body, hosts),
      ),
  );

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/webhooks',
      summary: 'Subscriptions, and whether what they are sent comes through',
      ...WHO,
      answers: WebhookList,
    },
    ({ request, actor }) =>
      storage.withAudit(actor, accessContext(request, 'operation'), async (transaction) => ({
        items: await subscriptions(transaction, actor),
      })),
  );

  apiRoute(
    app,
    {
      method: 'DELETE',
      url: '/api/webhooks/:id',
      summary: 'Have nothing sent any more',
      ...WHO,
      params: z.object({ id: Id }),
    },
    ({ request, actor, params: { id } }) =>
      storage.withAudit(actor, accessContext(request, 'operation'), (transaction) =>
        unsubscribe(transaction, actor, id),
      ),
  );
}
