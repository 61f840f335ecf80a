import { isA, meaningOf, type Node } from './grammar/node.ts';
import type { Category } from './grammar/values.ts';

/** What stands before the words that hold instead: "utan först om tre månader", "utan ett nytt besök". */
const LEADING: readonly Category[] = ['Filler', 'Hedge'];
const LEADING_WORDS = /^(bara|endast|enbart|först|redan|senast|tidigast|ett|en)$/;
/** What a plan goes on with after a denial of a part of it. */
const PLANNED: readonly Category[] = ['Action', 'Modality', 'Analysis', 'Number', 'Soon', 'PlanVerb', 'Modal', 'Role'];
const PLACING_WORDS = /^(om|inom|i|på|till|hos|via|per|efter|före|vecka)$/;

/**
 * Decides whether "utan", "men" and the like begin what holds instead of what was denied before them ("inte om två
 * veckor utan om tre"); then a clause begins there. Else "utan" denies what follows it.
 */
export function markContrasts(nodes: readonly Node[]): readonly Node[] {
  if (!nodes.some((node) => isA(node, 'But'))) return nodes;
  return nodes.map((node, at) => {
    const but = isA(node, 'But');
    if (!but) return node;
    if (!isDenied(nodes, at) || !beginsPlan(nodes, at + 1))
      return { ...node, senses: node.senses.filter(({ category }) => category !== 'But') };
    return {
      ...node,
      senses: [
        { category: 'Break', value: node.lower },
        { category: 'But', value: meaningOf(node, 'But')! },
      ],
    };
  });
}

/** "Utan" goes on with its own clause; "däremot" and "men" can also follow a comma. */
function isDenied(nodes: readonly Node[], at: number): boolean {
  const before = isA(nodes[at - 1], 'Break') ? at - 1 : at;
  const from = nodes.findLastIndex((node, index) => index < before && isA(node, 'Break'));
  return nodes.slice(from + 1, before).some((node) => node.lower !== 'utan' && isA(node, 'Neg', 'NotNeeded'));
}

function beginsPlan(nodes: readonly Node[], from: number): boolean {
  let at = from;
  while (isA(nodes[at], ...LEADING) || LEADING_WORDS.test(nodes[at]?.lower ?? '')) at++;
  const next = nodes[at];
  return isA(next, ...PLANNED) || PLACING_WORDS.test(next?.lower ?? '');
}
