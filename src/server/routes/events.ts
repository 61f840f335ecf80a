import type { FastifyInstance } from 'fastify';
import { apiRoute } from '../api-route.ts';
import type { EventStream } from '../event-stream.ts';
import { RequestError } from '../request-error.ts';

/** `GET /api/events`: what changes at the reader's units, as it happens. */
export async function eventRoutes(app: FastifyInstance, { events }: { events: EventStream }): Promise<void> {
  // Streams never end by themselves; closing waits for them.
  app.addHook('preClose', () => events.close());

  apiRoute(
    app,
    {
      method: 'GET',
      url: '/api/events',
      summary: 'Changes at the reader\'s units as server-sent events: "change" (ChangeEvent), "reset" to fetch anew',
      roles: [],
      sends: 'text/event-stream',
    },
    async ({ request, reply, actor }) => {
      const stream = await events.open(actor, lastEventId(request.headers['last-event-id']));
      reply
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no')
        .type('text/event-stream')
        .send(stream);
    },
  );
}

function lastEventId(given: string | string[] | undefined): number | undefined {
  if (given === undefined || given === '') return undefined;
  if (typeof given === 'string' && /^\d{1,15}$/.test(given)) return Number(given);
  throw new RequestError('REQUEST_INVALID', 'the header "last-event-id" is not usable', {
    param: 'last-event-id',
    expected: 'the id of an event of this stream',
  });
}
