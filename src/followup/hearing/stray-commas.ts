import type { Category } from '../grammar/values.ts';
import type { ReadToken } from '../lexical.ts';
import { longFormsFrom, sensesOf } from '../lexicon/dictionary.ts';

/** Words after which nobody pauses: who or what they speak of follows. */
const OPEN_WORDS = new Set(
  'om inom hos på till för med av var varit är blev har ha en ett den ska skall behöver vill också vid ny nytt nya mitten början slutet års veckors månaders dagars'.split(
    ' ',
  ),
);
const OPEN_CATEGORIES: readonly Category[] = ['Relative', 'Neg', 'Modal'];

/** Leaves out the commas that a recogniser put where nobody pauses; the words beside them are no longer sure. */
export function withoutStrayCommas(tokens: readonly ReadToken[]): ReadToken[] {
  return withoutCommasAfterOpenWords(withoutCommasInForms(tokens));
}

/** "Behövs, inte". */
function withoutCommasInForms(tokens: readonly ReadToken[]): ReadToken[] {
  const joined: ReadToken[] = [];
  let at = 0;
  while (at < tokens.length) {
    const second = tokens[at + 1]?.lower === ',' ? tokens[at + 2] : tokens[at + 1];
    const length = longFormsFrom(tokens[at]!.lower, second?.lower ?? '')
      .map(({ words }) => lengthWithCommas(tokens, at, words))
      .find((one) => one !== undefined);
    if (length === undefined) joined.push(tokens[at++]!);
    else {
      const words = tokens.slice(at, at + length).filter(({ lower }) => lower !== ',');
      joined.push(...words.map((token) => ({ ...token, uncertain: true })));
      at += length;
    }
  }
  return joined;
}

/** How many tokens the words of a form take up with a comma among them; undefined when they are not there so. */
function lengthWithCommas(tokens: readonly ReadToken[], at: number, words: readonly string[]): number | undefined {
  let end = at;
  for (const [index, word] of words.entries()) {
    if (index > 0 && tokens[end]?.lower === ',') end++;
    if (tokens[end]?.lower !== word) return undefined;
    end++;
  }
  return end - at > words.length ? end - at : undefined;
}

/** "Om sex, veckor", "maken, behöver ny tid". */
function withoutCommasAfterOpenWords(tokens: readonly ReadToken[]): ReadToken[] {
  return tokens.flatMap((token, at) => {
    if (token.lower === ',' && isStray(tokens[at - 1], tokens[at + 1])) return [];
    const isAfterComma = tokens[at - 1]?.lower === ',' && isStray(tokens[at - 2], token);
    return [isAfterComma ? { ...token, uncertain: true } : token];
  });
}

function isStray(previous: ReadToken | undefined, next: ReadToken | undefined): boolean {
  if (!previous || !next) return false;
  if (OPEN_WORDS.has(previous.lower) || is(previous, ...OPEN_CATEGORIES)) return true;
  return (previous.kind === 'number' || is(previous, 'Number')) && next.kind === 'word' && is(next, 'Unit', 'Month');
}

function is(token: ReadToken, ...categories: readonly Category[]): boolean {
  return sensesOf(token.lower).some(({ category }) => categories.includes(category));
}
