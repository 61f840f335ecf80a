import type { Category, Sense, TextRange, Values } from './values.ts';

/** A word or a phrase: where it stands, what it can mean, and what it was made of. */
export interface Node extends TextRange {
  /** Its words in lower case, as literals of a pattern see them. */
  readonly lower: string;
  /** As written. */
  readonly text: string;
  readonly senses: readonly Sense[];
  readonly children: readonly Node[];
  /** The rule that made it; words of the lexicon have none. */
  readonly rule?: string;
  /** A word in it was repaired from a misspelling, or heard with low confidence. */
  readonly uncertain: boolean;
}

export function meaningOf<C extends Category>(node: Node, category: C): Values[C] | undefined {
  for (const sense of node.senses) if (sense.category === category) return sense.value as Values[C];
  return undefined;
}

export function isA(node: Node | undefined, ...categories: readonly Category[]): boolean {
  if (!node) return false;
  for (const { category } of node.senses) if (categories.includes(category)) return true;
  return false;
}
