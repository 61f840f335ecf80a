import websocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import type { WebSocket } from 'ws';

/** Above any message of most protocols here; each protocol has limits of its own below it. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
const PING_EVERY_MS = 15_000;
/** How long the other side may take to say goodbye. */
const GOODBYE_MS = 3000;
const GOING_AWAY = 1001;

export interface WebSocketOptions {
  readonly beforeClose: () => Promise<void>;
  /** The largest message of addresses that take larger ones than the others do. */
  readonly maxMessageBytes: Readonly<Record<string, number>>;
  /** The only one that is spoken. */
  readonly subprotocol: string;
}

/**
 * WebSockets on the app's own port, past the same guards as every request. A connection whose other side is gone without
 * a word (a closed lid, a dead network) is found by pings.
 */
export async function addWebSockets(
  app: FastifyInstance,
  { beforeClose, maxMessageBytes, subprotocol }: WebSocketOptions,
): Promise<void> {
  // Not in place, since the types of ws do not know `closeTimeout` yet.
  const options = {
    maxPayload: MAX_MESSAGE_BYTES,
    closeTimeout: GOODBYE_MS,
    // What else a browser asks for may be a key, which is not to be said back.
    handleProtocols: (asked: Set<string>) => asked.has(subprotocol) && subprotocol,
  };
  await app.register(websocket, {
    options,
    // What a client sends against the WebSocket protocol itself is answered with its code by the library.
    errorHandler: (error, _socket, request) => request.log.info({ err: error }, 'websocket failed'),
    async preClose() {
      await beforeClose();
      for (const socket of app.websocketServer.clients) socket.close(GOING_AWAY);
      app.websocketServer.close();
    },
  });
  app.websocketServer.on('headers', (_headers, { url = '' }) => {
    // Right after this event the library makes the socket, with the limit that stands here then.
    app.websocketServer.options.maxPayload = maxMessageBytes[url.split('?', 1)[0]!] ?? MAX_MESSAGE_BYTES;
  });
  app.websocketServer.on('connection', keepAlive);
}

function keepAlive(socket: WebSocket): void {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    // One that is not being read cannot answer.
    if (!isAlive && !socket.isPaused) socket.terminate();
    isAlive = socket.isPaused;
    socket.ping();
  }, PING_EVERY_MS);
  socket.once('close', () => clearInterval(timer));
}
