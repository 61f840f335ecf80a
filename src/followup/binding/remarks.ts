import { isA, meaningOf, type Node } from '../grammar/node.ts';
import { type Segment, segmentsOf } from './standing.ts';
import { type BindState, draftsHere, flagSentence, rangeOf } from './state.ts';

/** "Återbesök om tre månader. Patienten avböjer.": what was said of a plan without naming it. */
export function placeRemarks(state: BindState): void {
  const sentence = draftsHere(state).length > 0 ? state.sentence : state.sentence - 1;
  for (const seed of state.remarks) state.bound.flags.push({ seed, at: seed.at!, sentence });
}

/** "Enligt epikrisen återbesök om sex veckor": what stands in one clause with somebody else's word for it. */
export function flagHearsay(state: BindState, nodes: readonly Node[]): void {
  for (const [at, node] of nodes.entries()) {
    const name = meaningOf(node, 'Hearsay') ?? (isOthersWord(nodes, at) ? 'hearsay' : undefined);
    if (name === undefined) continue;
    const start = nodes.slice(0, at).findLast(isClauseEnd)?.end ?? 0;
    const end = nodes.slice(at + 1).find(isClauseEnd)?.start ?? Number.POSITIVE_INFINITY;
    for (const draft of draftsHere(state))
      if (start <= draft.at.start && draft.at.start < end) draft.flags.push({ name, at: rangeOf(node) });
  }
}

/** "Ortopeden föreslår", "dr Ek tycker": somebody named, and not the author. */
function isOthersWord(nodes: readonly Node[], at: number): boolean {
  const isNamed = isA(nodes[at - 1], 'Person', 'Place', 'Name', 'Participant', 'Relative', 'Guardian', 'Answer');
  // "... men jag tycker": the author's own word follows, and is flagged as such.
  return isNamed && isA(nodes[at], 'Opinion') && !nodes.some((node) => isA(node, 'Contrast'));
}

function isClauseEnd(node: Node): boolean {
  return isA(node, 'Break') && node.lower !== ':';
}

/**
 * A denial or a clause about what has been that holds a time to come which nothing has read is for a person to look
 * at: a plan may have been told there.
 */
export function guardLostPlans(state: BindState, nodes: readonly Node[]): void {
  const drafts = draftsHere(state);
  const sources = new Set(drafts.flatMap(({ sources: all }) => (all.get('time') ?? []).map(({ start }) => start)));
  let isDenied = false;
  for (const segment of segmentsOf(nodes)) {
    const lost = lostTimes(segment, isDenied).find((node) => !isRead(node, sources));
    isDenied ||= holdsDenial(segment);
    if (!lost) continue;
    if (drafts.length > 0) flagSentence(state, { name: 'unread_text' }, lost);
    else state.bound.lost.push({ start: segment.nodes[0]!.start, end: segment.nodes.at(-1)!.end });
  }
}

function isRead(node: Node, sources: ReadonlySet<number>): boolean {
  const expr = meaningOf(node, 'Time')!.expr ?? node;
  return sources.has(expr.start);
}

function holdsDenial({ nodes }: Segment): boolean {
  return nodes.some((node) => isA(node, 'NegatedAction', 'NotNeeded'));
}

/** Times to come of a clause that is no plan, or that follows a denial. A denial has a time of its own: its first. */
function lostTimes(segment: Segment, isAfterDenial: boolean): readonly Node[] {
  const { nodes, standing } = segment;
  const ahead = nodes.filter(isAhead);
  if (standing === 'plan' && holdsDenial(segment)) {
    const floors = ahead.filter(({ lower }) => /^förrän /.test(lower));
    return floors.length > 0 ? floors : ahead.slice(1);
  }
  if (standing === 'plan') return isAfterDenial || nodes.some((node) => isA(node, 'Hearsay')) ? ahead : [];
  if (!nodes.some((node) => isA(node, 'Action')) || nodes.some((node) => isA(node, 'Missed'))) return [];
  // "Då planerades återbesök om sex månader": a plan of that time.
  const isToldPlan = nodes.some((node) => isA(node, 'Past') && /^(planer|bok|beställ|ordiner)/.test(node.lower));
  if (standing === 'history') return isToldPlan ? [] : ahead;
  const isSeenTo = nodes.some((node) => isA(node, 'Done') && meaningOf(node, 'Done') !== '');
  return standing === 'done' && !isSeenTo ? ahead : [];
}

function isAhead(node: Node): boolean {
  const time = meaningOf(node, 'Time');
  const kind = time?.time.kind;
  return time !== undefined && !time.bare && (kind === 'om' || kind === 'inom' || /^förrän /.test(node.lower));
}
