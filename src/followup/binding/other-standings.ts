import { isA, meaningOf, type Node } from '../grammar/node.ts';
import type { TextRange } from '../grammar/values.ts';
import { flagOtherPerson, setAside } from './actions.ts';
import { hasPerson } from './attach.ts';
import { readEvent } from './details.ts';
import type { Draft } from './draft.ts';
import type { Standing } from './standing.ts';
import { type BindState, draftsHere, rangeOf, remark } from './state.ts';

/** "Årskontroll enligt program, kallas av ögonkliniken": what has no time or person here is theirs. */
function leaveToOthers(state: BindState): void {
  const { drafts } = state.bound;
  const isTheirs = (draft: Draft) =>
    draft.action.strength === 'weak' &&
    !hasPerson(draft) &&
    (draft.time === undefined || draft.time.meaning.time.kind === 'plan');
  for (const draft of draftsHere(state).filter(isTheirs)) {
    drafts.splice(drafts.indexOf(draft), 1);
    setAside(state, 'already_done', draft.at);
    if (state.current === draft) state.current = undefined;
  }
}

/** "Patienten ringer själv", not "ringer vid försämring": somebody who sees to the time, not to what may come. */
function isBooking(nodes: readonly Node[]): boolean {
  const isIf = nodes.some(
    (node) => isA(node, 'Worsening', 'Condition', 'Trigger', 'Earlier') || /^(vid|om|ifall|när)$/.test(node.lower),
  );
  return (
    !isIf &&
    nodes.some(
      ({ lower }) => /(^| )(själva?|först|bokar?|bokas|beställer|beställs)( |$)/.test(lower) && !/behov/.test(lower),
    )
  );
}

/** Words of a segment that plans nothing; where the reading goes on. */
export function readOther(
  state: BindState,
  inside: readonly Node[],
  standing: Standing,
  nodes: readonly Node[],
  at: number,
  end: number,
): number {
  const range = wordsOf(inside);
  const speaksOfCare = inside.some((node) => isA(node, 'Action', 'Time', 'Link'));
  switch (standing) {
    case 'history':
    case 'done':
      for (const [index] of inside.entries()) readEvent(state, inside, index);
      state.missedAt ??= missedIn(inside);
      if (inside.some((node) => meaningOf(node, 'Done') === 'elsewhere')) leaveToOthers(state);
      if (speaksOfCare) setAside(state, standing === 'done' ? 'already_done' : 'historical', range);
      return end;
    case 'patient_acts':
      if (isBooking(inside)) remark(state, 'patient_books', range);
      setAside(state, 'patient_initiated', range);
      return end;
    case 'other_person':
      if (speaksOfCare) flagOtherPerson(state, range);
      return end;
    case 'medication':
      return readMedication(state, inside, nodes, end);
    case 'safety':
      keepSafety(state, inside);
      return end;
    case 'plan':
    case 'missed':
    case 'result':
      return at;
    default:
      throw standing satisfies never;
  }
}

/** Keeps what must be known before an examination. A list of laboratory values is no warning. */
export function keepSafety({ bound, sentence, section }: BindState, nodes: readonly Node[]): void {
  const dangers = nodes.map((node) => meaningOf(node, 'Safety')).filter((danger) => danger !== undefined);
  const concerns = (['kidneys', 'pregnancy'] as const).find((one) => dangers.every((danger) => danger === one));
  if (concerns !== 'kidneys' || section !== 'record') bound.safety.push({ at: wordsOf(nodes), sentence, concerns });
}

function missedIn(nodes: readonly Node[]): TextRange | undefined {
  const missed = nodes.find((node) => isA(node, 'Missed'));
  return missed && rangeOf(missed);
}

/** A dose is no plan; what follows it in the same breath can be. An order about a medicine is kept word for word. */
function readMedication(state: BindState, inside: readonly Node[], nodes: readonly Node[], end: number): number {
  const isSickLeave = inside.some((node) => isA(node, 'SickLeave'));
  const action = inside.findIndex((node, at) => {
    const meaning = meaningOf(node, 'Action');
    return meaning && !meaning.definite && (isSickLeave || meaning.strength === 'strong' || isPrepared(inside, at));
  });
  const before = action !== -1 && isPrepared(inside, action) ? inside.slice(0, action + 1) : inside.slice(0, action);
  const told = action === -1 ? inside : before;
  const isOrder =
    told.some((node) => isA(node, 'Drug', 'DrugVerb')) &&
    told.some((node) => meaningOf(node, 'Link')?.relation === 'before');
  if (isOrder) state.bound.instructions.push({ at: wordsOf(told), sentence: state.sentence });
  return action === -1 ? end : nodes.indexOf(inside[action]!);
}

/** "Waran sätts ut 5 dagar före gastroskopi v 16": an examination that has a time of its own is to be booked. */
function isPrepared(nodes: readonly Node[], at: number): boolean {
  const isLinked = meaningOf(nodes[at - 1] ?? nodes[at]!, 'Link')?.relation === 'before';
  return isLinked && nodes.some((node) => isA(node, 'DrugVerb')) && isA(nodes[at + 1], 'Time');
}

/** Where a segment's words stand, without the sign that cuts it off. */
function wordsOf(nodes: readonly Node[]): TextRange {
  const words = nodes.filter((node) => !isA(node, 'Break'));
  return { start: (words[0] ?? nodes[0]!).start, end: (words.at(-1) ?? nodes.at(-1)!).end };
}
