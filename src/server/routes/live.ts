import type { FastifyInstance } from 'fastify';
import type { RawData, WebSocket } from 'ws';
import { LIVE_CLOSE } from '../../contracts/live.ts';
import type { LiveSocket } from '../../live/link.ts';
import type { LiveSessions } from '../../live/sessions.ts';
import { RequestError } from '../request-error.ts';

const UPGRADE_REQUIRED = 426;

/** `GET /api/live`: live dictation over a WebSocket, in the protocol of src/contracts/live.ts. */
export async function liveRoutes(app: FastifyInstance, { live }: { live: LiveSessions }): Promise<void> {
  app.route({
    method: 'GET',
    url: '/api/live',
    handler: async () => {
      throw new RequestError('REQUEST_INVALID', 'this address speaks WebSocket only', { status: UPGRADE_REQUIRED });
    },
    wsHandler: (socket) => {
      const connection = live.connect(liveSocket(socket));
      socket.on('message', (data, isBinary) => {
        const bytes = wholeMessage(data);
        if (isBinary) connection.binary(bytes);
        else connection.text(bytes.toString());
      });
      socket.once('close', () => connection.closed());
    },
  });
}

function liveSocket(socket: WebSocket): LiveSocket {
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    close: (name) => socket.close(LIVE_CLOSE[name], name),
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    pause: () => socket.pause(),
    resume: () => socket.resume(),
  };
}

function wholeMessage(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
