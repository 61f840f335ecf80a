import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { InvalidArgumentError } from 'commander';

/** Apple's systems take no server certificate that holds for longer; 398 days is what public authorities may give. */
const LONGEST_DAYS = 825;
export const DEFAULT_CERTIFICATE_DAYS = 397;

const DNS_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** A name as certificates hold it, or undefined. Names with å, ä and ö are written in ASCII, as browsers ask for them. */
export function certificateName(text: string): string | undefined {
  if (isIP(text) === 4) return text;
  // In the shortest form, so that one address is one name.
  if (isIP(text) === 6) return URL.parse(`http://[${text}]`)?.hostname.slice(1, -1);
  const name = domainToASCII(text).toLowerCase();
  return DNS_NAME.test(name) ? name : undefined;
}

/** The values of `--host`, one after the other. @throws InvalidArgumentError */
export function parseHosts(text: string, before: readonly string[] = []): readonly string[] {
  const name = certificateName(text);
  if (name === undefined) throw new InvalidArgumentError(`expected a host name or an IP address; got "${text}"`);
  return [...before, name];
}

/** The value of `--days`. @throws InvalidArgumentError */
export function parseDays(text: string): number {
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= 1 && days <= LONGEST_DAYS) return days;
  throw new InvalidArgumentError(`expected a whole number of days from 1 to ${LONGEST_DAYS}; got "${text}"`);
}
