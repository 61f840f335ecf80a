import { isA, meaningOf, type Node } from '../grammar/node.ts';
import { addAmount } from '../time/amount.ts';
import { type BindState, flagSentence, type Handler, rangeOf } from './state.ts';
import { replaceTime } from './times.ts';

/** "Ursäkta, tre", "nej, om fyra": another count of the unit that was said. */
export const readCorrectedCount: Handler = (state, { node, nodes, at }) => {
  const { correctedAt, current } = state;
  const said = current?.time?.meaning;
  const count = meaningOf(node, 'Number')!;
  if (!correctedAt || !current || !said?.amount || said.time.target === undefined) return 0;
  const amount = { ...said.amount, count };
  const target = addAmount(state.ref, amount);
  const before = nodes[at - 1];
  const start = before?.lower === 'om' ? before.start : node.start;
  const time = { kind: 'om' as const, target, mal_datum: target };
  const meaning = { time, flags: [], amount, expr: { start, end: node.end } };
  return replaceTime(state, current, meaning, node, 'self_correction', correctedAt);
};

/** "Ändring: ..." in a sentence of its own that nothing was read of: the plan before it is for a person to look at. */
export function flagLoneCorrection(state: BindState, nodes: readonly Node[]): void {
  const [first] = nodes;
  if (state.correctedAt && first && isA(first, 'Correction'))
    flagSentence(state, { name: 'self_correction' }, rangeOf(first));
}
