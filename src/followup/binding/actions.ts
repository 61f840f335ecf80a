import { isA, meaningOf, type Node } from '../grammar/node.ts';
import type { ActionMeaning, TextRange } from '../grammar/values.ts';
import { together } from './attach.ts';
import { addSource, type Draft, isVisit, newDraft, setField } from './draft.ts';
import { applyPending } from './pending.ts';
import { type BindState, draftsHere, flagSentence, groupHas, type Handler, type Place, rangeOf } from './state.ts';

/** Begins a draft, or goes on with one that the words mean again. */
export const readAction: Handler = (state, place) => {
  const { node, nodes, at } = place;
  const action = meaningOf(node, 'Action')!;
  // "Han vill ha sex månader enligt telefon": where something was said.
  if (action.type === 'telefon' && action.strength === 'weak' && nodes[at - 1]?.lower === 'enligt') return 1;
  // "Krea tas på lab": where.
  if (node.lower === 'lab' && nodes[at - 1]?.lower === 'på') return 1;
  const same = sameDraft(state, place, action);
  if (same) {
    goOnWith(state, same, action, node);
    return 1;
  }
  if (isServiceOf(state.current, place, action)) {
    const field = state.current!.type === 'remiss' ? 'reason' : 'service';
    setField(state.current!, field, action.fields!.service!, rangeOf(node));
    return 1;
  }
  if (isMannerOf(state.current, place, action)) {
    state.current!.type = action.type;
    addSource(state.current!, 'type', rangeOf(node));
    return 1;
  }
  if (isMatterOf(state.current, place, action)) {
    retype(state.current!, action, node);
    return 1;
  }
  const draft = startDraft(state, action, node, place);
  const before = place.nodes[place.at - 1];
  // "Jag vill träffa henne igen": the author's own visit.
  const isOwn =
    (action.kind === 'verb' && before?.lower === 'jag vill') || (action.type === 'telefon' && before?.lower === 'jag');
  if (isOwn && draft.fields.practitioner === undefined) setField(draft, 'practitioner', '@author', rangeOf(before!));
  return 1;
};

/** Adds a draft for an action and gives it all that waited for one. */
export function startDraft(state: BindState, action: ActionMeaning, node: TextRange, place: Place): Draft {
  const replaced = (state.correctedAt ?? state.contrastAt) ? state.current : undefined;
  const draft = newDraft(action, rangeOf(node), state.sentence);
  const before = state.current ?? state.bound.drafts.at(-1);
  if (replaced) {
    state.bound.drafts.splice(state.bound.drafts.indexOf(replaced), 1);
    const name = state.correctedAt ? 'self_correction' : 'competing_times';
    draft.flags.push({ name, at: (state.correctedAt ?? state.contrastAt)! });
    state.correctedAt = undefined;
    state.contrastAt = undefined;
  }
  takeCount(state, draft, place);
  draft.joined = isJoined(state, place);
  draft.conjoined = draft.joined || isConjoined(place);
  joinTo(state, draft, before);
  if (state.current) makePartOf(draft, state.current, place);
  state.bound.drafts.push(draft);
  state.current = draft;
  applyPending(state, draft);
  if ((action.kind === 'call' || action.isNew) && state.missedAt) copyMissed(state, draft, node);
  return draft;
}

/** "Tre återbesök": a bare number before several of something is how many. */
function takeCount(state: BindState, draft: Draft, { nodes, at }: Place): void {
  const before = nodes.slice(0, at).findLast((node) => !isA(node, 'Filler') || isA(node, 'Number'));
  const count = before && meaningOf(before, 'Number');
  if (!before || count === undefined || count < 2 || count > 50 || !Number.isInteger(count) || state.used.has(before))
    return;
  draft.series = { ...draft.series, count };
  addSource(draft, 'series', rangeOf(before));
  state.used.add(before);
}

function joinTo(state: BindState, draft: Draft, before: Draft | undefined): void {
  const isResult = draft.action.givesResult === true;
  if (state.thenAt) draft.planned = true;
  if (state.thenAt && before) {
    draft.links.push({ meaning: { relation: 'after', open: false }, expr: state.thenAt, other: before });
  } else if (isResult && before && !isVisit(before.type)) {
    draft.links.push({ meaning: { relation: 'after', open: false }, isUntimed: true, expr: draft.at, other: before });
    draft.planned = true;
  } else if (state.joint === 'or' && before && before.sentence === state.sentence) {
    draft.links.push({ meaning: { relation: 'alternative', open: false }, expr: draft.at, other: before });
    draft.planned ||= before.planned;
  }
  state.thenAt = undefined;
}

/** "Uteblev idag, ny kallelse skickas": the booking that was missed is to be made again. */
function copyMissed(state: BindState, draft: Draft, node: TextRange): void {
  draft.flags.push({ name: 'copy_from_missed_booking', at: state.missedAt! });
  setField(draft, 'reason', 'uteblivet besök', state.missedAt!);
  draft.time = { meaning: { time: { kind: 'snarast' }, flags: [{ name: 'time_missing' }] }, expr: rangeOf(node) };
  addSource(draft, 'time', rangeOf(node));
}

/** Which draft an action speaks of again, if it does. */
function sameDraft(state: BindState, place: Place, action: ActionMeaning): Draft | undefined {
  const { node, nodes, at } = place;
  if (state.correctedAt || state.joint === 'or') return undefined;
  const here = draftsHere(state);
  const current = state.current;
  if (action.kind === 'verb' && here.length > 0) return current;
  if (action.definite) {
    const kin = state.bound.drafts.findLast((draft) => isKin(draft, action));
    if (kin) return kin;
  }
  if (!current) return undefined;
  if (isListOf(current, action) || isMoreOf(current, action, place)) return current;
  if (action.type === 'telefon' && current.type === 'telefon' && action.strength === 'weak') return current;
  const isRepeated =
    /^(för|till)$/.test(nodes[at - 1]?.lower ?? '') && (action.kind === 'check' || action.kind === 'visit');
  return isRepeated && isVisit(current.type) && !isA(node, 'NegatedAction') ? current : undefined;
}

/** "Blodprover om sex veckor: TSH och krea": which ones, said afterwards. */
function isListOf({ type, fields }: Draft, action: ActionMeaning): boolean {
  const isNamed = type === 'provtagning' && action.type === type && action.fields?.analyses !== undefined;
  return isNamed && fields.analyses === undefined;
}

/** "Hb om sex veckor samt TSH": one more of the same tests, unless it has a time of its own. */
function isMoreOf({ type, fields }: Draft, action: ActionMeaning, place: Place): boolean {
  const isNamed = type === 'provtagning' && action.type === type && action.fields?.analyses !== undefined;
  return isNamed && fields.analyses !== undefined && isConjoined(place) && !groupHas(place, 'Time', 'Link', 'Series');
}

function isKin(draft: Draft, action: ActionMeaning): boolean {
  if (action.fields?.service) return draft.fields.service === action.fields.service;
  if (action.kind === 'visit' || action.kind === 'check') return isVisit(draft.type);
  return draft.type === action.type;
}

function goOnWith(state: BindState, draft: Draft, action: ActionMeaning, node: Node): void {
  state.current = draft;
  draft.planned ||= action.strength === 'strong';
  // "... föreslog kontroll, men jag vill se henne": the author's own word for it.
  if (state.contrastAt && action.kind === 'verb') draft.action = action;
  if (draft.type === 'provtagning' && action.fields?.analyses)
    setField(draft, 'analyses', together(draft.fields.analyses, action.fields.analyses), rangeOf(node));
  addSource(draft, 'type', rangeOf(node));
  applyPending(state, draft);
}

/** "Hembesök för såromläggning": what is done at the visit that is spoken of. */
function isServiceOf(current: Draft | undefined, { nodes, at }: Place, action: ActionMeaning): boolean {
  const takes = current && (isVisit(current.type) || current.type === 'remiss') && current.fields.service === undefined;
  if (!takes || !action.fields?.service) return false;
  return /^(för|inkl|inklusive|avseende)$/.test(nodes[at - 1]?.lower ?? '') && action.type !== 'rontgen';
}

/** "Återbesöket tas per video". */
function isMannerOf(current: Draft | undefined, { nodes, at }: Place, { type }: ActionMeaning): boolean {
  const isManner = (type === 'video' || type === 'telefon') && /^(per|via|på|över)$/.test(nodes[at - 1]?.lower ?? '');
  return isManner && current !== undefined && isVisit(current.type);
}

/** "Kallas till dietist för nybesök": what a call is to. */
function isMatterOf(current: Draft | undefined, { nodes, at }: Place, action: ActionMeaning): boolean {
  const isOpen =
    current?.action.kind === 'call' && current.type === 'aterbesok' && current.fields.service === undefined;
  return isOpen && action.kind !== 'check' && /^(för|till|på)$/.test(nodes[at - 1]?.lower ?? '');
}

function retype(draft: Draft, action: ActionMeaning, node: TextRange): void {
  draft.type = action.type;
  draft.action = action;
  draft.planned = true;
  addSource(draft, 'type', rangeOf(node));
  if (action.fields?.service !== undefined) setField(draft, 'service', action.fields.service, rangeOf(node));
}

export const readNegatedAction: Handler = (state, { node, nodes, at, standing }) => {
  if (standing !== 'plan' && standing !== 'result') return 0;
  const action = meaningOf(node, 'NegatedAction')!;
  const decision = { type: action.type, at: rangeOf(node), sentence: state.sentence };
  state.bound.decisions.push(decision);
  state.denied = { action, decision };
  // "Inget återbesök eller provtagning": what is listed with it is denied with it.
  let used = 1;
  while (isA(nodes[at + used], 'Or') || (isA(nodes[at + used], 'Break') && isA(nodes[at + used + 1], 'Or'))) {
    const next = nodes[at + used + 1];
    const denied = next && meaningOf(next, 'Action');
    if (!denied) break;
    state.bound.decisions.push({ type: denied.type, at: rangeOf(next), sentence: state.sentence });
    used += 2;
  }
  state.joint = 'none';
  return used;
};

export const readMissed: Handler = (state, { node }) => {
  state.missedAt = rangeOf(node);
  return 1;
};

/** A word for something done, past, or somebody else's: it is told, and asks for nothing. */
export function setAside(
  state: BindState,
  flag: 'historical' | 'already_done' | 'patient_initiated',
  at: TextRange,
): void {
  state.bound.setAside.push({ flag: { name: flag, at: rangeOf(at) }, at: rangeOf(at) });
}

export function flagOtherPerson(state: BindState, at: TextRange): void {
  flagSentence(state, { name: 'other_person' }, at);
}

function isJoined(state: BindState, { nodes, at }: Place): boolean {
  const joint = jointBefore(nodes, at);
  const isAction =
    isA(nodes[joint - 1], 'Action') || (isA(nodes[joint - 1], 'Unknown') && isA(nodes[joint - 2], 'Action'));
  return isA(nodes[joint], 'And', 'Or') && isAction && state.current !== undefined;
}

function isConjoined({ nodes, at }: Place): boolean {
  const joint = nodes[jointBefore(nodes, at)];
  return isA(joint, 'And') || joint?.lower === 'med';
}

/** Past "ny", "klinisk" and the like. */
const MOST_ADJECTIVES = 2;

function jointBefore(nodes: readonly Node[], at: number): number {
  let before = at - 1;
  while (at - 1 - before < MOST_ADJECTIVES && isA(nodes[before], 'Filler', 'Unknown') && !isA(nodes[before], 'And'))
    before--;
  return before;
}

/** "Återbesök med ny röntgen": done at the visit. */
function makePartOf(draft: Draft, visit: Draft, { nodes, at }: Place): void {
  const isPart = draft.type === 'rontgen' || draft.type === 'undersokning';
  if (!isPart || !isVisit(visit.type) || nodes[jointBefore(nodes, at)]?.lower !== 'med') return;
  draft.partOf = visit;
  draft.links.push({ meaning: { relation: 'same_day', open: false }, isUntimed: true, expr: draft.at, other: visit });
}
