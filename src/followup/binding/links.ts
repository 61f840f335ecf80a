import type { RequestType } from '../../contracts/followup.ts';
import { parseLocalDate } from '../calendar/local-date.ts';
import { relativeWeek } from '../calendar/weekday-times.ts';
import { isA, meaningOf, type Node } from '../grammar/node.ts';
import type { ActionMeaning, LinkMeaning, OtherEnd, TextRange } from '../grammar/values.ts';
import { addAmount } from '../time/amount.ts';
import { startDraft } from './actions.ts';
import { attachTime } from './attach.ts';
import { addSource, type Draft, type DraftLink } from './draft.ts';
import { attachTrigger } from './pending.ts';
import { type BindState, groupHas, type Handler, type Place } from './state.ts';

/** Reads "en vecka innan besöket": how far, and from what. */
export const readLink: Handler = (state, place) => {
  const { node, nodes, at } = place;
  const meaning = meaningOf(node, 'Link')!;
  const end = meaning.open ? otherEndAt(state, nodes, at + 1) : undefined;
  const expr: TextRange = { start: node.start, end: end?.last.end ?? node.end };
  const used = end ? nodes.indexOf(end.last) - at + 1 : 1;
  const waits = !state.current || isForNextAction(state, place, used);
  const subject = waits ? undefined : state.current!;
  const isAnswer = end && isA(end.last, 'Answer', 'Reason') && meaning.relation === 'after';
  if (isAnswer && subject) {
    attachTrigger(subject, {
      ...node,
      end: end.last.end,
      text: `${node.text} ${end.last.text}`,
      senses: [{ category: 'Trigger', value: `${node.text} ${end.last.text}` }],
    });
    return used;
  }
  if (subject && moveBooking(subject, meaning, expr)) return used;
  const link: DraftLink = {
    meaning,
    expr,
    other: end?.other ?? (meaning.event === undefined ? 'nearest' : { event: meaning.event }),
  };
  if (subject) addLink(subject, link);
  else state.pendingLinks.push(link);
  if (end?.creates) createOther(state, place, end, link, subject);
  return used;
};

/** "Flytta besöket 2 april till veckan efter", "kan ej 24 mars, helst veckan före": counted from the booking. */
function moveBooking(draft: Draft, { relation, amount }: LinkMeaning, expr: TextRange): boolean {
  const from = draft.type === 'ombokning' ? parseLocalDate(draft.fields.booking_date ?? '') : undefined;
  if (!from || !amount || (relation !== 'after' && relation !== 'before')) return false;
  const { count, unit } = amount.max;
  const sign = relation === 'after' ? 1 : -1;
  const week = unit === 'W' && count === 1 ? relativeWeek(from, sign) : undefined;
  const target = addAmount(from, amount.max, sign);
  const time = week
    ? { kind: 'vecka' as const, earliest: week.earliest!, latest: week.latest!, mal_datum: week.latest! }
    : { kind: 'om' as const, target, mal_datum: target };
  attachTime(draft, { time, flags: [] }, expr);
  return true;
}

function addLink(draft: Draft, link: DraftLink): void {
  // "Med röntgen en vecka innan": at another time than the visit after all.
  const part = draft.partOf ? draft.links.findIndex(({ isUntimed }) => isUntimed) : -1;
  if (part !== -1) draft.links.splice(part, 1);
  delete draft.partOf;
  draft.links.push(link);
  draft.planned = true;
  addSource(draft, 'time', link.expr);
}

/** "..., en vecka innan tas prover": a link that leads the group of another action. */
function isForNextAction(state: BindState, place: Place, used: number): boolean {
  const later = { ...place, at: place.at + used - 1 };
  const next = later.nodes.slice(later.at + 1).find((node) => isA(node, 'Action'));
  const leads = state.joint === 'break' || state.joint === 'and' || state.joint === 'start';
  return leads && groupHas(later, 'Action') && meaningOf(next!, 'Action')!.kind !== 'verb';
}

interface FoundEnd {
  readonly other: DraftLink['other'];
  readonly last: Node;
  /** The other end is a request of its own that nothing has named before. */
  readonly creates?: Node;
}

/** What follows "innan" or "efter" as its other end. */
function otherEndAt(state: BindState, nodes: readonly Node[], from: number): FoundEnd | undefined {
  let at = from;
  while (
    isA(nodes[at], 'Filler') ||
    /^(sitt|sin|själva|varje|respektive|det|den|ett|en|att)$/.test(nodes[at]?.lower ?? '')
  )
    at++;
  const node = nodes[at];
  if (!node) return undefined;
  const action = meaningOf(node, 'Action');
  if (action) return actionEnd(state, nodes, at, node);
  const person = meaningOf(node, 'Person');
  if (person?.role) return { other: { role: person.role }, last: node };
  const dose = meaningOf(node, 'Dose');
  if (dose !== undefined) return { other: { dose }, last: node };
  // A reason that was said for the visit is nothing to lie before: "veckan innan för ny bedömning".
  if (isA(node, 'Answer') || (isA(node, 'Reason') && node.rule !== 'reason'))
    return { other: { event: node.text }, last: node };
  const event = meaningOf(node, 'Event');
  if (event !== undefined) return eventEnd(nodes, at, event);
  return undefined;
}

function actionEnd(state: BindState, nodes: readonly Node[], at: number, node: Node): FoundEnd {
  const action = meaningOf(node, 'Action')!;
  const isAnyVisit = action.kind === 'visit' || action.kind === 'check';
  const other: OtherEnd = {
    types: typesMeant(action),
    ...(action.fields?.service !== undefined && { service: action.fields.service }),
    ...(action.fields?.role !== undefined && { role: action.fields.role }),
    event: node.text,
  };
  const isKnown = state.bound.drafts.some((draft) => draft !== state.current && other.types!.includes(draft.type));
  const near = nodes.slice(at + 1, at + 4);
  const another = near.findIndex((next) => isA(next, 'Action'));
  const hasOwnTime =
    isA(nodes[at + 1], 'Time', 'Series') ||
    near
      .slice(0, another === -1 ? near.length : another)
      .some((next) => isA(next, 'Time') && !meaningOf(next, 'Time')!.bare);
  const isNamed = !action.definite && !isAnyVisit;
  return { other, last: node, ...(!isKnown && (hasOwnTime || isNamed) && { creates: node }) };
}

function typesMeant({ kind, type }: ActionMeaning): RequestType[] {
  if (kind === 'exam') return ['rontgen', 'undersokning'];
  return kind === 'visit' || kind === 'check'
    ? ['aterbesok', 'nybesok', 'telefon', 'video', 'hembesok', 'mote']
    : [type];
}

/** An event with its day, when that was said: "operationen 3 mars". */
function eventEnd(nodes: readonly Node[], at: number, event: string): FoundEnd {
  const next = nodes[at + 1];
  const time = next && meaningOf(next, 'Time');
  const date = time?.bare || time?.time.kind === 'datum' ? time?.time.target : undefined;
  if (!next || date === undefined) return { other: { event }, last: nodes[at]! };
  return { other: { event, date: date as NonNullable<OtherEnd['date']> }, last: next };
}

/** The other end becomes a draft of its own, after the one that is linked to it. */
function createOther(state: BindState, place: Place, end: FoundEnd, link: DraftLink, subject: Draft | undefined): void {
  const action = meaningOf(end.creates!, 'Action')!;
  const waiting = state.pendingLinks;
  state.pendingLinks = [];
  state.current = undefined;
  const draft = startDraft(state, action, end.creates!, place);
  draft.planned = true;
  const made = { ...link, other: draft };
  state.pendingLinks = waiting.map((one) => (one === link ? made : one));
  if (subject) subject.links.splice(subject.links.indexOf(link), 1, made);
}
