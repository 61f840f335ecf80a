import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { ServerCertificate } from './server-certificate.ts';

/** The longest that a whole request may take to come in: 256 MiB at 4 Mbit/s. */
const REQUEST_MS = 10 * 60_000;
/** Above what proxies keep a connection for, so that it is not closed while they send on it. */
const KEEP_ALIVE_MS = 75_000;
const OLDEST_TLS = 'TLSv1.2';

/** What a connection may do before it has said what it wants; whoever is past it is cut off. */
export interface ConnectionLimits {
  readonly maxConnections: number;
  /** At once from one address; a proxy that is known brings everybody's. */
  readonly maxPerAddress: number;
  /** Until the last header of a request has come, TLS apart. */
  readonly headersMs: number;
  readonly handshakeMs: number;
  /** Until the last byte of a body has come, where it is no upload. */
  readonly bodyMs: number;
  /** How often it is looked who is late. */
  readonly checkEveryMs: number;
}

export const DEFAULT_CONNECTION_LIMITS: ConnectionLimits = {
  maxConnections: 2000,
  maxPerAddress: 500,
  headersMs: 15_000,
  handshakeMs: 10_000,
  bodyMs: 30_000,
  checkEveryMs: 5_000,
};

/** Makes the servers of the app: HTTPS with a certificate, else plain HTTP. A host with two addresses needs two. */
export function serverFactory(limits: ConnectionLimits, certificate: ServerCertificate | undefined) {
  const options: ServerOptions = {
    requestTimeout: REQUEST_MS,
    headersTimeout: limits.headersMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    connectionsCheckingInterval: limits.checkEveryMs,
  };
  return (listener: RequestListener): Server => {
    const server = certificate ? secureServer(certificate, limits, options, listener) : createServer(options, listener);
    server.maxConnections = limits.maxConnections;
    limitEachAddress(server, limits.maxPerAddress);
    return server;
  };
}

/** Nobody takes all the connections that there are. */
function limitEachAddress(server: Server, most: number): void {
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (open.get(address) ?? 0) + 1;
    open.set(address, count);
    socket.once('close', () => {
      const left = open.get(address)! - 1;
      if (left === 0) open.delete(address);
      else open.set(address, left);
    });
    if (count > most) socket.destroy();
  });
}

function secureServer(
  certificate: ServerCertificate,
  { handshakeMs }: ConnectionLimits,
  options: ServerOptions,
  listener: RequestListener,
): Server {
  const { cert, key } = certificate.pair;
  const tls = { cert, key, minVersion: OLDEST_TLS, handshakeTimeout: handshakeMs } as const;
  const server = createSecureServer({ ...options, ...tls }, listener);
  certificate.keep(server);
  return server;
}
