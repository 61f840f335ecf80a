import type { FastifyInstance } from 'fastify';
import type { Transcriber } from '../../contracts/transcriber.ts';

/** Ready is for whoever sends work, live for whoever restarts a process that hangs. */
export async function healthRoutes(app: FastifyInstance, { transcriber }: { transcriber: Transcriber }): Promise<void> {
  app.get('/health', { logLevel: 'warn' }, async (_request, reply) => {
    const { ready } = transcriber.status();
    return reply
      .code(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: ready ? 'ready' : 'starting' });
  });
  app.get('/health/live', { logLevel: 'warn' }, async () => ({ status: 'live' }));
}
