import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { FastifyAdapter } from '@bull-board/fastify';
import type { FastifyInstance } from 'fastify';
import type { BookingQueue } from '../../queue/booking-queue.ts';
import { staffOf } from '../actor.ts';
import { errorAnswer } from '../error-answers.ts';

/** The packages' types differ where each brings a copy of the other's. */
type ServerAdapter = Parameters<typeof createBullBoard>[0]['serverAdapter'];

const ADDRESS = '/drift/koer';
const LOGIN = '/inloggning';
const TITLE = 'Taltid: köer';

/** Its page has styles of its own in the page; everything else comes from this server here, too. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * bull-board's view of the jobs, for operators alone. Jobs carry ids, so that nobody's data is shown. It changes nothing:
 * what is to be done about a job is done by our own routes, which check the page's token and log who did it.
 */
export async function operationsBoardRoutes(app: FastifyInstance, { queue }: { queue: BookingQueue }): Promise<void> {
  const server = new FastifyAdapter();
  server.setBasePath(ADDRESS);
  createBullBoard({
    queues: [...queue.queues.values()].map(
      (each) => new BullMQAdapter(each.queue as ConstructorParameters<typeof BullMQAdapter>[0], { readOnlyMode: true }),
    ),
    serverAdapter: server as unknown as ServerAdapter,
    options: { uiConfig: { boardTitle: TITLE } },
  });
  // Its own answers everything with 500 and the words of the failure; its type knows but a few statuses.
  server.setErrorHandler((error) => {
    const { status, message } = errorAnswer(error);
    return { status: status as 404, body: { message } };
  });
  app.addHook('onRequest', async (request, reply) => {
    const isPage = request.headers.accept?.includes('text/html');
    if (request.actor === null && isPage) return reply.redirect(`${LOGIN}?till=${encodeURIComponent(ADDRESS)}`);
    staffOf(request, 'operator');
    reply.header('content-security-policy', CONTENT_SECURITY_POLICY);
  });
  await app.register(server.registerPlugin(), { prefix: ADDRESS });
}
