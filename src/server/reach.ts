import { isIP } from 'node:net';
import type { Config } from '../config.ts';
import { AppError } from '../contracts/errors.ts';

/** As they stand in a URL: version 6 in brackets. */
export const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** A host as it stands in a URL. */
export function urlHost(host: string): string {
  return isIP(host) === 6 ? `[${host}]` : host.toLowerCase();
}

export function isLoopback(host: string): boolean {
  const inUrl = urlHost(host);
  return LOOPBACK_HOSTS.includes(inUrl) || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * Sound and notes must not cross a network that anybody can listen to because somebody opened a port.
 * @throws AppError TLS_REQUIRED, in Swedish: it is read by whoever starts the server at the clinic
 */
export function checkReach({ host, tls, behindProxy, insecureHttp }: Config): void {
  if (isLoopback(host) || tls || behindProxy.length > 0 || insecureHttp) return;
  throw new AppError(
    'TLS_REQUIRED',
    [
      `servern startar inte: andra datorer skulle nå den på ${host} utan kryptering, och webbläsare ger ingen mikrofon utan HTTPS. Välj ett av detta:`,
      '  1. Eget certifikat: kör "npx taltid certificate", starta sedan med --tls-cert FIL --tls-key FIL.',
      '  2. Bakom en omvänd proxy som sköter HTTPS: --behind-proxy ADRESS (proxyns adress).',
      '  3. Bara för prov på ett eget nät: --insecure-http.',
    ].join('\n'),
  );
}
