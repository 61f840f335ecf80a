import { z } from 'zod';
import { Id } from './clinic.ts';

/** A point in time: a Date in the program, ISO 8601 in UTC on the wire. */
export const Instant = z.codec(z.iso.datetime({ offset: true }), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

/** A member of staff as others name one. */
export const PersonName = z.object({ id: Id, givenName: z.string(), familyName: z.string() });
export type PersonName = z.infer<typeof PersonName>;

/** The query of a list: how many, and after which one (`next` of the page before). */
export function pageQuery(limits: { readonly usual: number; readonly most: number }) {
  return z.object({
    limit: z.coerce.number().int().min(1).max(limits.most).default(limits.usual),
    after: z.string().max(200).optional(),
  });
}

/** A page of a list; `next` is null on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}
