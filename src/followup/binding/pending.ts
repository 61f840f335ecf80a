import { isA, meaningOf, type Node } from '../grammar/node.ts';
import { attachDetail, attachPerson, attachTime } from './attach.ts';
import { addSource, type Draft, setField } from './draft.ts';
import { type BindState, rangeOf } from './state.ts';

/** Gives a new draft what was said before its action. */
export function applyPending(state: BindState, draft: Draft): void {
  for (const node of state.pending) {
    attachNode(draft, node);
    // "Vid positivt F-Hb koloskopi": what is asked for if so.
    if (isA(node, 'Condition')) draft.planned = true;
    state.used.add(node);
  }
  state.pending = [];
  for (const link of state.pendingLinks) {
    draft.links.push(link);
    draft.planned = true;
    addSource(draft, 'time', link.expr);
  }
  state.pendingLinks = [];
}

/** Attaches a phrase that needs no judgement of where it belongs; false when it is none. */
export function attachNode(draft: Draft, node: Node): boolean {
  const time = meaningOf(node, 'Time');
  const person = meaningOf(node, 'Person');
  const series = meaningOf(node, 'Series');
  const reason = meaningOf(node, 'Reason');
  if (time) attachTime(draft, time, node);
  else if (person) attachPerson(draft, person, node);
  else if (series) attachSeries(draft, node);
  else if (reason !== undefined) setField(draft, 'reason', reason, rangeOf(node));
  else if (isA(node, 'Trigger')) attachTrigger(draft, node);
  else return attachDetail(draft, node);
  return true;
}

export function attachSeries(draft: Draft, node: Node): void {
  const series = meaningOf(node, 'Series')!;
  draft.series = { ...draft.series, ...series };
  // "Troponin x 2" tells as often what was done.
  draft.planned ||= series.every !== undefined || series.lasting !== undefined || series.until !== undefined;
  addSource(draft, 'series', rangeOf(node));
}

export function attachTrigger(draft: Draft, node: Node): void {
  draft.trigger = node;
  addSource(draft, 'trigger', rangeOf(node));
  draft.flags.push({ name: 'event_triggered', at: rangeOf(node) });
  draft.planned = true;
}
