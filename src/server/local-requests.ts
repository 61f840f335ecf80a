import type { FastifyRequest } from 'fastify';
import { isLoopback } from './reach.ts';

/** Any of them says that somebody passes the request on, who is then the one on the socket. */
const FORWARDING_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** Whether a request was made on this very computer, by nobody on behalf of another. */
export function isLocal({ socket, headers }: FastifyRequest): boolean {
  const address = socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  return isLoopback(address) && !FORWARDING_HEADERS.some((name) => name in headers);
}
