import { parseLocalDate } from '../calendar/local-date.ts';
import { isA, meaningOf, type Node } from '../grammar/node.ts';
import { startDraft } from './actions.ts';
import { type Draft, isVisit, setField } from './draft.ts';
import { attachNode } from './pending.ts';
import { type BindState, draftsHere, flagSentence, type Place, rangeOf, remark } from './state.ts';

export function readReason(state: BindState, place: Place): number {
  const { node, nodes } = place;
  const reason = meaningOf(node, 'Reason')!.replace(/^att (?!det|han|hon|hen|pat)/, '');
  if (isA(nodes[place.at - 1], 'Pref')) return 1;
  const isActionAhead = nodes.slice(place.at + 1).some((one) => isA(one, 'Action'));
  if (!state.current) {
    if (isActionAhead) state.pending.push(node);
    return 1;
  }
  if (state.current.fields.reason === undefined) setField(state.current, 'reason', reason, rangeOf(node));
  return 1;
}

export function readAttachable(state: BindState, place: Place): number {
  const draft = takerOf(state, place.node) ?? (mayReachBack(place) ? lastBefore(state) : undefined);
  if (draft && attachNode(draft, place.node)) return 1;
  state.pending.push(place.node);
  return 1;
}

/** Wishes and needs are the visit's, also when a test was named last; who fasts does so for the test. */
function takerOf(state: BindState, node: Node): Draft | undefined {
  const current = state.current;
  if (current && isA(node, 'Prep')) return draftsHere(state).find(({ type }) => type === 'provtagning') ?? current;
  if (!current || isVisit(current.type) || !isA(node, 'Pref', 'Need', 'Guardian', 'Delivery', 'Agreed')) return current;
  return draftsHere(state).findLast(({ type }) => isVisit(type)) ?? current;
}

/** A need or wish can be told in a sentence of its own; a condition speaks of its own sentence only. */
function mayReachBack({ node, nodes }: Place): boolean {
  return !isA(node, 'Condition', 'Worsening', 'Trigger', 'Minutes') && !nodes.some((one) => isA(one, 'Action'));
}

function lastBefore(state: BindState): Draft | undefined {
  return state.bound.drafts.findLast(({ sentence }) => sentence === state.sentence - 1);
}

/** "Dos 3": another of the same vaccine. */
export function readDose(state: BindState, place: Place): number {
  const dose = meaningOf(place.node, 'Dose')!;
  const current = state.current;
  if (current?.type !== 'vaccination' || current.fields.service === undefined) return 0;
  const vaccine = current.fields.service.replace(/ dos \d+$/, '');
  if (current.fields.service === vaccine) {
    setField(current, 'service', `${vaccine} dos ${dose}`, rangeOf(place.node));
    return 1;
  }
  startDraft(
    state,
    { type: 'vaccination', strength: 'strong', fields: { service: `${vaccine} dos ${dose}` } },
    place.node,
    place,
  );
  return 1;
}

/** "Pat undrar om åb, ej nödvändigt": what was asked is denied. */
export function readNotNeeded(state: BindState, { node, nodes }: Place): number {
  const denied = state.current;
  if (!denied && !nodes.some((one) => isA(one, 'Action', 'NegatedAction', 'Drug', 'Person')))
    remark(state, 'patient_declines', node);
  if (!denied) return 0;
  state.bound.drafts.splice(state.bound.drafts.indexOf(denied), 1);
  state.bound.decisions.push({
    type: denied.type,
    at: { start: denied.at.start, end: node.end },
    sentence: state.sentence,
  });
  state.current = undefined;
  return 1;
}

/** "Remiss ortoped?", "åb 3 mån?": the author asks; "DT buk, metastaser?" tells what is looked for. */
export function readQuestion(state: BindState, { node, nodes, at }: Place): void {
  const isAsked = isA(nodes[at - 1], 'Time', 'Series', 'Person', 'Action', 'Number', 'Duration');
  if (state.current && isAsked) flagSentence(state, { name: 'needs_clinical_decision' }, node);
}

/** "Opereras 9 april": a day that others count from. */
export function readEvent(state: BindState, nodes: readonly Node[], at: number): number {
  const event = meaningOf(nodes[at]!, 'EventVerb');
  const next = nodes[at + 1];
  const date = parseLocalDate((next && meaningOf(next, 'Time')?.time.target) ?? '');
  if (event === undefined || !date) return 0;
  state.bound.eventDays.set(event, date);
  return 2;
}

/** "Dr Ek föreslog 2 veckor, jag vill ha åb om 4": another's time is not the author's, whether a visit was named or not. */
export function contrast(state: BindState, { node, nodes, at }: Place): void {
  if (state.current) {
    state.contrastAt = rangeOf(node);
    return;
  }
  const isOthersWord = nodes.slice(0, at).some((one) => isA(one, 'Opinion'));
  const others = state.pending.filter((one) => isOthersWord && isA(one, 'Time'));
  if (others.length === 0) return;
  state.pending = state.pending.filter((one) => !others.includes(one));
  for (const one of others) state.used.add(one);
  flagSentence(state, { name: 'competing_times' }, node);
}

/** "Stryk det" takes back what this sentence asks for or denies, or the sentence before. */
export function strike(state: BindState, { node, nodes }: Place): void {
  const { drafts, decisions } = state.bound;
  const saidIn = (at: number) => [drafts, decisions].some((said) => said.some(({ sentence }) => sentence === at));
  const at = saidIn(state.sentence) ? state.sentence : state.sentence - 1;
  const struck = drafts.filter(({ sentence }) => sentence === at);
  const denied = decisions.filter(({ sentence }) => sentence === at);
  for (const draft of struck) drafts.splice(drafts.indexOf(draft), 1);
  for (const decision of denied) decisions.splice(decisions.indexOf(decision), 1);
  state.current = undefined;
  state.struck = struck.at(-1);
  const isAlone = state.mode === 'dictated' && nodes.every((one) => isA(one, 'Strike', 'Correction', 'Break'));
  if (struck.length === 0 && denied.length === 0 && !isAlone) return;
  if (struck.length > 0) flagSentence(state, { name: 'self_correction' }, node);
  flagSentence(state, { name: 'voice_command' }, node);
}
