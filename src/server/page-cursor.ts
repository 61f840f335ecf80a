import { z } from 'zod';
import { RequestError } from './request-error.ts';

/** A place in a list that is ordered by a time and an id. */
export interface SinceAndId {
  readonly since: Date;
  readonly id: string;
}

const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);

/** Reads `after` of a query. Throws REQUEST_INVALID for one that no page gave. */
export function sinceAndId(after: string | undefined): SinceAndId | undefined {
  if (after === undefined) return undefined;
  const cursor = Cursor.safeParse(after.split('_'));
  if (!cursor.success) {
    throw new RequestError('REQUEST_INVALID', 'the value of "after" is not usable', {
      param: 'after',
      expected: '"next" of the page before',
    });
  }
  const [since, id] = cursor.data;
  return { since: new Date(since), id };
}

/** A page of rows, of which one more than `limit` was fetched to know whether there is a next page. */
export function page<Row extends { readonly id: string }>(
  rows: readonly Row[],
  limit: number,
  sinceOf: (row: Row) => Date,
): { items: Row[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const hasNext = rows.length > limit && last !== undefined;
  return { items, next: hasNext ? `${sinceOf(last).toISOString()}_${last.id}` : null };
}
