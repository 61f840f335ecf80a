import { compileGrammar, type Grammar } from './parse.ts';
import { wordsOf } from './pattern.ts';
import type { Rule } from './rule.ts';
import { ACTION_RULES, ACTION_WRAPPING_RULES } from './rules-actions.ts';
import { AMOUNT_RULES, APPROXIMATE_RULES, NUMBER_RULES } from './rules-amounts.ts';
import { DETAIL_RULES, NEGATION_RULES } from './rules-details.ts';
import { LIST_RULES } from './rules-lists.ts';
import { NAME_RULES, PARTICIPANT_RULES, PERSON_RULES } from './rules-people.ts';
import { CLOCK_RULES, CLOCKED_PERIOD_RULES, PERIOD_RULES } from './rules-periods.ts';
import { LINK_RULES, SERIES_RULES, WEEKDAY_SERIES_RULES } from './rules-series.ts';
import { TIME_RULES, TIME_WRAPPING_RULES } from './rules-times.ts';

/** Levels from the smallest phrases to the largest. */
const LEVELS: readonly (readonly Rule[])[] = [
  NUMBER_RULES,
  CLOCK_RULES,
  AMOUNT_RULES,
  APPROXIMATE_RULES,
  WEEKDAY_SERIES_RULES,
  PERIOD_RULES,
  CLOCKED_PERIOD_RULES,
  [...LIST_RULES, ...PARTICIPANT_RULES, ...NAME_RULES],
  [...DETAIL_RULES, ...SERIES_RULES, ...LINK_RULES],
  TIME_RULES,
  TIME_WRAPPING_RULES,
  PERSON_RULES,
  ACTION_RULES,
  ACTION_WRAPPING_RULES,
  NEGATION_RULES,
];

/** Words that patterns name. */
export const GRAMMAR_WORDS: ReadonlySet<string> = new Set(LEVELS.flat().flatMap(({ pattern }) => wordsOf(pattern)));

/** The grammar, from the smallest phrases to the largest: each level reads what the ones before it made. */
export const GRAMMAR: Grammar = compileGrammar(LEVELS);
