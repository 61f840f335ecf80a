import { isA, meaningOf, type Node } from '../grammar/node.ts';
import type { TimeMeaning } from '../grammar/values.ts';
import { startDraft } from './actions.ts';
import { attachTime } from './attach.ts';
import { addSource, type Draft, setField } from './draft.ts';
import { attachSeries } from './pending.ts';
import { segmentsOf } from './standing.ts';
import { type BindState, draftsHere, groupAfter, groupHas, type Handler, type Place, rangeOf } from './state.ts';

/** Gives a time to the draft that it was said of, to the next action, or to a further visit of the same kind. */
export const readTime: Handler = (state, place) => {
  const { node } = place;
  const time = meaningOf(node, 'Time')!;
  const draft = time.part === 'start' ? seriesHere(state) : ownerOf(state.current);
  // "Uteblev 24 februari": the day that was missed.
  if (place.standing === 'missed') return 1;
  if (!draft) return readTimeBeforeAction(state, place, time);
  if (isA(place.nodes[place.at - 1], 'Neg')) {
    draft.flags.push({ name: 'unread_text', at: rangeOf(node) });
    return 1;
  }
  if (state.contrastAt) return replaceTime(state, draft, time, node, 'competing_times', state.contrastAt);
  if (state.correctedAt) return replaceTime(state, draft, time, node, 'self_correction', state.correctedAt);
  if (isAfterResult(place, draft)) return furtherVisit(state, place, draft, node);
  if (isMove(draft, node)) return move(draft, node);
  if (!draft.time) {
    if (isForNext(state, place)) return wait(state, node);
    attachTime(draft, time, node);
    return 1;
  }
  return readFurtherTime(state, place, draft, time);
};

/** "Kontroll med röntgen på fredag": the visit's time. */
function ownerOf(draft: Draft | undefined): Draft | undefined {
  return draft?.partOf && !draft.time && !draft.partOf.time ? draft.partOf : draft;
}

/** "Årlig kontroll med HbA1c, start i september": when the series begins, also when a test was named last. */
function seriesHere(state: BindState): Draft | undefined {
  const { current } = state;
  return current && !current.series ? (draftsHere(state).findLast(({ series }) => series) ?? current) : current;
}

/** "Ögonbottenfoto ua, nästa om två år": another one of what the result was told of. */
function isAfterResult({ node, nodes, at }: Place, draft: Draft): boolean {
  const isNext = /^(nytt|ny|nya|nästa|om)$/.test(nodes[at - 1]?.lower ?? '') || /^nästa \d/.test(node.lower);
  const told = segmentsOf(nodes).find(({ nodes: inside }) => inside.some(({ start }) => start === draft.at.start));
  return isNext && told?.standing === 'result' && !told.nodes.includes(node);
}

/** "Återbesök samt, om två veckor, prover": after a comma a time can lead what follows. */
function isForNext(state: BindState, place: Place): boolean {
  const leads = state.joint === 'break' || state.joint === 'and' || state.joint === 'then';
  const next = groupAfter(place).find((node) => !isA(node, 'PlanVerb', 'Modal'));
  return leads && isA(next, 'Action');
}

function wait(state: BindState, node: Node): number {
  state.pending.push(node);
  return 1;
}

/** In "Om tre veckor då." the time is all that is said. */
const MOST_UNKNOWN_BESIDE_A_TIME = 2;

function readTimeBeforeAction(state: BindState, place: Place, time: TimeMeaning): number {
  const isActionAhead = place.nodes.slice(place.at + 1).some((node) => isA(node, 'Action', 'NegatedAction'));
  // "Tre år, har eksem och kontrolleras": how old, or how long.
  const next = place.nodes[place.at + 1];
  if (time.bare && time.amount && next && isA(next, 'Function') && next.senses.length === 1) return 1;
  if (!isActionAhead && state.struck && state.struck.sentence >= state.sentence - 1)
    return retime(state, state.struck, time, place.node);
  const last = state.bound.drafts.at(-1);
  const isAlone =
    place.nodes.filter((node) => isA(node, 'Unknown')).length <= MOST_UNKNOWN_BESIDE_A_TIME &&
    place.nodes.every((node) => !isA(node, 'Action', 'NegatedAction', 'Past', 'Done', 'Result', 'Drug'));
  if (!isActionAhead && isAlone && last && !last.time && !time.bare && last.sentence === state.sentence - 1) {
    attachTime(last, time, place.node);
    state.current = last;
    return 1;
  }
  return wait(state, place.node);
}

/** "... stryk det, om åtta veckor": the same with another time. */
function retime(state: BindState, struck: Draft, time: TimeMeaning, node: Node): number {
  struck.sources.delete('time');
  attachTime(struck, time, node);
  state.bound.drafts.push(struck);
  state.current = struck;
  state.struck = undefined;
  return 1;
}

export function replaceTime(
  state: BindState,
  draft: Draft,
  time: TimeMeaning,
  node: Node,
  flag: 'competing_times' | 'self_correction',
  at: NonNullable<BindState['contrastAt']>,
): number {
  // The time that was taken back is no source of the request.
  draft.sources.delete('time');
  attachTime(draft, time, node);
  draft.flags.push({ name: flag, at });
  state.contrastAt = undefined;
  state.correctedAt = undefined;
  return 1;
}

/** "Flytta besöket från 17 mars till 24 mars": two days, and no stretch of days. */
function isMove({ type, fields }: Draft, node: Node): boolean {
  const days = node.children.map((child) => meaningOf(child, 'Period')?.window('vid')?.target).filter(Boolean);
  return type === 'ombokning' && fields.booking_date === undefined && /^från /.test(node.lower) && days.length === 2;
}

function move(draft: Draft, node: Node): number {
  const [from, to] = node.children.filter((child) => isA(child, 'Period'));
  const dayOf = (day: Node) => meaningOf(day, 'Period')!.window('vid')!.target!;
  setField(draft, 'booking_date', dayOf(from!), rangeOf(from!));
  const target = dayOf(to!);
  attachTime(draft, { time: { kind: 'datum', target, mal_datum: target }, flags: [] }, to!);
  return 1;
}

/** "Byt tid 7 april till 14 april": the first day is the booking's. */
function isDayOfBooking({ type, fields }: Draft, { bare, time }: TimeMeaning): boolean {
  return type === 'ombokning' && fields.booking_date === undefined && bare === true && time.target !== undefined;
}

function readFurtherTime(state: BindState, place: Place, draft: Draft, time: TimeMeaning): number {
  const { node } = place;
  const known = draft.time!.meaning;
  if (isDayOfBooking(draft, known) && !time.bare) {
    draft.sources.delete('time');
    setField(draft, 'booking_date', known.time.target!, draft.time!.expr);
    attachTime(draft, time, node);
    return 1;
  }
  if (
    groupHas(place, 'Action') &&
    (place.nodes.slice(0, place.at).some((one) => isA(one, 'Action')) || state.joint !== 'none')
  )
    return wait(state, node);
  if (time.part === 'start' && draft.series) {
    attachTime(draft, time, node);
    return 1;
  }
  if (state.thenAt || state.joint === 'and') return furtherVisit(state, place, draft, node);
  const wish = wishWithin(known, time);
  if (wish) {
    draft.time = { expr: draft.time!.expr, meaning: wish };
    addSource(draft, 'time', rangeOf(node));
    return 1;
  }
  if (isSharper(known, time)) {
    // "Akut idag": the day alone does not say how soon.
    if (known.time.kind === 'snarast' && time.isToday) draft.flags.push({ name: 'urgency_unclear', at: rangeOf(node) });
    attachTime(draft, time, node);
    return 1;
  }
  // "Blodtrycket idag 160/90 kontrolleras om två veckor": today's is what was found.
  if (known.isToday) return replaceTime(state, draft, time, node, 'competing_times', draft.time!.expr);
  draft.flags.push({ name: 'competing_times', at: rangeOf(node) });
  addSource(draft, 'time', rangeOf(node));
  return 1;
}

/** "Åb 2 v dsk + 3 mån dr": one more of the same kind. */
export function furtherVisit(state: BindState, place: Place, like: Draft, node: Node): number {
  const action = { ...like.action, fields: like.action.fields ?? {}, strength: 'strong' as const };
  state.pending.push(node);
  const draft = startDraft(state, action, node, place);
  if (groupHas(place, 'Link')) draft.flags.push({ name: 'visit_kind_assumed', at: rangeOf(node) });
  return 1;
}

/** A wish inside a bound: the bound stays the måldatum, the wish is preferred. */
function wishWithin(known: TimeMeaning, wish: TimeMeaning): TimeMeaning | undefined {
  const [first, last] = wish.time.preferred ?? [
    wish.time.earliest ?? wish.time.target,
    wish.time.latest ?? wish.time.target,
  ];
  const bound = known.time.latest ?? known.time.target;
  const isInside =
    first !== undefined &&
    last !== undefined &&
    (bound === undefined || last <= bound) &&
    (known.time.earliest === undefined || first >= known.time.earliest);
  const isWish = wish.part === 'wish' || known.time.kind.startsWith('fore_') || known.time.kind === 'inom';
  if (!isInside || !isWish) return undefined;
  const flags = [...known.flags, ...wish.flags.filter(({ name }) => !known.flags.some((flag) => flag.name === name))];
  return { ...known, time: { ...known.time, preferred: [first, last] }, flags };
}

/** A day inside the month or week that was said, or words that add nothing ("snarast, inom en vecka"). */
function isSharper(known: TimeMeaning, time: TimeMeaning): boolean {
  if (known.time.kind === 'snarast' || known.time.kind === 'vag') return time.time.mal_datum !== undefined;
  const first = time.time.target ?? time.time.start?.slice(0, 10);
  const { earliest, latest } = known.time;
  return first !== undefined && earliest !== undefined && latest !== undefined && first >= earliest && first <= latest;
}

/** Gives a series to its draft, or to what follows it. */
export const readSeries: Handler = (state, place) => {
  const draft = state.current;
  if (!draft || (state.joint !== 'none' && !state.thenAt && groupHas(place, 'Action'))) return wait(state, place.node);
  if (state.thenAt && !groupHas(place, 'Action')) {
    draft.thenEvery = { ...draft.thenEvery, ...meaningOf(place.node, 'Series')! };
    addSource(draft, 'series', rangeOf(place.node));
    state.thenAt = undefined;
    return 1;
  }
  attachSeries(draft, place.node);
  return 1;
};
