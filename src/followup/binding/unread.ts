import type { FollowUpMode } from '../../contracts/followup.ts';
import { isA, type Node } from '../grammar/node.ts';
import type { Category } from '../grammar/values.ts';
import { ORDINARY_WORDS } from '../lexicon/ordinary-words.ts';
import type { Draft } from './draft.ts';
import { segmentsOf } from './standing.ts';
import { type BindState, flagSentence } from './state.ts';

/** What times are made of. */
const TIME_PARTS: readonly Category[] = [
  'Number',
  'Unit',
  'LongUnit',
  'Range',
  'Duration',
  'VagueDuration',
  'Weekday',
  'Month',
  'RelativeDay',
  'Period',
  'Clock',
  'ClockToken',
  'DateToken',
  'SlashedToken',
  'Adverb',
  'Every',
];

/** Words that somebody or some place follows, and those that can be followed by other things too. */
const PLACING = /^(hos|via)$/;
const MAYBE_PLACING = /^(på|vid)$/;

/** A word that nobody knows: in dictation it was likely misheard, in typing when it looks like a word of plans. */
export function isSuspect(node: Node, mode: FollowUpMode): boolean {
  return (
    isA(node, 'Unknown') &&
    !ORDINARY_WORDS.has(node.lower) &&
    (mode === 'dictated' || (node.uncertain && !isA(node, 'Name')))
  );
}

/**
 * What could not be read beside a plan is shown to staff: a part of a time anywhere in the sentence; near the plan a
 * denial, a name, somebody to go to or an unknown word; after it a word that limits what was said.
 */
export function flagUnread(state: BindState, nodes: readonly Node[], drafts: readonly Draft[]): void {
  const firstStart = Math.min(...drafts.map(({ at }) => at.start));
  for (const { nodes: inside, standing } of segmentsOf(nodes)) {
    const isNear = drafts.some(({ at }) => inside[0]!.start <= at.start && at.start < inside.at(-1)!.end);
    for (const [at, node] of inside.entries()) {
      const isName = isA(node, 'Name') && node !== nodes[0];
      if (state.used.has(node) || isA(node, 'Filler')) continue;
      const isLost =
        isA(node, ...TIME_PARTS) ||
        (node.start > firstStart && standing !== 'history' && isA(node, 'Hedge')) ||
        ((isNear || state.mode === 'dictated') && (isSuspect(node, state.mode) || isLostWord(inside, at))) ||
        (isNear && (isName || isA(node, 'Neg', 'NotNeeded') || isLostPlace(inside, at)));
      if (isLost) flagSentence(state, { name: 'unread_text' }, node);
    }
  }
}

/** "Återbesök att fyra veckor": no word that stands before a time. */
function isLostWord(nodes: readonly Node[], at: number): boolean {
  return nodes[at]!.lower === 'att' && isA(nodes[at - 1], 'Action') && isA(nodes[at + 1], 'Time', 'Number');
}

/** "Hos vikarien", "hos henne": somebody whom no rule knows. "Hos oss" is here. */
function isLostPlace(nodes: readonly Node[], at: number): boolean {
  const next = nodes[at + 1];
  if (!next || /^(oss|er|pat|patienten)$/.test(next.lower)) return false;
  const isStrange = isA(next, 'Unknown') && !ORDINARY_WORDS.has(next.lower);
  return PLACING.test(nodes[at]!.lower) || (MAYBE_PLACING.test(nodes[at]!.lower) && isStrange);
}
