/**
 * A text that is inserted by its name. A field is what stands between square brackets on one line, "[rytm]": it is
 * shown until something is dictated in its place.
 */
export interface Template {
  readonly id: string;
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly text: string;
}

/** A field, wherever it stands. */
const FIELD = /\[[^[\]\n]*\]/g;

export interface Field {
  readonly start: number;
  readonly length: number;
}

/** The fields of a text that are still empty, in order. */
export function fieldsOf(text: string): readonly Field[] {
  return [...text.matchAll(FIELD)].map((match) => ({ start: match.index, length: match[0].length }));
}

export function templateNames(templates: readonly Template[]): string[][] {
  return templates.map(({ name, aliases = [] }) => [name, ...aliases]);
}
