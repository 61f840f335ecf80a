import type { Node } from './node.ts';
import { firstsOf, isNamed, type Match, matchAt, secondsOf, Taken } from './pattern.ts';
import type { Rule, Setting } from './rule.ts';
import type { Sense, TextRange } from './values.ts';

interface Placed {
  readonly rule: Rule;
  /** Its place in the table. */
  readonly order: number;
  /** What its second node can be; absent when it can have one alone. */
  readonly seconds: ReadonlySet<string> | undefined;
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
    const placed = { rule, order, seconds: secondsOf(rule.pattern) };
    for (const first of firstsOf(rule.pattern)) level.set(first, [...(level.get(first) ?? []), placed]);
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

interface Candidate {
  readonly placed: Placed;
  readonly match: Match;
}

function longestPhraseAt(
  nodes: readonly Node[],
  at: number,
  level: Level,
  setting: Setting,
): { node: Node; length: number } | undefined {
  const candidates = candidatesAt(nodes, at, level);
  if (candidates.length > 1) candidates.sort(longestFirst);
  for (const { placed, match } of candidates) {
    const { taken } = match;
    const range = { start: taken[0]!.node.start, end: taken.at(-1)!.node.end };
    const sense = placed.rule.read(new Taken(match), setting, range);
    if (sense) return { node: phraseOf(match, range, placed.rule, sense), length: taken.length };
  }
  return undefined;
}

function longestFirst(one: Candidate, other: Candidate): number {
  return other.match.taken.length - one.match.taken.length || one.placed.order - other.placed.order;
}

/** Every rule that matches from a node on; one can come twice. */
function candidatesAt(nodes: readonly Node[], at: number, level: Level): Candidate[] {
  const candidates: Candidate[] = [];
  const { lower, senses } = nodes[at]!;
  addCandidates(candidates, level.get(lower), nodes, at);
  for (const { category } of senses) addCandidates(candidates, level.get(category), nodes, at);
  return candidates;
}

function addCandidates(
  candidates: Candidate[],
  rules: readonly Placed[] | undefined,
  nodes: readonly Node[],
  at: number,
): void {
  if (!rules) return;
  for (const placed of rules) {
    if (placed.seconds && !isNamed(nodes[at + 1], placed.seconds)) continue;
    const match = matchAt(placed.rule.pattern, nodes, at);
    if (match && match.taken.length > 0) candidates.push({ placed, match });
  }
}

function phraseOf({ taken }: Match, range: TextRange, { name }: Rule, sense: Sense): Node {
  const children = taken.map(({ node }) => node);
  return {
    ...range,
    lower: children.map(({ lower }) => lower).join(' '),
    text: children.map(({ text }) => text).join(' '),
    senses: [sense],
    children,
    rule: name,
    uncertain: children.some(({ uncertain }) => uncertain),
  };
}
