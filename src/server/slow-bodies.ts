import type { FastifyInstance, FastifyRequest } from 'fastify';

const TIMED_OUT = 'HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';

/** What may be longer, a recording or a file of patients, has the time of a whole request. */
const SHORT_BODY_BYTES = 4 * 1024 * 1024;

/** Cuts off whoever sends a short body slowly, and so keeps a connection from others. */
export function addSlowBodyGuard(app: FastifyInstance, bodyMs: number): void {
  const timers = new WeakMap<FastifyRequest, NodeJS.Timeout>();
  const stop = async (request: FastifyRequest) => clearTimeout(timers.get(request));
  app.addHook('onRequest', async (request) => {
    const hasBody = 'content-length' in request.headers || 'transfer-encoding' in request.headers;
    if (!hasBody || request.is404 || request.routeOptions.bodyLimit > SHORT_BODY_BYTES) return;
    timers.set(
      request,
      setTimeout(() => request.socket.end(TIMED_OUT), bodyMs),
    );
  });
  app.addHook('preValidation', stop);
  app.addHook('onRequestAbort', stop);
  app.addHook('onResponse', stop);
}
