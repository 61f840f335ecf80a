import type { FastifyInstance } from 'fastify';
import { LOOPBACK_HOSTS } from '../reach.ts';

const SECURITY_HEADERS = {
  'content-security-policy': [
    "default-src 'self'",
    // The resampler of the page's recorder is WebAssembly.
    "script-src 'self' 'wasm-unsafe-eval'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'microphone=(self), camera=(), geolocation=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const;

const STRICT_TRANSPORT = `max-age=${180 * 24 * 3600}`;

/** Everything comes from this server and nothing may frame it; set on every answer, errors too. */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SECURITY_HEADERS);
    const { protocol, hostname } = request;
    // It would bind whatever else a developer runs on localhost; browsers pass it over for IP addresses themselves.
    if (protocol === 'https' && !LOOPBACK_HOSTS.includes(hostname)) {
      reply.header('strict-transport-security', STRICT_TRANSPORT);
    }
  });
}
