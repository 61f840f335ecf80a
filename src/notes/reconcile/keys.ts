import type { FollowUpRequest } from '../../contracts/followup.ts';

const LINKS = ['before', 'after', 'same_day', 'alternative_to'] as const;

/** Fields with the keys of one numbering put in place of another's. A key that is not known stays. */
export function withKeys(fields: FollowUpRequest, keyOf: (key: string) => string | undefined): FollowUpRequest {
  const renamed: FollowUpRequest = { ...fields, id: keyOf(fields.id) ?? fields.id };
  for (const link of LINKS) {
    const to = fields[link];
    if (to !== undefined) renamed[link] = keyOf(to) ?? to;
  }
  if (fields.series?.follows !== undefined) {
    renamed.series = { ...fields.series, follows: keyOf(fields.series.follows) ?? fields.series.follows };
  }
  return renamed;
}

/** Fields without what depends on how the note's requests are numbered. */
export function withoutKeys(fields: FollowUpRequest): Partial<FollowUpRequest> {
  const { id: _, series, ...rest } = fields;
  const bare: Partial<FollowUpRequest> = rest;
  for (const link of LINKS) delete bare[link];
  if (series === undefined) return bare;
  const { follows: _follows, ...plainSeries } = series;
  return { ...bare, series: plainSeries };
}

/** Gives out R1, R2 ... after the highest that there is. */
export function keysAfter(used: Iterable<string | null>): () => string {
  let last = Math.max(0, ...[...used].map((key) => (key === null ? 0 : Number(key.slice(1)))));
  return () => `R${++last}`;
}
