import type { FastifyInstance } from 'fastify';
import type { Config } from '../../config.ts';
import { isLoopback, LOOPBACK_HOSTS, urlHost } from '../reach.ts';
import { RequestError } from '../request-error.ts';

/**
 * Keeps other web sites out of a server that trusts its own machine. A page elsewhere can have its own name resolve to
 * a loopback address (DNS rebinding), so on loopback the Host must be a known one; and a request that a browser made
 * for a page must come from this server's own page. Clients that are no browsers send no Origin.
 */
export function addHostGuard(app: FastifyInstance, config: Pick<Config, 'host' | 'allowedHosts'>): void {
  const knownHosts = new Set([...LOOPBACK_HOSTS, urlHost(config.host), ...config.allowedHosts]);
  const isOnLoopback = isLoopback(config.host);

  app.addHook('onRequest', async (request) => {
    // A trusted proxy may say by which name and how it was asked.
    const { host, protocol } = request;
    const { origin } = request.headers;
    const hostName = parseUrl(`http://${host}`)?.hostname;
    if (isOnLoopback && (hostName === undefined || !knownHosts.has(hostName))) {
      throw new RequestError('REQUEST_INVALID', 'this host name is not served here', {
        status: 421,
        expected: `Host ${[...knownHosts].join(', ')}, or a name listed in TALTID_ALLOWED_HOSTS`,
        got: JSON.stringify(host.slice(0, 100)),
      });
    }
    if (origin === undefined) return;
    const page = parseUrl(origin);
    // A page that came over plain HTTP may be anybody's on the network, whatever its name.
    if (page?.host !== host.toLowerCase() || (protocol === 'https' && page.protocol !== 'https:')) {
      throw new RequestError('REQUEST_INVALID', 'requests from pages of other sites are not answered', {
        status: 403,
        expected: `Origin ${JSON.stringify(`${protocol}://${host}`.slice(0, 100))}`,
        got: JSON.stringify(origin.slice(0, 100)),
      });
    }
  });
}

function parseUrl(text: string): URL | undefined {
  return URL.parse(text) ?? undefined;
}
