import { z } from 'zod';

/** A point in time: a Date in the program, ISO 8601 in UTC on the wire. */
export const Instant = z.codec(z.iso.datetime({ offset: true }), z.date(), {
  decode: (text) => new Date(text),
  encode: (date) => date.toISOString(),
});

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
