import { isIP } from 'node:net';
import { z } from 'zod';

/** What a setting may hold, as text of the environment or the command line. */

export function wholeNumber(smallest: number, largest: number) {
  const expected = `a whole number from ${smallest} to ${largest}`;
  return z
    .string()
    .regex(/^\d{1,16}$/, expected)
    .transform(Number)
    .refine((value) => value >= smallest && value <= largest, expected);
}

export const hostName = z.string().regex(/^[a-z0-9.:[\]-]+$/i, 'a host name or an IP address');

export function listOf(item: z.ZodType<string, string>) {
  return z
    .string()
    .transform((list) => list.split(',').map((each) => each.trim().toLowerCase()))
    .pipe(z.array(item));
}

/** As in an address: ehr.klinik.se, 10.1.2.3:8443 */
export const hostAndPort = z
  .string()
  .refine(
    (text) => URL.parse(`http://${text}`)?.host === text && !text.endsWith(':443'),
    'hosts as they stand in addresses, with the port where it is not the usual one, between commas',
  );

/** https://tid.klinik.se, without a slash at its end. */
export const webAddress = z
  .url({ protocol: /^https?$/, error: 'an address that starts with http:// or https://' })
  .max(200)
  .transform((address) => address.replace(/\/+$/, ''));

/** 10.1.2.3, 10.1.2.0/24, ::1, fd00::/8 */
export const addressOrRange = z.string().refine((text) => {
  const [address = '', bits, ...rest] = text.split('/');
  const longest = isIP(address) === 4 ? 32 : 128;
  const isRange = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= longest);
  return rest.length === 0 && isIP(address) !== 0 && isRange;
}, 'IP addresses, or ranges such as 10.1.2.0/24, between commas');

export const yesOrNo = z
  .enum(['true', 'false', '1', '0'], { error: 'true, false, 1 or 0' })
  .transform((text) => text === 'true' || text === '1');

/** A flag of the command line comes as true or false. */
export const onOrOff = z
  .enum(['on', 'off', 'true', 'false'], { error: 'on or off' })
  .transform((text) => text === 'on' || text === 'true');
