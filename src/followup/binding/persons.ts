import { isA, meaningOf, type Node } from '../grammar/node.ts';
import type { ActionMeaning, PersonMeaning } from '../grammar/values.ts';
import { startDraft } from './actions.ts';
import { attachPerson, attachTime, hasPerson, personsDraft, takesPerson } from './attach.ts';
import { type Draft, isVisit } from './draft.ts';
import { type BindState, draftsHere, groupAfter, groupHas, type Handler, type Place, rangeOf } from './state.ts';
import { furtherVisit } from './times.ts';

/** Gives a person or a place to the draft that they were named for. */
export const readPerson: Handler = (state, place) => {
  const { node, nodes, at } = place;
  if (isA(nodes[at + 1], 'Opinion')) return 2;
  const draft = state.current;
  if (!draft) return readBeforeAction(state, place);
  if (isA(nodes[at - 1], 'Neg')) return flagUnread(draft, node);
  if (isForNext(state, place, draft)) return wait(state, node);
  if (isFurther(state, place, draft)) return furtherVisit(state, place, draft, node);
  if (state.correctedAt) takeBack(state, draft);
  // "Hos mig (dsk)": who that is.
  if (nodes[at - 1]?.lower === '(' && hasPerson(draft)) return 1;
  const person = meaningOf(node, 'Person')!;
  const taker = personsDraft(person, draft, draftsHere(state));
  if (takesPerson(taker, person)) attachPerson(taker, person, node);
  else if (isAnotherRole(state, taker, person)) addVisit(state, place, taker);
  else if (isAnotherReceiver(state, taker))
    startDraft(state, { type: 'remiss', strength: 'strong' }, node, waitFor(state, place));
  else if (isSomebodyElse(taker, person)) return flagUnread(taker, node);
  return 1;
};

/** "Hos dr Lind." alone goes on with the sentence before; else it waits for its action. */
function readBeforeAction(state: BindState, { node, nodes }: Place): number {
  const last = state.bound.drafts.at(-1);
  const person = meaningOf(node, 'Person')!;
  const isAlone = nodes.every((one) => isA(one, 'Person', 'Break', 'And'));
  if (!last || !isAlone || last.sentence !== state.sentence - 1) return wait(state, node);
  if (takesPerson(last, person)) attachPerson(last, person, node);
  return 1;
}

function wait(state: BindState, node: Node): number {
  state.pending.push(node);
  return 1;
}

function flagUnread(draft: Draft, node: Node): number {
  draft.flags.push({ name: 'unread_text', at: rangeOf(node) });
  return 1;
}

const LEADING_JOINTS: readonly BindState['joint'][] = ['and', 'break', 'then'];

/** "..., hos dsk suturtagning": who leads the group of another action. */
function isForNext(state: BindState, place: Place, draft: Draft): boolean {
  const group = groupAfter(place);
  const next = group.find((node) => isA(node, 'Action'));
  if (!next || !LEADING_JOINTS.includes(state.joint) || isA(group[0], 'Break')) return false;
  const action: ActionMeaning = meaningOf(next, 'Action')!;
  return action.kind !== 'verb' && !(action.type === draft.type && !hasPerson(draft));
}

/** "Åb 2 v dsk + dr 3 mån": somebody with a time of their own. */
function isFurther(state: BindState, place: Place, draft: Draft): boolean {
  return (
    LEADING_JOINTS.includes(state.joint) &&
    draft.time !== undefined &&
    isVisit(draft.type) &&
    groupHas(place, 'Time', 'Link') &&
    (state.joint !== 'break' || hasPerson(draft))
  );
}

/** "Nej förlåt, till kirurgen": who or where was said before no longer holds. */
function takeBack(state: BindState, draft: Draft): void {
  for (const field of ['role', 'practitioner', 'unit', 'to'] as const) {
    delete draft.fields[field];
    draft.sources.delete(field);
  }
  draft.flags.push({ name: 'self_correction', at: state.correctedAt! });
  state.correctedAt = undefined;
}

/** "Åb dietist och fysioterapeut": one visit with each, for the same time. */
function isAnotherRole({ joint }: BindState, { type, fields }: Draft, { role }: PersonMeaning): boolean {
  const isPlainVisit = isVisit(type) && type !== 'mote';
  return joint === 'and' && isPlainVisit && role !== undefined && fields.role !== undefined && role !== fields.role;
}

/** "Remiss till arbetsterapeut och till dietist": one for each. */
function isAnotherReceiver({ joint }: BindState, { type, fields }: Draft): boolean {
  return joint === 'and' && type === 'remiss' && fields.to !== undefined;
}

function waitFor(state: BindState, place: Place): Place {
  state.pending.push(place.node);
  return place;
}

function addVisit(state: BindState, place: Place, like: Draft): void {
  furtherVisit(state, place, like, place.node);
  const draft = state.current!;
  draft.joined = true;
  if (like.time) attachTime(draft, like.time.meaning, like.time.expr);
}

function isSomebodyElse({ type, fields }: Draft, { role, practitioner, unit }: PersonMeaning): boolean {
  if (type === 'remiss') return fields.to !== undefined && (unit ?? role ?? practitioner) !== undefined;
  if (!isVisit(type) || (fields.role === undefined && fields.practitioner === undefined)) return false;
  if (practitioner !== undefined && fields.practitioner !== undefined && practitioner !== fields.practitioner)
    return true;
  return role !== undefined && role !== fields.role;
}
