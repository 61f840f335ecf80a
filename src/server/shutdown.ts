import type { FastifyInstance } from 'fastify';

const IDLE_CHECK_MS = 100;

/**
 * Stops accepting, lets requests under way finish until the deadline, cuts what is still open then, and ends what the
 * requests were served from, in turn.
 */
export async function shutDown(
  app: FastifyInstance,
  parts: readonly { close(): Promise<void> }[],
  drainMs: number,
): Promise<void> {
  const { server } = app;
  const deadline = setTimeout(() => server.closeAllConnections(), drainMs);
  // Closing waits for kept-alive connections as well; one whose last answer is out would hold it up to the deadline.
  const idleCheck = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  try {
    await app.close();
  } finally {
    clearTimeout(deadline);
    clearInterval(idleCheck);
    for (const part of parts) await part.close();
  }
}
