import type { FastifyInstance } from 'fastify';
import type { LiveServerMessage } from '../../contracts/live.ts';
import type { LiveSessions } from '../../live/sessions.ts';
import { accountIdOf } from '../actor.ts';
import { messageSocket, wholeMessage } from '../message-socket.ts';
import { webSocketOnly } from '../request-error.ts';

/** `GET /api/live`: live dictation over a WebSocket, in the protocol of src/contracts/live.ts. */
export async function liveRoutes(app: FastifyInstance, { live }: { live: LiveSessions }): Promise<void> {
  app.route({
    method: 'GET',
    url: '/api/live',
    handler: webSocketOnly,
    wsHandler: (socket, request) => {
      const connection = live.connect(messageSocket<LiveServerMessage>(socket), accountIdOf(request));
      socket.on('message', (data, isBinary) => {
        const bytes = wholeMessage(data);
        if (isBinary) connection.binary(bytes);
        else connection.text(bytes.toString());
      });
      socket.once('close', () => connection.closed());
    },
  });
}
