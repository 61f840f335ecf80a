import type { FollowUpMode } from '../../contracts/followup.ts';
import { isA, meaningOf, type Node } from '../grammar/node.ts';
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

/**
 * In dictation a word that was heard wrong can turn a plan into something else. Beside a plan, what speaks of a visit
 * and came to none is for staff to look at, and so is a clause with a part of a time or a word that nobody knows.
 */
export function flagUnheard(state: BindState, nodes: readonly Node[]): void {
  if (state.mode === 'typed') return;
  for (const { nodes: inside, standing } of segmentsOf(nodes)) {
    const isTold = standing === 'done' || standing === 'history';
    const told = isTold ? inside.find((node) => meaningOf(node, 'Action')?.strength === 'strong') : undefined;
    if (told && inside.some((node) => isA(node, 'Person'))) flagSentence(state, { name: 'unread_text' }, told);
    const halfDone = inside.find(
      (node, at) => INFINITIVES.test(node.lower) && /^(är|var|blev|har)$/.test(inside[at - 1]?.lower ?? ''),
    );
    if (halfDone) flagSentence(state, { name: 'unread_text' }, halfDone);
    const lame = inside.find((_node, at) => isOutOfPlace(inside, at));
    if (lame) flagSentence(state, { name: 'unread_text' }, lame);
    const kin = inside.find((node) => node.rule === 'reason' && node.children.some((child) => isA(child, 'Relative')));
    if (kin) flagSentence(state, { name: 'unread_text' }, kin);
    for (const clause of inside.filter((node) => isA(node, 'Condition', 'Trigger', 'Earlier'))) {
      const lost = clause.children.find((node) => isA(node, 'Unit') || isSuspect(node, state.mode));
      if (lost) flagSentence(state, { name: 'unread_text' }, lost);
    }
  }
}

const INFINITIVES = /^(skicka|boka|beställa|göra|planera|ordna|lägga|skriva)$/;

/** "Remiss skicka till ortopeden" (skickad), "åter i arbeta om två veckor" (arbete): one word is not what was said. */
function isOutOfPlace(nodes: readonly Node[], at: number): boolean {
  const [node, next] = [nodes[at]!, nodes[at + 1]];
  const action = meaningOf(node, 'Action');
  if (!action || !next) return false;
  if (INFINITIVES.test(next.lower)) return !nodes.slice(0, at).some((before) => isA(before, 'Modal'));
  const time = nodes.findIndex((one, index) => index > at && isA(one, 'Time'));
  const between = nodes.slice(at + 1, Math.max(at + 1, time));
  return action.kind === 'verb' && between.some(({ lower }) => /^(arbet|[eä]$)/.test(lower));
}

/** "Återbesök att fyra veckor": no word that stands before a time. "BT-mätning hemma": nothing that is booked. "Ett års ålder": no time. */
function isLostWord(nodes: readonly Node[], at: number): boolean {
  if (nodes[at]!.lower === 'ålder') return /s$/.test(nodes[at - 1]?.lower ?? '');
  if (nodes[at]!.lower === 'hemma') return meaningOf(nodes[at - 1] ?? nodes[at]!, 'Action')?.type === 'undersokning';
  return nodes[at]!.lower === 'att' && isA(nodes[at - 1], 'Action') && isA(nodes[at + 1], 'Time', 'Number');
}

/** "Hos vikarien", "hos henne": somebody whom no rule knows. "Hos oss" is here. */
function isLostPlace(nodes: readonly Node[], at: number): boolean {
  const next = nodes[at + 1];
  if (!next || isA(next, 'Action') || /^(oss|er|pat|patienten)$/.test(next.lower)) return false;
  const isStrange = isA(next, 'Unknown') && !ORDINARY_WORDS.has(next.lower);
  return PLACING.test(nodes[at]!.lower) || (MAYBE_PLACING.test(nodes[at]!.lower) && isStrange);
}
