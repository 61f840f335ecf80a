import { isA, meaningOf, type Node } from '../grammar/node.ts';
import type { Category } from '../grammar/values.ts';

/** What a stretch of a sentence is about: only plans make requests. */
export type Standing =
  | 'plan'
  | 'history'
  | 'done'
  | 'missed'
  | 'other_person'
  | 'patient_acts'
  | 'result'
  | 'medication'
  | 'safety';

export interface Segment {
  readonly nodes: readonly Node[];
  readonly standing: Standing;
}

const known = new WeakMap<readonly Node[], readonly Segment[]>();

/** A sentence cut at commas, colons and "men", each part with its standing; the same sentence is cut once. */
export function segmentsOf(nodes: readonly Node[]): readonly Segment[] {
  const found = known.get(nodes) ?? cut(nodes);
  known.set(nodes, found);
  return found;
}

function cut(nodes: readonly Node[]): Segment[] {
  const parts: Node[][] = [[]];
  for (const [at, node] of nodes.entries()) {
    if ((isCut(node) && !isStrayComma(nodes, at)) || (parts.at(-1)!.length > 0 && isTurn(nodes, at, parts.at(-1)!)))
      parts.push([]);
    parts.at(-1)!.push(node);
  }
  const segments: Segment[] = [];
  for (const part of parts.filter(({ length }) => length > 0))
    segments.push({ nodes: part, standing: standingOf(part, segments.at(-1)?.standing) });
  return segments;
}

const CLOSED = ['PatientActs', 'Past', 'Done', 'Missed', 'Result'] as const;

/**
 * Where a speaker goes on to something else without a pause: from a plan to what the patient does, or from what has
 * been to what is to be ordered.
 */
function isTurn(nodes: readonly Node[], at: number, part: readonly Node[]): boolean {
  const node = nodes[at]!;
  const next = nodes[at + 1];
  if (
    isA(node, 'Filler') &&
    isA(next, 'Action') &&
    part.some((one) => isA(one, 'Time') && meaningOf(one, 'Time')!.isToday) &&
    isAnotherVisit(nodes, at)
  )
    return true;
  if (isA(next, 'PatientActs') && isA(node, 'Participant')) return hasTimedAction(part);
  if (isA(node, 'PatientActs') && !isA(nodes[at - 1], 'Participant')) return hasTimedAction(part);
  if (isA(node, 'And') && part.some((one) => isA(one, 'Drug', 'DrugVerb')) && isOrderAfter(nodes, at)) return true;
  if (node.lower === 'annars' && isA(next, 'Action')) return true;
  const isStrong = meaningOf(node, 'Action')?.strength === 'strong' && !meaningOf(node, 'Action')!.definite;
  const isAnew = meaningOf(node, 'Action')?.isNew === true && isTargetTime(next ?? node);
  if (isAnew && part.some((one) => isA(one, 'Missed', 'Past'))) return true;
  if (isStrong && part.some((one) => isA(one, 'PatientActs')) && isFollowedByPlan(nodes, at))
    return !isPatientsMatter(nodes[at - 1]!);
  if (isStrong && isToldOf(part, nodes, at) && isTimed(nodes, at)) return true;
  const isOrdered =
    isA(node, 'PlanVerb') && !isA(node, 'Action') && meaningOf(next ?? node, 'Action')?.strength === 'strong';
  return isOrdered && part.some((one) => isA(one, ...CLOSED));
}

/** "Bokar själv återbesök", "hör av sig för återbesök": what the patient sees to. */
function isPatientsMatter(before: Node): boolean {
  return (
    /^(för|till|om|angående)$/.test(before.lower) || (isA(before, 'PatientActs') && /bok|beställ/.test(before.lower))
  );
}

/** "Remiss skickad förra veckan återbesök om tre månader": after what was done about one thing another is planned. */
function isToldOf(part: readonly Node[], nodes: readonly Node[], at: number): boolean {
  const end = nodes.findIndex((node, index) => index > at && isCut(node));
  const rest = nodes.slice(at + 1, end === -1 ? nodes.length : end);
  const isDone = (node: Node) => isA(node, 'Done', 'Past', 'Missed', 'Result');
  return (
    part.some((node) => isA(node, 'Action')) &&
    part.some(isDone) &&
    !isDone(nodes[at - 1]!) &&
    !part.some((node) => isA(node, 'Done') && meaningOf(node, 'Done') !== '') &&
    !/^(för|på|till|av|från|vid|om|efter)$/.test(nodes[at - 1]!.lower) &&
    !rest.some(isDone)
  );
}

/** "Återbesök när de svarat", "återbesök hos mig om två veckor". */
function isTimed(nodes: readonly Node[], at: number): boolean {
  const next = nodes[isA(nodes[at + 1], 'Person') ? at + 2 : at + 1];
  return next !== undefined && (isA(next, 'Trigger') || isTargetTime(next));
}

/** "Kommer i dag på återbesök ny kontroll om tre månader". */
function isAnotherVisit(nodes: readonly Node[], at: number): boolean {
  return /^(ny|nytt|nya)$/.test(nodes[at]!.lower) && nodes.slice(at + 1).some(isTargetTime);
}

const ORDER_NODES = 4;

/** "Sätter ut enalapril och tar nytt kreatinin": after the medicine something is ordered, with a verb of its own. */
function isOrderAfter(nodes: readonly Node[], at: number): boolean {
  const ahead = nodes.slice(at + 1, at + 1 + ORDER_NODES);
  const action = ahead.findIndex((node) => isA(node, 'Action') && !meaningOf(node, 'Action')!.definite);
  const before = ahead.slice(0, Math.max(0, action));
  return (
    before.some((node) => isA(node, 'PlanVerb')) && before.every((node) => isA(node, 'PlanVerb', 'Filler', 'Function'))
  );
}

/** "... hör av sig vid behov återbesök om tre månader": an action with its own time or person. */
function isFollowedByPlan(nodes: readonly Node[], at: number): boolean {
  return isA(nodes[at + 1], 'Time', 'Person', 'Series');
}

function hasTimedAction(part: readonly Node[]): boolean {
  return hasStrongAction(part) && part.some((node) => isA(node, 'Time', 'Series'));
}

/** "Ska, ha telefontid", "remiss till ortopeden, skickad": no clause ends there. */
function isStrayComma(nodes: readonly Node[], at: number): boolean {
  if (nodes[at]!.lower !== ',') return false;
  const told = isA(nodes[at - 1], 'Person') ? nodes[at - 2] : nodes[at - 1];
  const isTold = isA(told, 'Action') && meaningOf(told!, 'Action')!.strength === 'weak';
  const next = nodes[at + 1];
  const isDone = isA(next, 'Done') || (isA(next, 'Past') && next!.lower.endsWith('des'));
  // "Inbokad, på astmaskola": what the first word is said of follows.
  const isLed = at === 1 && isA(nodes[0], 'Done') && /^(på|hos|till|för|i|av)(?= |$)/.test(next?.lower ?? '');
  return isA(nodes[at - 1], 'Modal') || (isTold && isDone) || isLed;
}

function isCut(node: Node): boolean {
  return isA(node, 'Break') && node.lower !== '/' && node.lower !== '(' && node.lower !== ')';
}

function standingOf(nodes: readonly Node[], previous: Standing | undefined): Standing {
  const said = new Set(nodes.flatMap(({ senses }) => senses.map(({ category }) => category)));
  const has = (...categories: Category[]) => categories.some((category) => said.has(category));
  const hasAction = has('Action', 'NegatedAction');
  if (isHeredity(nodes)) return 'history';
  if (isOtherPerson(nodes) && !has('Past', 'Done')) return 'other_person';
  if (has('PatientActs')) return 'patient_acts';
  if (has('Safety') && !hasAction) return 'safety';
  if (has('Missed')) return has('Past') || hasBooking(nodes) ? 'history' : 'missed';
  if (has('Drug') && (has('DrugVerb', 'DoseUnit') || !hasAction)) return 'medication';
  if ((has('DoseUnit') && !hasAction) || leadsWithSickLeave(nodes)) return 'medication';
  if (comesToday(nodes)) return 'history';
  const isAhead = has('Modal', 'PlanVerb') || nodes.some((node) => isAheadTime(node));
  if (nodes.some((node) => meaningOf(node, 'Past') === 'ago') || isHad(nodes)) return 'history';
  // "Det ska hon enligt deras kallelse": others see to it.
  const isElsewhere = nodes.some((node) => meaningOf(node, 'Done') === 'elsewhere');
  if (isElsewhere || (has('Done') && !isModalBefore(nodes, 'Done'))) return 'done';
  if (has('Past') && !isModalBefore(nodes, 'Past')) return 'history';
  if (has('Result') && !(isAhead && (has('Modal', 'PlanVerb') || nodes.some(isTargetTime)))) return 'result';
  if (
    has('Relative') &&
    (previous === 'history' || previous === undefined) &&
    !has('NegatedAction') &&
    hasAction &&
    !has('Modal', 'PlanVerb') &&
    isSubject(nodes)
  )
    return 'history';
  if (previous === 'other_person' && !hasStrongAction(nodes)) return 'other_person';
  return 'plan';
}

/** "Sjukskriven i fyra veckor": its time is no plan's. */
function leadsWithSickLeave(nodes: readonly Node[]): boolean {
  const first = nodes.find((node) => isA(node, 'SickLeave', 'Action', 'NegatedAction'));
  return isA(first, 'SickLeave');
}

/** "Kommer idag för återbesök": the visit that the note is about. */
function comesToday(nodes: readonly Node[]): boolean {
  const today = nodes.findIndex((node) => meaningOf(node, 'Time')?.isToday);
  return today !== -1 && nodes.slice(Math.max(0, today - 2), today + 2).some(({ lower }) => COMES.test(lower));
}

const COMES = /^(kommer|kom|inkommer|söker|besöker|är här|kommer på (åter)?besök|kommer på kontroll)$/;

/** "Har återbesök hos dr Ek": booked already. */
function isHad(nodes: readonly Node[]): boolean {
  return nodes.some(
    (node, at) =>
      node.lower === 'har' &&
      meaningOf(nodes[at + 1] ?? node, 'Action')?.kind !== 'service' &&
      meaningOf(nodes[at + 1] ?? node, 'Action')?.type === 'aterbesok',
  );
}

/** What was missed, rather than what is to be booked anew. */
function hasBooking(nodes: readonly Node[]): boolean {
  return nodes.some(
    (node) => isA(node, 'Action') && meaningOf(node, 'Action')!.kind !== 'call' && !meaningOf(node, 'Action')!.isNew,
  );
}

function hasStrongAction(nodes: readonly Node[]): boolean {
  return nodes.some((node) => meaningOf(node, 'Action')?.strength === 'strong');
}

function isTargetTime(node: Node): boolean {
  const kind = meaningOf(node, 'Time')?.time.kind;
  return kind === 'om' || kind === 'inom' || kind === 'intervall';
}

function isAheadTime(node: Node): boolean {
  const time = meaningOf(node, 'Time');
  return time !== undefined && !time.bare;
}

/** "Ska vara tagna innan": what is to be done is not yet. */
function isModalBefore(nodes: readonly Node[], category: 'Done' | 'Past'): boolean {
  const at = nodes.findIndex((node) => isA(node, category));
  return nodes.slice(0, at).some((node) => isA(node, 'Modal') || /^(ska|skall|bör|måste)/.test(node.lower));
}

/** "Syster kontrolleras årligen": who the sentence is about. */
function isSubject(nodes: readonly Node[]): boolean {
  const at = nodes.findIndex((node) => isA(node, 'Relative'));
  return at <= 1 && isA(nodes[at + 1], 'Action');
}

/** "Brodern kontrolleras årligen": what a relative has done elsewhere. */
function isHeredity(nodes: readonly Node[]): boolean {
  return nodes.some((node, at) => isA(node, 'Relative') && isCheckedVerb(nodes[at + 1]));
}

function isCheckedVerb(node: Node | undefined): boolean {
  return /^(kontrolleras|följs|går)$/.test(node?.lower ?? '');
}

/** A relative who is to have something done, not one who comes along. */
function isOtherPerson(nodes: readonly Node[]): boolean {
  return nodes.some(
    (node, at) =>
      isA(node, 'Relative') &&
      !isParentOnThePhone(nodes, at) &&
      (isVisitor(nodes, at) || wantsLater(nodes, at) || speaksOfWants(nodes, at + 1)) &&
      (isVisitor(nodes, at) || !/^(med|till|av|och)$/.test(nodes[at - 1]?.lower ?? '')),
  );
}

/** "Mamma får ett telefonsamtal": who is called about the child. */
function isParentOnThePhone(nodes: readonly Node[], at: number): boolean {
  const isOwned = /^(hans|hennes|pats|patientens|patienten)$/.test(nodes[at - 1]?.lower ?? '');
  const isCalled = nodes.some((node) => meaningOf(node, 'Action')?.type === 'telefon');
  const isOwn = nodes.some(({ lower }) => /^(också|även|egen|själv|sin)$/.test(lower));
  return /^(mamma|mamman|pappa|pappan)$/.test(nodes[at]!.lower) && isCalled && !isOwned && !isOwn;
}

/** "Tid för dottern", "en tid till hans fru": the visit is a relative's. */
function isVisitor(nodes: readonly Node[], at: number): boolean {
  const isOwned = /^(hans|hennes|pats|patientens)$/.test(nodes[at - 1]?.lower ?? '');
  const before = isOwned ? at - 2 : at - 1;
  const placed = nodes
    .slice(0, Math.max(0, before))
    .findLastIndex((node) => !isA(node, 'Time', 'Person', 'Series', 'Filler', 'Break'));
  const action = nodes[placed] && meaningOf(nodes[placed]!, 'Action');
  const preposition = nodes[before]?.lower ?? '';
  if (/^(för|åt|gällande|angående|ang|rörande)$/.test(preposition))
    // "Återbesök, om tre månader för dottern": cut off from its visit.
    return action ? VISITS.test(action.type) : placed === -1 && before > 0;
  return preposition === 'till' && placed === before - 1 && action?.type === 'aterbesok' && action.kind === 'visit';
}

const VISITS = /^(aterbesok|nybesok|hembesok|video|provtagning|undersokning|vaccination)$/;

/** "Dottern ska ha ...", not "mamman har märkt": who tells. */
function speaksOfWants(nodes: readonly Node[], at: number): boolean {
  const [verb, next] = [nodes[at], nodes[at + 1]];
  if (!verb) return false;
  if (verb.lower === 'har') return !/^(märkt|noterat|sett|berättat|tyckt|haft|varit)$/.test(next?.lower ?? '');
  return isA(verb, 'Modal', 'PlanVerb') || /^(har|ska|behöver|vill|önskar|söker)/.test(verb.lower);
}

const CLAUSE_NODES = 8;

/** "Patientens bror, som är med i dag, vill ha en tid". */
function wantsLater(nodes: readonly Node[], at: number): boolean {
  if (nodes[at + 1]?.lower !== 'som') return false;
  return nodes.slice(at + 2, at + 2 + CLAUSE_NODES).some(({ lower }) => /^(vill|ska|skall|behöver|önskar)/.test(lower));
}
