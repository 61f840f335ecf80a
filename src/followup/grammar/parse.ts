import type { Node } from './node.ts';
import { firstsOf, matchAt, Taken } from './pattern.ts';
import type { Rule, Setting } from './rule.ts';

interface Placed {
  readonly rule: Rule;
  /** Its place in the table. */
  readonly order: number;
}

/** The rules of one level by what they can begin with. */
type Level = ReadonlyMap<string, readonly Placed[]>;

export interface Grammar {
  readonly levels: readonly Level[];
  /** The levels, a bit for each, that a word or a category can begin a phrase of. */
  readonly levelsOf: ReadonlyMap<string, number>;
}

export function compileGrammar(levels: readonly (readonly Rule[])[]): Grammar {
  const compiled = levels.map(compileLevel);
  const levelsOf = new Map<string, number>();
  for (const [index, level] of compiled.entries()) {
    for (const first of level.keys()) levelsOf.set(first, (levelsOf.get(first) ?? 0) | (1 << index));
  }
  return { levels: compiled, levelsOf };
}

function compileLevel(rules: readonly Rule[]): Level {
  const level = new Map<string, Placed[]>();
  for (const [order, rule] of rules.entries()) {
    for (const first of firstsOf(rule.pattern)) level.set(first, [...(level.get(first) ?? []), { rule, order }]);
  }
  return level;
}

/**
 * Joins words to phrases, level by level. Within a level the longest phrase wins, then the one that stands first in
 * the table, and each node is used once: the work grows with the length of the text.
 */
export function parse(words: readonly Node[], { levels, levelsOf }: Grammar, setting: Setting): readonly Node[] {
  let nodes = words;
  let begins = words.map((node) => levelsBegunBy(node, levelsOf));
  for (const [index, level] of levels.entries()) {
    const bit = 1 << index;
    if (!begins.some((bits) => (bits & bit) !== 0)) continue;
    const joined: Node[] = [];
    const joinedBegins: number[] = [];
    let at = 0;
    while (at < nodes.length) {
      const phrase = (begins[at]! & bit) === 0 ? undefined : longestPhraseAt(nodes, at, level, setting);
      joined.push(phrase?.node ?? nodes[at]!);
      joinedBegins.push(phrase ? levelsBegunBy(phrase.node, levelsOf) : begins[at]!);
      at += phrase?.length ?? 1;
    }
    nodes = joined;
    begins = joinedBegins;
  }
  return nodes;
}

function levelsBegunBy({ lower, senses }: Node, levelsOf: Grammar['levelsOf']): number {
  let bits = levelsOf.get(lower) ?? 0;
  for (const { category } of senses) bits |= levelsOf.get(category) ?? 0;
  return bits;
}

function longestPhraseAt(
  nodes: readonly Node[],
  at: number,
  level: Level,
  setting: Setting,
): { node: Node; length: number } | undefined {
  let best: { node: Node; length: number; order: number } | undefined;
  for (const { rule, order } of placedAt(nodes[at]!, level)) {
    const match = matchAt(rule.pattern, nodes, at);
    if (!match || match.taken.length === 0) continue;
    const isBetter =
      !best || match.taken.length > best.length || (match.taken.length === best.length && order < best.order);
    if (!isBetter) continue;
    const children = match.taken.map(({ node }) => node);
    const range = { start: children[0]!.start, end: children.at(-1)!.end };
    const sense = rule.read(new Taken(match), setting, range);
    if (!sense) continue;
    const node: Node = {
      ...range,
      lower: children.map(({ lower }) => lower).join(' '),
      text: children.map(({ text }) => text).join(' '),
      senses: [sense],
      children,
      rule: rule.name,
      uncertain: children.some(({ uncertain }) => uncertain),
    };
    best = { node, length: children.length, order };
  }
  return best;
}

/** Rules that can begin with a node; a rule can come twice. */
function placedAt(node: Node, level: Level): readonly Placed[] {
  let found = level.get(node.lower) ?? NONE;
  for (const { category } of node.senses) {
    const more = level.get(category);
    if (more) found = found === NONE ? more : [...found, ...more];
  }
  return found;
}

const NONE: readonly Placed[] = [];
