import type { FastifyInstance } from 'fastify';
import { VOSK_PATH } from '../../contracts/vosk.ts';
import type { LiveSessions } from '../../live/sessions.ts';
import { accountIdOf } from '../actor.ts';
import { messageSocket, wholeMessage } from '../message-socket.ts';
import { webSocketOnly } from '../request-error.ts';
import { VoskClient } from '../vosk/vosk-client.ts';

/** `GET /vosk`: what clients of the Vosk server speak over a WebSocket. */
export async function voskRoutes(app: FastifyInstance, { live }: { live: LiveSessions }): Promise<void> {
  app.route({
    method: 'GET',
    url: VOSK_PATH,
    handler: webSocketOnly,
    wsHandler: (socket, request) => {
      const client = new VoskClient({
        sessions: live,
        socket: messageSocket(socket),
        accountId: accountIdOf(request),
      });
      socket.on('message', (data, isBinary) => client.message(wholeMessage(data), isBinary));
      socket.once('close', () => client.closed());
    },
  });
}
