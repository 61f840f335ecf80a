import { isA, meaningOf, type Node } from './grammar/node.ts';

/**
 * A sentence of more phrases is read in pieces: nobody says one so long, a recogniser left out the full stops. It
 * bounds the work too, which grows with the square of a piece.
 */
const MOST_PHRASES = 120;
const LEAST_PHRASES = 60;

/** Phrases that are read together. */
export interface Window {
  readonly nodes: readonly Node[];
  /** A part of a sentence that was too long: what it says may go on in the next. */
  readonly isPiece: boolean;
}

/** Cuts a sentence that is too long where it holds together least; any other is left whole. */
export function windowsOf(nodes: readonly Node[]): Window[] {
  if (nodes.length <= MOST_PHRASES) return [{ nodes, isPiece: false }];
  const windows: Window[] = [];
  let from = 0;
  while (nodes.length - from > MOST_PHRASES) {
    const to = weakestPlace(nodes, from + LEAST_PHRASES, from + MOST_PHRASES);
    windows.push({ nodes: nodes.slice(from, to), isPiece: true });
    from = to;
  }
  windows.push({ nodes: nodes.slice(from), isPiece: true });
  return windows;
}

/** The last of the weakest places: a cut there comes before the phrase. */
function weakestPlace(nodes: readonly Node[], least: number, most: number): number {
  let place = most;
  for (let at = most; at >= least; at--) if (weaknessAt(nodes, at) > weaknessAt(nodes, place)) place = at;
  return place;
}

function weaknessAt(nodes: readonly Node[], at: number): number {
  const [before, after] = [nodes[at - 1], nodes[at]];
  if (isA(before, 'Break')) return 4;
  if (isA(before, 'Neg', 'Filler', 'Modal', 'PlanVerb', 'And', 'Or', 'Then', 'Link')) return 0;
  if (isA(after, 'And', 'Then')) return 3;
  const action = after && meaningOf(after, 'Action');
  return action?.strength === 'strong' || isA(after, 'NegatedAction', 'PlanVerb') ? 2 : 1;
}
