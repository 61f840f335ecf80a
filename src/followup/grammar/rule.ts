import type { LocalDate } from '../calendar/local-date.ts';
import { compilePattern, type Pattern, type Taken } from './pattern.ts';
import type { Category, Sense, TextRange, Values } from './values.ts';

/** What the meaning of a phrase depends on beside its words. */
export interface Setting {
  readonly ref: LocalDate;
}

/** A line of the grammar: words and phrases in a row make a phrase of a category. */
export interface Rule {
  readonly name: string;
  readonly pattern: Pattern;
  /** Undefined: the words do not make sense so, and another rule may have them. */
  readonly read: (taken: Taken, setting: Setting, at: TextRange) => Sense | undefined;
}

/**
 * @param name what a person sees in the trace
 * @param pattern see `Pattern`
 */
export function rule<C extends Category>(
  category: C,
  name: string,
  pattern: string,
  read: (taken: Taken, setting: Setting, at: TextRange) => Values[C] | undefined,
): Rule {
  return {
    name,
    pattern: compilePattern(pattern),
    read: (taken, setting, at) => {
      const value = read(taken, setting, at);
      return value === undefined ? undefined : ({ category, value } as Sense);
    },
  };
}
