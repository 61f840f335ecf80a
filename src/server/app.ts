import Fastify, { type FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { REALTIME_LIMITS, REALTIME_PATH, REALTIME_SUBPROTOCOL } from '../contracts/realtime.ts';
import type { Transcriber } from '../contracts/transcriber.ts';
import type { LiveSessions } from '../live/sessions.ts';
import { addAccess } from './access.ts';
import { addClinic, type ClinicParts } from './clinic.ts';
import { type ConnectionLimits, DEFAULT_CONNECTION_LIMITS, serverFactory } from './http-servers.ts';
import { addLiveMetrics } from './live-metrics.ts';
import { addProxies } from './local-requests.ts';
import { createMetrics } from './metrics.ts';
import { addErrorHandling, pathForLog } from './plugins/error-handling.ts';
import { addHostGuard } from './plugins/host-guard.ts';
import { addSecurityHeaders } from './plugins/security-headers.ts';
import { addWebSockets } from './plugins/websocket.ts';
import { addQueueMetrics } from './queue-metrics.ts';
import { followUpRoutes } from './routes/followups.ts';
import { healthRoutes } from './routes/health.ts';
import { liveRoutes } from './routes/live.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { modelRoutes } from './routes/models.ts';
import { pageRoutes } from './routes/page.ts';
import { realtimeRoutes } from './routes/realtime.ts';
import { systemStateRoutes } from './routes/system-state.ts';
import { transcriptionRoutes } from './routes/transcriptions.ts';
import { vocabularyTrialRoutes } from './routes/vocabulary-trial.ts';
import { voskRoutes } from './routes/vosk.ts';
import type { ServerCertificate } from './server-certificate.ts';
import { addSlowBodyGuard } from './slow-bodies.ts';
import { UploadBudget } from './upload-budget.ts';
import { NO_VOCABULARY } from './vocabulary/vocabulary-lists.ts';

/** Bodies of everything but the audio endpoint, which has its own limit. */
const BODY_LIMIT_BYTES = 1024 * 1024;

export interface AppParts {
  readonly transcriber: Transcriber;
  /** Live dictation; without it there is no address for it. */
  readonly live?: LiveSessions;
  /** Notes, queue and accounts; without it there are no addresses for them. */
  readonly clinic?: ClinicParts;
  readonly config: Pick<
    Config,
    | 'host'
    | 'allowedHosts'
    | 'behindProxy'
    | 'requireKey'
    | 'defaultModel'
    | 'dataDirectory'
    | 'maxUploadBytes'
    | 'maxUploadsInFlightBytes'
    | 'logLevel'
  >;
  /** HTTPS with it; plain HTTP when absent. */
  readonly certificate?: ServerCertificate;
  readonly connectionLimits?: ConnectionLimits;
  /** Folder of the built page; without it only the interfaces for programs are served. */
  readonly pageDirectory?: string;
  /** Where log lines go; standard output when absent. */
  readonly logStream?: { write(line: string): void };
}

/**
 * The HTTP server, not yet listening. It closes its live sessions and its certificate, but not the transcriber: who made
 * it does.
 */
export async function buildApp(parts: AppParts): Promise<FastifyInstance> {
  const { transcriber, live, clinic, config, certificate, pageDirectory, logStream } = parts;
  const uploads = new UploadBudget(config.maxUploadsInFlightBytes);
  const metrics = createMetrics(transcriber, uploads, certificate);
  if (live) addLiveMetrics(metrics.registry, live);
  if (clinic?.queue) addQueueMetrics(metrics.registry, clinic.queue);
  const { maxConnections, ...given } = parts.connectionLimits ?? DEFAULT_CONNECTION_LIMITS;
  const maxPerAddress = config.behindProxy.length > 0 ? maxConnections : given.maxPerAddress;
  const limits = { ...given, maxConnections, maxPerAddress };
  const app = Fastify({
    bodyLimit: BODY_LIMIT_BYTES,
    serverFactory: serverFactory(limits, certificate),
    trustProxy: config.behindProxy.length > 0 && [...config.behindProxy],
    genReqId: () => crypto.randomUUID(),
    logger: {
      level: config.logLevel,
      // Neither query strings, nor headers, nor the other side's address: none is needed, and any may name a person.
      serializers: { req: (request) => ({ method: request.method, path: pathForLog(request) }) },
      ...(logStream && { stream: logStream }),
    },
  });

  if (certificate) app.addHook('onClose', async () => certificate.close());
  // Before the guards: a request for a WebSocket that they refuse must be known as one, or its socket stays open.
  await addWebSockets(app, {
    beforeClose: async () => live?.close(),
    maxMessageBytes: { [REALTIME_PATH]: REALTIME_LIMITS.messageBytes },
    subprotocol: REALTIME_SUBPROTOCOL,
  });

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    metrics.request(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
  });
  addSlowBodyGuard(app, limits.bodyMs);
  addSecurityHeaders(app);
  addHostGuard(app, config);
  addProxies(app, config);
  addErrorHandling(app, metrics);
  if (clinic) await addAccess(app, clinic, config);

  await app.register(healthRoutes, { transcriber });
  await app.register(metricsRoutes, { metrics });
  await app.register(modelRoutes, { transcriber });
  await app.register(followUpRoutes);
  await app.register(transcriptionRoutes, {
    transcriber,
    metrics,
    uploads,
    vocabulary: clinic?.vocabulary?.source,
    config,
  });
  if (live) {
    await app.register(liveRoutes, { live });
    await app.register(realtimeRoutes, { live, transcriber, metrics, config });
    await app.register(voskRoutes, { live });
  }
  if (clinic) {
    await addClinic(app, clinic, live);
    const vocabulary = (clinic.vocabulary ?? NO_VOCABULARY).source;
    await app.register(vocabularyTrialRoutes, { transcriber, metrics, uploads, vocabulary });
    await app.register(systemStateRoutes, { storage: clinic.storage, transcriber, live, certificate, config });
  }
  if (pageDirectory !== undefined) await app.register(pageRoutes, { directory: pageDirectory });
  return app;
}
