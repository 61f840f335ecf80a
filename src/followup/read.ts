import { AppError } from '../contracts/errors.ts';
import type { FollowUpOptions } from '../contracts/followup.ts';
import { bind, type SentencePhrases } from './binding/bind.ts';
import { joinClauses } from './binding/clauses.ts';
import { readNotBefore } from './binding/denials.ts';
import type { Bound } from './binding/state.ts';
import { type LocalDate, parseLocalDate } from './calendar/local-date.ts';
import { markContrasts } from './contrasts.ts';
import { type Finished, finish } from './finish.ts';
import { GRAMMAR } from './grammar/grammar.ts';
import { parse } from './grammar/parse.ts';
import { hear } from './hearing/hear.ts';
import { lexicalNodes, type ReadToken } from './lexical.ts';
import { placeInSections } from './sections.ts';
import { sentencesOf } from './sentences.ts';
import { recogniseStaff } from './staff-names.ts';
import { tokenise } from './tokenise.ts';
import { windowsOf } from './windows.ts';

/** Everything between a text and its follow-ups, stage by stage. */
export interface Reading {
  readonly tokens: readonly ReadToken[];
  readonly sentences: readonly SentencePhrases[];
  readonly bound: Bound;
  readonly finished: readonly Finished[];
}

/**
 * Runs a text through the stages.
 *
 * @throws AppError REQUEST_INVALID for a reference date that is none
 */
export function read(text: string, { refDate, mode = 'typed', words: heard, unit }: FollowUpOptions): Reading {
  const ref = requireDate(refDate);
  const tokens = hear(tokenise(text), mode, heard ?? []);
  const sentences = placeInSections(sentencesOf(tokens)).flatMap(({ tokens: sentence, section }) =>
    windowsOf(parse(markContrasts(lexicalNodes(sentence)), GRAMMAR, { ref })).map(
      ({ nodes, isPiece }): SentencePhrases => ({ nodes: readNotBefore(joinClauses(nodes)), section, isPiece }),
    ),
  );
  const bound = bind(sentences, mode, ref);
  return { tokens, sentences, bound, finished: recogniseStaff(finish(bound, text, ref), unit, mode) };
}

function requireDate(refDate: string): LocalDate {
  const ref = parseLocalDate(refDate);
  if (!ref) throw new AppError('REQUEST_INVALID', 'no reference date', { expected: 'YYYY-MM-DD', got: refDate });
  return ref;
}
