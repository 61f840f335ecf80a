import { isIPv6 } from 'node:net';

/** Of IPv6 a household or a server has the addresses of 64 bits, so that no single one stands for anybody. */
const NETWORK_GROUPS = 4;
const ADDRESS_GROUPS = 8;

/** Whom tries are counted for: an IPv4 address, also one written as IPv6, or the network of 64 bits of an IPv6 address. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain)) return plain;
  const [head, tail] = plain.split('::').map((part) => part.split(':').filter(Boolean));
  const zeros = tail === undefined ? 0 : ADDRESS_GROUPS - head!.length - tail.length;
  const groups = [...head!, ...Array<string>(zeros).fill('0'), ...(tail ?? [])];
  return groups
    .slice(0, NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
