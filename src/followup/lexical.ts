import { parseLocalDate } from './calendar/local-date.ts';
import type { Node } from './grammar/node.ts';
import type { Sense } from './grammar/values.ts';
import { longFormsFrom, sensesOf } from './lexicon/dictionary.ts';
import type { Token } from './tokenise.ts';

/** A token as the grammar reads it: `lower` is what it was taken for, which a repair may have changed. */
export interface ReadToken extends Token {
  readonly uncertain: boolean;
}

/** Gives each word its senses; forms of several words become one node, the longest first. */
export function lexicalNodes(tokens: readonly ReadToken[]): Node[] {
  const nodes: Node[] = [];
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at]!;
    const second = tokens[at + 1];
    const long = second && longFormsFrom(token.lower, second.lower).find(({ words }) => isFormAt(tokens, at, words));
    if (!long) {
      const { start, end, lower, text, uncertain } = token;
      nodes.push({ start, end, lower, text, senses: sensesOfToken(token), children: [], uncertain });
      at++;
      continue;
    }
    const used = tokens.slice(at, at + long.words.length);
    nodes.push({
      start: token.start,
      end: used.at(-1)!.end,
      lower: used.map(({ lower }) => lower).join(' '),
      text: used.map(({ text }) => text).join(' '),
      senses: long.senses,
      children: [],
      uncertain: used.some(({ uncertain }) => uncertain),
    });
    at += used.length;
  }
  return nodes;
}

function isFormAt(tokens: readonly ReadToken[], at: number, words: readonly string[]): boolean {
  for (const [index, word] of words.entries()) if (tokens[at + index]?.lower !== word) return false;
  return true;
}

function sensesOfToken(token: Token): readonly Sense[] {
  switch (token.kind) {
    case 'number':
      return [{ category: 'Number', value: Number(token.text.replace(',', '.')) }];
    case 'date':
      return [{ category: 'DateToken', value: parseLocalDate(token.text) }];
    case 'slashed':
      return [{ category: 'SlashedToken', value: token.text }];
    case 'clock':
      return [{ category: 'ClockToken', value: token.text.replace('.', ':').padStart(5, '0') }];
    case 'personnummer':
      return [{ category: 'PatientId', value: token.text }];
    case 'word':
    case 'punctuation':
      return wordSenses(token);
    case 'newline':
      return [];
    default:
      throw token.kind satisfies never;
  }
}

/** A capital inside a sentence can be the beginning of a name, unless the lexicon has another use for the word. */
function wordSenses({ lower, text }: Token): readonly Sense[] {
  const senses = sensesOf(lower);
  if (senses.length > 0 || !/^\p{L}/u.test(text)) return senses;
  const isCapital = /^\p{Lu}\p{Ll}+(-\p{Lu}\p{Ll}+)?$/u.test(text);
  return [...(isCapital ? [{ category: 'Name', value: text } as const] : []), { category: 'Unknown', value: lower }];
}
