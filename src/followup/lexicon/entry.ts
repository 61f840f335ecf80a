import type { Category, Sense, Values } from '../grammar/values.ts';

/** A line of the lexicon: what its forms mean. */
export interface Entry {
  readonly sense: Sense;
  /** Lower case, separated by spaces; `_` joins the words of a form that has several. */
  readonly forms: readonly string[];
  /** A noun's other forms are made from these. */
  readonly isNoun: boolean;
}

/** Words that stand as they are listed. */
export function words<C extends Category>(category: C, value: Values[C], forms: string): Entry {
  return { sense: { category, value } as Sense, forms: forms.split(' '), isNoun: false };
}

/** Nouns by their singular; plural, definite and genitive forms follow by rule. */
export function noun<C extends Category>(category: C, value: Values[C], forms: string): Entry {
  return { sense: { category, value } as Sense, forms: forms.split(' '), isNoun: true };
}

/** The categories whose value is a word. */
type NameCategory = { [C in Category]: string extends Values[C] ? C : never }[Category];

/** Nouns that each mean themselves. */
export function names(category: NameCategory, forms: string): Entry[] {
  return forms.split(' ').map((form) => noun(category, form.replaceAll('_', ' '), form));
}
