import type { ReadToken } from '../lexical.ts';
import { isListed, sensesOf } from '../lexicon/dictionary.ts';

/** Small words that run into their neighbours in speech. */
export const SMALL_WORDS = [
  'om',
  'en',
  'ett',
  'hos',
  'till',
  'innan',
  'två',
  'tre',
  'sex',
  'fyra',
  'fem',
  'med',
  'i',
  'på',
  'inom',
];

const SHORTEST_LETTERS = 8;
const LONGEST_LETTERS = 60;
/** Two words in one are for the repair of misheard words: it can tell them apart by their sound. */
const FEWEST_PARTS = 3;
const SHORTEST_PART_LETTERS = 3;
const LONGEST_PART_LETTERS = 24;

/** Whether times and plans are made of a word. */
export function isPlanWord(word: string): boolean {
  return sensesOf(word).some(
    ({ category }) => category === 'Action' || category === 'Unit' || category === 'Number' || category === 'Role',
  );
}

/** "Återbesökomtremånader": the words that ran together; undefined when not every part is one that plans are made of. */
export function apart(token: ReadToken): ReadToken[] | undefined {
  const { lower, text, start } = token;
  if (lower.length < SHORTEST_LETTERS || lower.length > LONGEST_LETTERS || lower.length !== text.length)
    return undefined;
  const parts = partsOf(lower);
  if (!parts || parts.length < FEWEST_PARTS || !isPlan(parts)) return undefined;
  let at = 0;
  return parts.map((part): ReadToken => {
    const from = at;
    at += part.length;
    return {
      ...token,
      text: text.slice(from, at),
      lower: part,
      start: start + from,
      end: start + at,
      uncertain: true,
    };
  });
}

function isPlan(parts: readonly string[]): boolean {
  const isLarge = (part: string) => sensesOf(part).some(({ category }) => category === 'Action' || category === 'Unit');
  return parts.some((part) => SMALL_WORDS.includes(part)) && parts.some(isLarge);
}

const MAXIMUM_KNOWN = 10_000;
const known = new Map<string, readonly string[] | undefined>();

/** The same unknown words come again and again. */
function partsOf(whole: string): readonly string[] | undefined {
  if (known.has(whole)) return known.get(whole);
  if (known.size >= MAXIMUM_KNOWN) known.clear();
  const parts = fewestParts(whole);
  known.set(whole, parts);
  return parts;
}

/** The fewest known words that make the whole. */
function fewestParts(whole: string): readonly string[] | undefined {
  const best: (readonly string[] | undefined)[] = [[]];
  for (let end = 1; end <= whole.length; end++) {
    for (let from = Math.max(0, end - LONGEST_PART_LETTERS); from < end; from++) {
      const before = best[from];
      const isFewer = before && before.length + 1 < (best[end]?.length ?? Number.POSITIVE_INFINITY);
      const part = whole.slice(from, end);
      if (isFewer && isPart(part)) best[end] = [...before, part];
    }
  }
  return best[whole.length];
}

function isPart(part: string): boolean {
  return SMALL_WORDS.includes(part) || (part.length >= SHORTEST_PART_LETTERS && isListed(part) && isPlanWord(part));
}
