import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { POSITIONS_PER_SECOND } from '../../src/speech/encoder.ts';
import { type Attention, alignTokens, warp } from '../../src/speech/timing.ts';
import { noise } from './base-model.ts';

/** Positions at which each token starts, in order, the first at 0. */
type Starts = readonly number[];

/** A table [tokens, positions] that is `on` where each token speaks by its plan, and `off` elsewhere. */
function table(starts: Starts, positions: number, on: number, off: number): Float32Array {
  const values = new Float32Array(starts.length * positions).fill(off);
  for (const [token, start] of starts.entries()) {
    values.fill(on, token * positions + start, token * positions + (starts[token + 1] ?? positions));
  }
  return values;
}

/** Random plans: a length in positions for each of some tokens. */
const plans = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 20 }).map((lengths) => ({
  starts: lengths.map((_, token) => lengths.slice(0, token).reduce((sum, length) => sum + length, 0)),
  positions: lengths.reduce((sum, length) => sum + length, 0),
}));

describe('dynamic time warping', () => {
  test('recovers a planted path', () => {
    fc.assert(
      fc.property(plans, ({ starts, positions }) => {
        expect(warp(table(starts, positions, -1, 1), starts.length, positions)).toEqual([...starts, positions]);
      }),
    );
  });

  test('takes the cheapest path: no other monotonic path costs less', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 5 }),
        fc.nat(1e6),
        (tokens, positions, seed) => {
          const cost = noise(tokens * positions + seed, 1).slice(seed);
          const entered = warp(cost, tokens, positions);
          expect(costOfPlan(cost, entered, tokens, positions)).toBeCloseTo(cheapest(cost, tokens, positions), 4);
        },
      ),
      { numRuns: 50 },
    );
  });
});

/**
 * What the path costs that enters each token where told. Between two tokens it may move diagonally or straight down,
 * whichever is cheaper.
 */
function costOfPlan(cost: Float32Array, entered: readonly number[], tokens: number, positions: number): number {
  let total = 0;
  for (let token = 0; token < tokens; token++) {
    const from = entered[token]!;
    const isLast = token === tokens - 1;
    const next = entered[token + 1]!;
    for (let position = from; position < next; position++) total += cost[token * positions + position]!;
    const straightDown = isLast || next >= positions ? 0 : cost[token * positions + next]!;
    // Where no position lies between, the only way is straight down.
    total += from === next ? straightDown : Math.min(0, straightDown);
  }
  return total;
}

/** By trying all paths. */
function cheapest(cost: Float32Array, tokens: number, positions: number): number {
  const from = (token: number, position: number): number => {
    if (token >= tokens || position >= positions) return Number.POSITIVE_INFINITY;
    const here = cost[token * positions + position]!;
    if (token === tokens - 1 && position === positions - 1) return here;
    return here + Math.min(from(token + 1, position + 1), from(token + 1, position), from(token, position + 1));
  };
  return from(0, 0);
}

describe('times of tokens', () => {
  test('are those at which the heads begin to listen, within the reach of the smoothing', () => {
    const starts = [0, 30, 42, 90, 120];
    const positions = 150;
    const heads = [noise(starts.length * positions, 0.05), noise(starts.length * positions, 0.02)];
    const listening = table(starts, positions, 0.9, 0.1);
    const values = Float32Array.from(heads.flatMap((head) => [...head.map((value, at) => value + listening[at]!)]));
    const times = alignTokens({ heads: 2, tokens: starts.length, positions, values }, positions);
    expect(times).toHaveLength(starts.length + 1);
    for (const [token, start] of starts.entries()) {
      expect(Math.abs(times[token]! - start / POSITIONS_PER_SECOND)).toBeLessThanOrEqual(0.06);
    }
  });

  test('do not reach into the silence that was laid behind the sound', () => {
    const positions = 120;
    const values = table([0, 20, 100], positions, 0.9, 0.1);
    const times = alignTokens({ heads: 1, tokens: 3, positions, values }, 50);
    expect(times.at(-1)).toBe(1);
    expect(Math.max(...times)).toBeLessThanOrEqual(1);
  });

  test('never fall, are one more than the tokens, and lie within the sound, whatever the attention', () => {
    const attentions: fc.Arbitrary<Attention> = fc
      .record({
        heads: fc.integer({ min: 1, max: 3 }),
        tokens: fc.integer({ min: 1, max: 12 }),
        positions: fc.integer({ min: 1, max: 40 }),
        seed: fc.nat(1000),
        level: fc.constantFrom(0, 1e-20, 1, 1e6),
      })
      .map(({ heads, tokens, positions, seed, level }) => ({
        heads,
        tokens,
        positions,
        values: noise(heads * tokens * positions + seed, level).slice(seed),
      }));
    fc.assert(
      fc.property(attentions, fc.integer({ min: 1, max: 60 }), (attention, soundPositions) => {
        const times = alignTokens(attention, soundPositions);
        expect(times).toHaveLength(attention.tokens + 1);
        expect(times[0]).toBe(0);
        expect(times).toEqual(times.toSorted((one, other) => one - other));
        expect(times.at(-1)).toBe(Math.min(soundPositions, attention.positions) / POSITIONS_PER_SECOND);
      }),
    );
  });

  test('are all zero where there is no sound', () => {
    expect(alignTokens({ heads: 1, tokens: 2, positions: 10, values: new Float32Array(20) }, 0)).toEqual([0, 0, 0]);
  });
});
