import type { Token } from '../tokenise.ts';

/** Short forms of small words, as typists write them. */
const SHORT_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    enl: 'enligt',
    ang: 'angående',
    m: 'med',
    u: 'utan',
    f: 'för',
    t: 'till',
    o: 'och',
    el: 'eller',
    alt: 'alternativt',
    resp: 'respektive',
    inkl: 'inklusive',
    fr: 'från',
    ngn: 'någon',
    ngr: 'några',
    ngt: 'något',
    sthlm: 'stockholm',
  }),
);

/** The whole word for a short one; after a number a letter is a unit instead ("3 m"). */
export function expandShort({ kind, lower }: Token, previous: Token | undefined): string {
  if (kind !== 'word' || (lower.length === 1 && previous?.kind === 'number')) return lower;
  return SHORT_WORDS.get(lower) ?? lower;
}
