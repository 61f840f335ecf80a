import { BlockList, isIPv6 } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLoopback } from './reach.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether whoever connects from an IP address passes on the requests of others. */
    isProxy: (address: string) => boolean;
  }
}

/** Any of them says that somebody passes the request on, who is then the one on the socket. */
const FORWARDING_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** Tells the app its proxies: addresses, and ranges such as 10.1.2.0/24. */
export function addProxies(app: FastifyInstance, { behindProxy }: { readonly behindProxy: readonly string[] }): void {
  const proxies = new BlockList();
  for (const one of behindProxy) {
    const [address = '', bits] = one.split('/');
    if (bits === undefined) proxies.addAddress(address, familyOf(address));
    else proxies.addSubnet(address, Number(bits), familyOf(address));
  }
  app.decorate('isProxy', (address) => proxies.check(address, familyOf(address)));
}

/**
 * Whether a request was made on this very computer, by nobody on behalf of another. What a proxy brings never is, whether
 * it says so or not.
 */
export function isLocal({ server, socket, headers }: FastifyRequest): boolean {
  const address = socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
  return isLoopback(address) && !server.isProxy(address) && !FORWARDING_HEADERS.some((name) => name in headers);
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
