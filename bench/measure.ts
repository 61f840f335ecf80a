import { percentile } from '../src/evaluation/bootstrap.ts';

/** How long one thing took, over the rounds of a run. */
export interface Timing {
  readonly medianMs: number;
  readonly p95Ms: number;
  readonly rounds: number;
}

/**
 * Times several things in turn, round by round (ABAB, each second round backwards), after one round that does not
 * count: whatever else the machine does falls on all of them.
 */
export async function timeInTurn<Name extends string>(
  candidates: Readonly<Record<Name, () => unknown>>,
  rounds: number,
): Promise<Readonly<Record<Name, Timing>>> {
  const names = Object.keys(candidates) as Name[];
  const timesMs = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
  for (let round = -1; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const startMs = performance.now();
      await candidates[name]();
      if (round >= 0) timesMs[name].push(performance.now() - startMs);
    }
  }
  return Object.fromEntries(names.map((name) => [name, timing(timesMs[name])])) as Record<Name, Timing>;
}

export function timing(timesMs: readonly number[]): Timing {
  const sorted = timesMs.toSorted((a, b) => a - b);
  return { medianMs: percentile(sorted, 0.5), p95Ms: percentile(sorted, 0.95), rounds: sorted.length };
}
