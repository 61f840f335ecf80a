import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config.ts';
import { REALTIME_PATH } from '../../contracts/realtime.ts';
import type { Transcriber } from '../../contracts/transcriber.ts';
import type { LiveSessions } from '../../live/sessions.ts';
import { accountIdOf } from '../actor.ts';
import { messageSocket, wholeMessage } from '../message-socket.ts';
import type { Metrics } from '../metrics.ts';
import { RealtimeClient } from '../realtime/realtime-client.ts';
import { webSocketOnly } from '../request-error.ts';

export interface RealtimeRouteOptions {
  readonly live: LiveSessions;
  readonly transcriber: Transcriber;
  readonly metrics: Metrics;
  readonly config: Pick<Config, 'defaultModel'>;
}

/**
 * `GET /v1/realtime`: transcription sessions of OpenAI's Realtime API over a WebSocket. Every session is one of
 * transcription, whatever `intent` or `model` the address names: official clients cannot leave them out.
 */
export async function realtimeRoutes(app: FastifyInstance, options: RealtimeRouteOptions): Promise<void> {
  const { live, transcriber, metrics, config } = options;
  const bundled = (await transcriber.models()).find((model) => model.bundled);
  const model = config.defaultModel ?? bundled?.name ?? '';

  app.route({
    method: 'GET',
    url: REALTIME_PATH,
    handler: webSocketOnly,
    wsHandler: (socket, request) => {
      const client = new RealtimeClient({
        sessions: live,
        socket: messageSocket(socket),
        accountId: accountIdOf(request),
        model,
        isLegacy: isLegacy(request.headers),
        onFault: ({ code, param }) => {
          metrics.failed('REQUEST_INVALID');
          request.log.info({ code, param }, 'event refused');
        },
      });
      socket.on('message', (data, isBinary) => client.message(wholeMessage(data), isBinary));
      socket.once('close', () => client.closed());
    },
  });
}

/** Whether a client asks for the form of before 2025-08: by a header, or in a browser by a subprotocol. */
function isLegacy(headers: IncomingHttpHeaders): boolean {
  const subprotocols = headers['sec-websocket-protocol'] ?? '';
  return headers['openai-beta'] === 'realtime=v1' || subprotocols.includes('openai-beta.realtime-v1');
}
