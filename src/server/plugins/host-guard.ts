import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config.ts';
import { RequestError } from '../request-error.ts';

const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Keeps other web sites out of a server that trusts its own machine. A page elsewhere can have its own name resolve to
 * a loopback address (DNS rebinding), so on loopback the Host must be a known one; and a request that a browser made
 * for a page must come from this server's own page. Clients that are no browsers send no Origin.
 */
export function addHostGuard(app: FastifyInstance, config: Pick<Config, 'host' | 'allowedHosts'>): void {
  const ownHost = isIP(config.host) === 6 ? `[${config.host}]` : config.host.toLowerCase();
  const knownHosts = new Set([...LOOPBACK_HOSTS, ownHost, ...config.allowedHosts]);
  const isLoopback = LOOPBACK_HOSTS.includes(ownHost) || ownHost.startsWith('127.');

  app.addHook('onRequest', async (request) => {
    const { host = '', origin } = request.headers;
    const hostName = parseUrl(`http://${host}`)?.hostname;
    if (isLoopback && (hostName === undefined || !knownHosts.has(hostName))) {
      throw new RequestError('REQUEST_INVALID', 'this host name is not served here', {
        status: 421,
        expected: `Host ${[...knownHosts].join(', ')}, or a name listed in TALTID_ALLOWED_HOSTS`,
        got: JSON.stringify(host.slice(0, 100)),
      });
    }
    if (origin !== undefined && parseUrl(origin)?.host !== host.toLowerCase()) {
      throw new RequestError('REQUEST_INVALID', 'requests from pages of other sites are not answered', {
        status: 403,
        expected: `Origin with the host ${JSON.stringify(host.slice(0, 100))}`,
        got: JSON.stringify(origin.slice(0, 100)),
      });
    }
  });
}

function parseUrl(text: string): URL | undefined {
  return URL.parse(text) ?? undefined;
}
