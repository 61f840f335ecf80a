import type { Category } from '../grammar/values.ts';
import type { ReadToken } from '../lexical.ts';
import { sensesOf } from '../lexicon/dictionary.ts';

/** A known word, or several, that a recogniser writes for another in front of what only the other goes with. */
interface HeardFor {
  readonly heard: readonly string[];
  readonly meant: string;
  /** What the next word is; anything when absent. */
  readonly before?: readonly Category[];
}

const HEARD_FOR: readonly HeardFor[] = [
  { heard: ['am'], meant: 'om' },
  { heard: ['i', 'namn'], meant: 'innan' },
  { heard: ['hår'], meant: 'har', before: ['Action', 'Done'] },
  { heard: ['cyster'], meant: 'syster', before: ['Modal'] },
  { heard: ['hus'], meant: 'hos', before: ['Role', 'Title', 'RoleAmbiguous', 'SameStaff', 'Place'] },
  { heard: ['os'], meant: 'hos', before: ['Role', 'Title', 'RoleAmbiguous', 'SameStaff', 'Place'] },
];

const BY_FIRST = Map.groupBy(HEARD_FOR, ({ heard }) => heard[0]!);

/** Takes words that are often written for others for those; what was changed is uncertain. */
export function takeForOthers(tokens: readonly ReadToken[]): ReadToken[] {
  const taken: ReadToken[] = [];
  let at = 0;
  while (at < tokens.length) {
    const line = BY_FIRST.get(tokens[at]!.lower)?.find((one) => isHeardAt(tokens, at, one));
    if (!line) {
      taken.push(tokens[at++]!);
      continue;
    }
    const said = tokens.slice(at, at + line.heard.length);
    const text = said.map((token) => token.text).join(' ');
    taken.push({ ...said[0]!, text, lower: line.meant, end: said.at(-1)!.end, uncertain: true });
    at += said.length;
  }
  return taken;
}

function isHeardAt(tokens: readonly ReadToken[], at: number, { heard, before }: HeardFor): boolean {
  if (!heard.every((word, i) => tokens[at + i]?.lower === word)) return false;
  const next = tokens[at + heard.length];
  return before === undefined || sensesOf(next?.lower ?? '').some(({ category }) => before.includes(category));
}
