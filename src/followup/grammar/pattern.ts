import type { Node } from './node.ts';
import type { Category, Sense, Values } from './values.ts';

/**
 * A pattern is a line of elements with spaces between them. An element is a category (`Number`), a word as it is
 * written in lower case (`om`; `_` joins several words: `i_samband_med`), or some of either between bars (`om|inom`,
 * `Number|Range`); `?` after it: may be left out, `*`: any number of times, `~`: a list, its
 * parts joined by commas and "och".
 */
interface Element {
  readonly categories: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
  /** Literals of several words. */
  readonly sequences: readonly (readonly string[])[];
  readonly optional: boolean;
  readonly repeated: boolean;
  readonly listed: boolean;
}

export interface Pattern {
  readonly elements: readonly Element[];
}

/** A node that was used, and the sense that the pattern took it in; none where it stands for its word. */
interface TakenNode {
  readonly node: Node;
  readonly sense: Sense | undefined;
}

export interface Match {
  readonly taken: readonly TakenNode[];
}

export function compilePattern(pattern: string): Pattern {
  return { elements: pattern.split(' ').map(compileElement) };
}

function compileElement(text: string): Element {
  const quantifier = text.length > 1 ? /[?*~]$/.exec(text)?.[0] : undefined;
  const names = (quantifier ? text.slice(0, -1) : text).split('|');
  const isCategory = (name: string) => /^\p{Lu}/u.test(name);
  return {
    categories: new Set(names.filter(isCategory)),
    words: new Set(names.filter((name) => !isCategory(name)).map((name) => name.replaceAll('_', ' '))),
    sequences: names.filter((name) => !isCategory(name) && name.includes('_')).map((name) => name.split('_')),
    optional: quantifier === '?' || quantifier === '*',
    repeated: quantifier === '*',
    listed: quantifier === '~',
  };
}

/** The words that a pattern names. */
export function wordsOf({ elements }: Pattern): string[] {
  return elements.flatMap(({ words, sequences }) => [...words, ...sequences.flat()]);
}

/** What a pattern can begin with: categories and words. */
export function firstsOf({ elements }: Pattern): ReadonlySet<string> {
  return firstsFrom(elements, 0).names;
}

/** What can follow the first node of a pattern; undefined when nothing has to. */
export function secondsOf({ elements }: Pattern): ReadonlySet<string> | undefined {
  const seconds = new Set<string>();
  for (const [index, { sequences, optional, repeated, listed, categories }] of elements.entries()) {
    for (const [, second] of sequences) seconds.add(second!);
    const rest = firstsFrom(elements, repeated ? index : index + 1);
    if (rest.mayEnd) return undefined;
    for (const name of [...rest.names, ...(listed ? [...JOINTS, ...categories] : [])]) seconds.add(name);
    if (!optional) break;
  }
  return seconds;
}

function firstsFrom(elements: readonly Element[], from: number): { names: ReadonlySet<string>; mayEnd: boolean } {
  const names = new Set<string>();
  for (const { categories, words, sequences, optional } of elements.slice(from)) {
    for (const name of [...categories, ...words, ...sequences.map(([first]) => first!)]) names.add(name);
    if (!optional) return { names, mayEnd: false };
  }
  return { names, mayEnd: true };
}

/** Whether a node is one of some words and categories. */
export function isNamed(node: Node | undefined, names: ReadonlySet<string>): boolean {
  if (!node) return false;
  if (names.has(node.lower)) return true;
  for (const { category } of node.senses) if (names.has(category)) return true;
  return false;
}

/** The longest match that begins at a node; optional elements are taken where they can be. */
export function matchAt(pattern: Pattern, nodes: readonly Node[], from: number): Match | undefined {
  const taken: TakenNode[] = [];
  return matchRest(pattern.elements, 0, nodes, from, taken) ? { taken } : undefined;
}

function matchRest(
  elements: readonly Element[],
  index: number,
  nodes: readonly Node[],
  at: number,
  taken: TakenNode[],
): boolean {
  const element = elements[index];
  if (!element) return true;
  const node = nodes[at];
  const sense = node && senseIn(node, element);
  if (node && (sense || element.words.has(node.lower))) {
    if (element.listed) return matchList(elements, index, nodes, at, taken);
    taken.push({ node, sense });
    if (matchRest(elements, element.repeated ? index : index + 1, nodes, at + 1, taken)) return true;
    taken.pop();
  }
  for (const sequence of element.sequences) {
    if (!sequence.every((word, i) => nodes[at + i]?.lower === word)) continue;
    const length = taken.length;
    for (const used of nodes.slice(at, at + sequence.length)) taken.push({ node: used, sense: undefined });
    if (matchRest(elements, element.repeated ? index : index + 1, nodes, at + sequence.length, taken)) return true;
    taken.length = length;
  }
  return element.optional && matchRest(elements, index + 1, nodes, at, taken);
}

function senseIn({ senses }: Node, { categories }: Element): Sense | undefined {
  for (const sense of senses) if (categories.has(sense.category)) return sense;
  return undefined;
}

const JOINTS = new Set([',', '/', 'och', 'o', 'samt', 'eller', 'el', '&', 'inkl', 'inklusive']);

/** The whole list at once: no part of it is left for what comes after. */
function matchList(
  elements: readonly Element[],
  index: number,
  nodes: readonly Node[],
  from: number,
  taken: TakenNode[],
): boolean {
  const length = taken.length;
  const senseAt = (at: number) => nodes[at] && senseIn(nodes[at], elements[index]!);
  let at = from;
  for (let next = from; senseAt(next); next = afterJoint(nodes, at)) {
    for (const node of nodes.slice(at, next)) taken.push({ node, sense: undefined });
    taken.push({ node: nodes[next]!, sense: senseAt(next) });
    at = next + 1;
  }
  if (matchRest(elements, index + 1, nodes, at, taken)) return true;
  taken.length = length;
  return false;
}

/** Past ", " and ", och"; a part may also follow the last without any. */
function afterJoint(nodes: readonly Node[], at: number): number {
  let next = at;
  while (next - at < 2 && JOINTS.has(nodes[next]?.lower ?? '')) next++;
  return next;
}

/** Reads what a pattern took, by category. */
export class Taken {
  readonly #match: Match;

  constructor(match: Match) {
    this.#match = match;
  }

  /** The value of the nth node taken in this category; undefined when there are fewer. */
  maybe<C extends Category>(category: C, nth = 0): Values[C] | undefined {
    return this.#nth(category, nth)?.sense?.value as Values[C] | undefined;
  }

  /** @throws Error when the pattern has no such node: a mistake in the rule */
  of<C extends Category>(category: C, nth = 0): Values[C] {
    const value = this.maybe(category, nth);
    if (value === undefined) throw new Error(`expected a pattern with ${category} ${nth}`);
    return value;
  }

  all<C extends Category>(category: C): Values[C][] {
    return this.#match.taken
      .filter(({ sense }) => sense?.category === category)
      .map(({ sense }) => sense!.value as Values[C]);
  }

  has(word: string): boolean {
    return this.#match.taken.some(({ node, sense }) => !sense && node.lower === word);
  }

  node(category: Category, nth = 0): Node | undefined {
    return this.#nth(category, nth)?.node;
  }

  /** The last node that was taken. */
  last(): Node {
    return this.#match.taken.at(-1)!.node;
  }

  #nth(category: Category, nth: number): TakenNode | undefined {
    let left = nth;
    for (const one of this.#match.taken) if (one.sense?.category === category && left-- === 0) return one;
    return undefined;
  }
}
