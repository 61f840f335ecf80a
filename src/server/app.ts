import Fastify, { type FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import type { Transcriber } from '../contracts/transcriber.ts';
import type { LiveSessions } from '../live/sessions.ts';
import { createMetrics } from './metrics.ts';
import { addErrorHandling, pathOf } from './plugins/error-handling.ts';
import { addHostGuard } from './plugins/host-guard.ts';
import { addSecurityHeaders } from './plugins/security-headers.ts';
import { addWebSockets } from './plugins/websocket.ts';
import { followUpRoutes } from './routes/followups.ts';
import { healthRoutes } from './routes/health.ts';
import { liveRoutes } from './routes/live.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { modelRoutes } from './routes/models.ts';
import { pageRoutes } from './routes/page.ts';
import { transcriptionRoutes } from './routes/transcriptions.ts';
import { UploadBudget } from './upload-budget.ts';

/** The longest that a whole request may take to come in: 256 MiB at 4 Mbit/s. */
const REQUEST_TIMEOUT_MS = 10 * 60_000;
/** Bodies of everything but the audio endpoint, which has its own limit. */
const BODY_LIMIT_BYTES = 1024 * 1024;

export interface AppParts {
  readonly transcriber: Transcriber;
  /** Live dictation; without it there is no address for it. */
  readonly live?: LiveSessions;
  readonly config: Pick<Config, 'host' | 'allowedHosts' | 'maxUploadBytes' | 'maxUploadsInFlightBytes' | 'logLevel'>;
  /** Folder of the built page; without it only the interfaces for programs are served. */
  readonly pageDirectory?: string;
  /** Where log lines go; standard output when absent. */
  readonly logStream?: { write(line: string): void };
}

/** The HTTP server, not yet listening. It closes its live sessions, but not the transcriber: who made it does. */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { transcriber, live, config, pageDirectory, logStream } = parts;
  const uploads = new UploadBudget(config.maxUploadsInFlightBytes);
  const metrics = createMetrics(transcriber, uploads);
  const app = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: () => crypto.randomUUID(),
    logger: {
      level: config.logLevel,
      // Neither query strings, nor headers, nor the other side's address: none is needed, and any may name a person.
      serializers: { req: (request) => ({ method: request.method, path: pathOf(request) }) },
      ...(logStream && { stream: logStream }),
    },
  });

  // Before the guards: a request for a WebSocket that they refuse must be known as one, or its socket stays open.
  await addWebSockets(app, { beforeClose: async () => live?.close() });

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.request(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
  });
  addSecurityHeaders(app);
  addHostGuard(app, config);
  addErrorHandling(app, metrics);

  await app.register(healthRoutes, { transcriber });
  await app.register(metricsRoutes, { metrics });
  await app.register(modelRoutes, { transcriber });
  await app.register(followUpRoutes);
  await app.register(transcriptionRoutes, { transcriber, metrics, uploads, config });
  if (live) await app.register(liveRoutes, { live });
  if (pageDirectory !== undefined) await app.register(pageRoutes, { directory: pageDirectory });
  return app;
}
