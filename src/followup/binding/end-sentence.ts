import type { FollowUpMode } from '../../contracts/followup.ts';
import { isA, meaningOf, type Node } from '../grammar/node.ts';
import type { Category } from '../grammar/values.ts';
import type { SectionKind } from '../sections.ts';
import { setAside, startDraft } from './actions.ts';
import { attachDetail, attachTime, hasPerson } from './attach.ts';
import { flagLoneCorrection } from './corrections.ts';
import { type Draft, isVisit } from './draft.ts';
import { attachNode } from './pending.ts';
import { flagHearsay, guardLostPlans, placeRemarks } from './remarks.ts';
import { segmentsOf } from './standing.ts';
import { type BindState, draftsHere, flagSentence, rangeOf } from './state.ts';
import { flagUnheard, flagUnread, isSuspect } from './unread.ts';

/** In "Prover." or "Kontroll hos dsk" all is known; in "Samtal om belastningen hemma" nothing is planned. */
const MOST_UNKNOWN_IN_A_BARE_PLAN = 1;

/** What is said of the patient holds for the next thing that is planned; under a heading for what has been, no wish. */
const LASTING: readonly Category[] = ['Need', 'PatientId'];
const CARRIED: readonly Category[] = [...LASTING, 'Pref', 'Agreed', 'Delivery'];

export function endSentence(state: BindState, nodes: readonly Node[], section: SectionKind): void {
  const uncertain = nodes.find((node) => node.uncertain && !isA(node, 'Unknown', 'Break'));
  if (uncertain) flagSentence(state, { name: 'uncertain_hearing' }, uncertain);
  if (section !== 'record') {
    visitWithoutName(state, nodes);
    unheardVisit(state, nodes);
  }
  weighEvidence(state, nodes, section);
  placeRemarks(state);
  flagHearsay(state, nodes);
  guardLostPlans(state, nodes);
  const drafts = draftsHere(state);
  if (state.missedAt && drafts.length === 0) setAside(state, 'historical', state.missedAt);
  if (drafts.length === 0) {
    flagLoneCorrection(state, nodes);
    flagBesideUnheard(state, nodes);
    flagLaterDecision(state, nodes);
    const kept = section === 'record' ? LASTING : CARRIED;
    state.carried.push(...state.pending.filter((node) => isA(node, ...kept)));
    return;
  }
  for (const node of state.carried) for (const draft of drafts) attachDetail(draft, node);
  state.carried = [];
  const plans = drafts.filter(({ planned }) => planned);
  if (plans.length === 0) flagBesideUnheard(state, nodes);
  flagUnread(state, nodes, plans.length > 0 ? plans : drafts);
  flagUnheard(state, nodes);
  flagUnfinished(state, drafts.at(-1)!);
  for (const node of state.pending) {
    const last = drafts.at(-1)!;
    if (isA(node, 'Time') && !last.time) attachTime(last, meaningOf(node, 'Time')!, node);
    else if (isA(node, 'Time')) last.flags.push({ name: 'unread_text', at: rangeOf(node) });
    else if (!attachNode(last, node)) last.flags.push({ name: 'unread_text', at: rangeOf(node) });
  }
}

/** "Warån sättts ut fem dagar innan besöket.": words that were not understood can speak of a visit in the next sentence. */
function flagBesideUnheard({ bound, mode, pendingLinks, sentence }: BindState, nodes: readonly Node[]): void {
  const word = mode === 'dictated' ? nodes.find((node) => isSuspect(node, mode)) : undefined;
  const isVisit = nodes.some((node) => meaningOf(node, 'Action')?.kind === 'visit');
  if (!word) return;
  if (pendingLinks.length === 0 && !isVisit && !bearsOnOthers(nodes) && !isHardlyHeard(nodes, mode)) return;
  for (const beside of [sentence - 1, sentence + 1])
    bound.flags.push({ seed: { name: 'unread_text', at: rangeOf(word) }, at: rangeOf(word), sentence: beside });
}

/** "Rättse: mådag": a few words that nobody knows can have been a correction. */
function isHardlyHeard(nodes: readonly Node[], mode: FollowUpMode): boolean {
  const told = nodes.filter((node) => !isA(node, 'Break'));
  return told.length <= MOST_UNHEARD && told.filter((node) => isSuspect(node, mode)).length * 2 >= told.length;
}

const MOST_UNHEARD = 3;

/** What can change a plan that is told beside it: somebody's wish, a denial, a missed visit, when a medicine is stopped. */
function bearsOnOthers(nodes: readonly Node[]): boolean {
  const has = (...categories: readonly Category[]) => nodes.some((node) => isA(node, ...categories));
  const isOfDrug = has('Drug', 'DrugVerb');
  const isOfOther = has('Relative') && has('Action');
  return (
    has('Opinion', 'Missed', 'Correction') ||
    isOfOther ||
    (isOfDrug ? has('Time', 'Duration', 'Number') : has('NotNeeded'))
  );
}

/** A correction that no rule could carry out, and a "sedan" that nothing followed: a person has to look. */
function flagUnfinished(state: BindState, last: Draft): void {
  if (state.thenAt && state.thenAt.start > last.at.start) flagSentence(state, { name: 'unread_text' }, state.thenAt);
  if (state.correctedAt) flagSentence(state, { name: 'self_correction' }, state.correctedAt);
  state.correctedAt = undefined;
}

/** Which of a sentence's drafts are plans, as far as the sentence and its section tell. */
function weighEvidence(state: BindState, nodes: readonly Node[], section: SectionKind): void {
  const unknown = nodes.filter((node) => isA(node, 'Unknown')).length;
  for (const draft of draftsHere(state)) {
    const segment = segmentsOf(nodes).find(
      ({ nodes: inside }) => inside[0]!.start <= draft.at.start && draft.at.end <= inside.at(-1)!.end,
    );
    const isVerbed = segment?.nodes.some((node) => isA(node, 'PlanVerb', 'Modal', 'Decision', 'But')) ?? false;
    if (isGoingOn(draft, segment?.nodes ?? [])) draft.planned = false;
    const isTold = draft.action.strength === 'weak' && segment?.standing === 'result' && !isVerbed;
    const isAlone = hasPerson(draft) || unknown <= MOST_UNKNOWN_IN_A_BARE_PLAN;
    draft.planned ||=
      (isVerbed && !isGoingOn(draft, segment?.nodes ?? [])) ||
      leads(draft, nodes) ||
      (hasPerson(draft) && isOffered(nodes)) ||
      (section === 'plan' && isAlone && !isTreatment(draft));
    if (isTold) removeDraft(state, draft);
    if (!isTold && section !== 'plan' && segment && isTodaysVisit(draft, segment.nodes)) {
      removeDraft(state, draft);
      setAside(state, 'historical', { start: segment.nodes[0]!.start, end: segment.nodes.at(-1)!.end });
      continue;
    }
    if (isTold || section !== 'record') continue;
    // Under a heading for what has been, only what is counted from today is to come.
    const kind = draft.time?.meaning.time.kind;
    const isOthers = segment?.nodes.some((node) => isA(node, 'Opinion') || node.lower === 'skulle') ?? false;
    const isAhead = (kind === 'om' || kind === 'inom') && !draft.time!.meaning.bare && !isOthers;
    if (!(draft.planned && (isAhead || (isVerbed && draft.action.strength === 'strong')))) {
      removeDraft(state, draft);
    }
  }
  planTogether(draftsHere(state));
  flagDropped(state, nodes);
}

/** "Svar på sänkan", "för bedömning": what something else is about. */
function isMatter({ at }: Draft, nodes: readonly Node[]): boolean {
  const before = nodes.filter((node) => node.end <= at.start && !isA(node, 'Filler')).at(-1);
  return /^(för|av|på|från|angående|gällande|om|kring|inför)$/.test(before?.lower ?? '');
}

/** "Infusion järn": something beside a plan that no rule made one, though it reads like one. */
function flagDropped(state: BindState, nodes: readonly Node[]): void {
  const drafts = draftsHere(state);
  for (const { nodes: inside, standing } of segmentsOf(nodes)) {
    const here = drafts.filter(({ at }) => inside[0]!.start <= at.start && at.end <= inside.at(-1)!.end);
    const dropped = here.find(
      (draft) =>
        !draft.planned &&
        !isMatter(draft, inside) &&
        !here.some(({ links }) => links.some(({ other }) => other === draft)),
    );
    if (standing === 'plan' && dropped && here.some(({ planned }) => planned))
      flagSentence(state, { name: 'unread_text' }, dropped.at);
  }
}

/** "Läkarbesök idag pga hosta": what the note is about, where nobody and no hour is named. */
function isTodaysVisit({ at, time, planned }: Draft, nodes: readonly Node[]): boolean {
  const name = nodes.find(({ start }) => start === at.start)?.lower ?? '';
  return (
    time?.meaning.isToday === true &&
    (!planned || (/(besök|kontakt|samtal)$/.test(name) && !nodes.some((node) => isA(node, 'Person')))) &&
    !nodes.some((node) => isA(node, 'PlanVerb', 'Modal', 'Soon', 'Link', 'Decision'))
  );
}

/** "Antibiotikabehandling i tio dagar påbörjas": what is given, without a day, somebody to see or a word for booking. */
function isGoingOn({ type, fields, time, series }: Draft, nodes: readonly Node[]): boolean {
  const isNamed = type === 'aterbesok' && /behandling(en|ar|arna)?$/.test(fields.service ?? '');
  return (
    isNamed &&
    !time &&
    !series?.every &&
    !nodes.some((node) => isA(node, 'Person', 'Condition', 'Trigger') || BOOKING.test(node.lower))
  );
}

const BOOKING = /^(boka|kalla|remi|beställ|planer|erbjud|tid|sätts upp|läggs upp|skriv)/;

/** "Såret läggs om", "sömnskola": what is done, by nobody and at no time. */
function isTreatment(draft: Draft): boolean {
  return draft.action.kind === 'service' && draft.type === 'aterbesok' && !hasPerson(draft);
}

/** "Remiss till dietist samt röntgen": in one breath with a plan, a plan too. */
function planTogether(drafts: readonly Draft[]): void {
  for (const [index, draft] of drafts.entries()) {
    const before = drafts[index - 1];
    if (!before || !draft.conjoined) continue;
    draft.planned ||= before.planned;
    before.planned ||= draft.planned && draft.joined;
  }
}

/** "Remiss till specialist.": what a sentence begins with is its order, unless it tells a result. */
function leads({ at, type }: Draft, nodes: readonly Node[]): boolean {
  const first = nodes.find((node) => !isA(node, 'Filler'))!;
  if (first.start !== at.start) return false;
  if (type === 'remiss') return true;
  const isBare = nodes.every((node) => isA(node, 'Action', 'Function', 'Filler', 'Question'));
  const isGuarded = nodes.some((node) => isA(node, 'Worsening', 'Condition', 'Safety'));
  const isWithSomebody = nodes.every((node) => isA(node, 'Action', 'Function', 'Filler', 'Person', 'Reason', 'Need'));
  if (isVisit(type) && isWithSomebody && nodes.some((node) => isA(node, 'Person'))) return true;
  return type === 'rontgen' ? isBare || isGuarded : type === 'undersokning' && isGuarded;
}

function removeDraft({ bound }: BindState, draft: Draft): void {
  bound.drafts.splice(bound.drafts.indexOf(draft), 1);
}

/** A sentence with one of these speaks of something else than a new plan. */
const CLOSED_CUES: readonly Category[] = ['NegatedAction', 'Past', 'Done', 'Result', 'Drug', 'Relative', 'PatientActs'];

/** "Dsk 2 v": somebody to see and when, and no word for the visit. */
function visitWithoutName(state: BindState, nodes: readonly Node[]): void {
  if (draftsHere(state).length > 0 || !state.pending.some((node) => isA(node, 'Person'))) return;
  const sign =
    state.pending.find((node) => isA(node, 'Time', 'Series')) ?? nodes.find(({ lower }) => OFFERED.test(lower));
  const isOther = nodes.some((node) => isA(node, 'Action', ...CLOSED_CUES));
  if (!sign || isOther) return;
  const range = { start: state.pending[0]!.start, end: state.pending.at(-1)!.end };
  const draft = startDraft(state, { type: 'aterbesok', strength: 'strong', kind: 'visit' }, range, {
    node: sign,
    nodes,
    at: 0,
    standing: 'plan',
  });
  draft.planned = isVisit(draft.type);
}

function isOffered(nodes: readonly Node[]): boolean {
  return (
    nodes.some(({ lower }) => OFFERED.test(lower)) &&
    !nodes.some((node) => isA(node, 'Neg', 'NegatedAction', 'Past', 'Done', 'Missed'))
  );
}

/** "Erbjuds behandling hos psykolog": words by which somebody is to be seen, though nothing says how or when. */
const OFFERED =
  /^(erbjuds|erbjud|hänvisas|bokas|bokas upp|inbokas|bokas in|planeras|rekommenderas|ordnas|inleds|påbörjas|startas|ska ha|ska få|ska till|behöver)$/;

/** Letters from which an unknown word before a time can have been the visit. */
const VISIT_WORD_LETTERS = 7;

/** "Ottobesk om sex veckor": when only the time was understood, a person must look. */
function unheardVisit(state: BindState, nodes: readonly Node[]): void {
  if (draftsHere(state).length > 0) return;
  const time = state.pending.find((node) => isTargetTime(node) || newOneBefore(node, nodes));
  const word = newOneBefore(time, nodes) ?? nodes.find((node) => isUnheard(node, state.mode));
  if (!time || !word || word.start > time.start) return;
  const segment = nodes.slice(nodes.findLastIndex((node) => isA(node, 'Break') && node.start < word.start) + 1);
  if (segment.some((node) => isA(node, ...CLOSED_CUES))) return;
  const draft = startDraft(state, { type: 'aterbesok', strength: 'strong', kind: 'visit' }, word, {
    node: time,
    nodes,
    at: 0,
    standing: 'plan',
  });
  draft.flags.push({ name: 'unread_text', at: rangeOf(word) });
}

/** "Var på återbesök, nytt om 6 mån": another one of what was. */
function newOneBefore(time: Node | undefined, nodes: readonly Node[]): Node | undefined {
  if (!time || !isA(time, 'Time')) return undefined;
  if (/^nästa \d/.test(time.lower)) return time;
  const before = nodes[nodes.indexOf(time) - 1];
  return before && /^(nytt|ny|nya|nästa)$/.test(before.lower) ? before : undefined;
}

/** "MR knä. Därefter ställningstagande till operation": what follows the plan is for somebody to decide. */
function flagLaterDecision({ bound, sentence }: BindState, nodes: readonly Node[]): void {
  const decision = isA(nodes[0], 'Then') ? nodes.find((node) => isA(node, 'Decision')) : undefined;
  if (!decision) return;
  const at = rangeOf(decision);
  bound.flags.push({ seed: { name: 'needs_clinical_decision', at }, at, sentence: sentence - 1 });
}

function isTargetTime(node: Node): boolean {
  const time = meaningOf(node, 'Time');
  return time?.time.kind === 'om' && !time.bare;
}

function isUnheard(node: Node, mode: FollowUpMode): boolean {
  return mode === 'dictated' && isSuspect(node, mode) && node.text.length >= VISIT_WORD_LETTERS;
}
