import type { SectionName } from './sections.ts';
import type { Template } from './templates.ts';

/** What a rule knows beside the words themselves. */
export interface Context {
  /** The section's text before the insertion point. */
  readonly before: string;
  readonly sections: readonly SectionName[];
  readonly templates: readonly Template[];
  /** Names and words of this clinic: their lower case, and how they are always written. */
  readonly vocabulary: Readonly<Record<string, string>>;
}

const NEAR_CHARACTERS = 120;

/**
 * The words right before the insertion point in lower case, nearest first, not farther than the last mark that ends a
 * sentence, clause or line.
 */
export function wordsBefore(before: string): readonly string[] {
  const clause = before
    .slice(-NEAR_CHARACTERS)
    .split(/[.?!:;,\n](?!\d)/)
    .at(-1)!;
  return (
    clause
      .toLowerCase()
      .match(/[\p{L}\p{N}][\p{L}\p{N}/,-]*/gu)
      ?.reverse() ?? []
  );
}

/** Whether a sentence, clause or line begins at the insertion point. */
export function startsClause(before: string): boolean {
  return /(^|[?!:;,\n]|(?<!\.\p{L}{1,3})\.)\s*$/u.test(before);
}
