import { AppError } from '../contracts/errors.ts';

/**
 * Where webhooks may be sent: hosts as they stand in addresses, with the port where it is not the usual one. Whoever
 * runs the server names them, private and loopback ones too, as a clinic's other systems mostly are; nobody who has a
 * key or an account can make the server call anybody else.
 */
export type WebhookHosts = readonly string[];

export function isAllowedHost(url: string, hosts: WebhookHosts): boolean {
  const host = URL.parse(url)?.host;
  return host !== undefined && hosts.includes(host);
}

/** Throws REQUEST_INVALID for an address that is not to be called. */
export function requireAllowed(url: string, hosts: WebhookHosts): void {
  const { username, password, hash } = new URL(url);
  if (username !== '' || password !== '' || hash !== '') {
    const details = { expected: 'an address without a password or a fragment' };
    throw new AppError('REQUEST_INVALID', 'the value of "url" is not usable', details);
  }
  if (isAllowedHost(url, hosts)) return;
  throw new AppError('REQUEST_INVALID', 'the value of "url" is not usable', {
    expected: 'a host that TALTID_WEBHOOK_HOSTS names',
    got: hosts.length === 0 ? 'no host is allowed yet' : 'another one',
  });
}
