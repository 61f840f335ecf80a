import { POSITIONS_PER_SECOND } from './encoder.ts';

/** Width of the median filter over time, in positions of 20 ms. */
const MEDIAN_POSITIONS = 7;

/** Attention of several heads, row-major [heads, tokens, positions]. */
export interface Attention {
  readonly heads: number;
  readonly tokens: number;
  readonly positions: number;
  readonly values: Float32Array;
}

/**
 * When each token starts, in seconds, and when the last one ends: `tokens` + 1 numbers that never fall. Token i is the
 * one that attention row i was about to write; the last row wrote the end.
 *
 * Each head is standardised over the tokens and smoothed over time, the heads are averaged, and dynamic time warping
 * finds the path that listens best.
 * Source: openai/whisper, timing.py (find_alignment).
 * @param soundPositions how many positions are sound; the silence laid behind is left out
 */
export function alignTokens(attention: Attention, soundPositions: number): number[] {
  const { tokens } = attention;
  const positions = Math.min(soundPositions, attention.positions);
  if (tokens === 0 || positions === 0) return new Array<number>(tokens + 1).fill(0);
  const cost = new Float32Array(tokens * positions);
  for (let head = 0; head < attention.heads; head++) subtractSmoothed(cost, attention, head, positions);
  const path = warp(cost, tokens, positions);
  return path.map((position) => position / POSITIONS_PER_SECOND);
}

/** Takes one head's standardised, smoothed attention off the cost [tokens, positions]. */
function subtractSmoothed(cost: Float32Array, attention: Attention, head: number, positions: number): void {
  const { tokens, values } = attention;
  const offset = head * tokens * attention.positions;
  const standard = new Float32Array(tokens * positions);
  for (let position = 0; position < positions; position++) {
    let sum = 0;
    let squares = 0;
    for (let token = 0; token < tokens; token++) {
      const value = values[offset + token * attention.positions + position];
      sum += value;
      squares += value * value;
    }
    const mean = sum / tokens;
    const deviation = Math.sqrt(Math.max(squares / tokens - mean * mean, 1e-12));
    for (let token = 0; token < tokens; token++) {
      const value = values[offset + token * attention.positions + position];
      standard[token * positions + position] = (value - mean) / deviation;
    }
  }
  const reach = MEDIAN_POSITIONS >> 1;
  const window = new Float32Array(MEDIAN_POSITIONS);
  for (let token = 0; token < tokens; token++) {
    const line = standard.subarray(token * positions, (token + 1) * positions);
    for (let position = 0; position < positions; position++) {
      for (let tap = 0; tap < MEDIAN_POSITIONS; tap++) window[tap] = line[mirrored(position + tap - reach, positions)];
      cost[token * positions + position] -= median(window);
    }
  }
}

/** An index reflected at both ends. */
function mirrored(index: number, length: number): number {
  const folded = index < 0 ? -index : index >= length ? 2 * length - 2 - index : index;
  return Math.min(Math.max(folded, 0), length - 1);
}

/** Sorts in place. */
function median(values: Float32Array): number {
  for (let at = 1; at < values.length; at++) {
    const value = values[at];
    let hole = at;
    for (; hole > 0 && values[hole - 1] > value; hole--) values[hole] = values[hole - 1];
    values[hole] = value;
  }
  return values[values.length >> 1];
}

/**
 * Cheapest monotonic path through `cost` [tokens, positions], by dynamic time warping: for each token the position at
 * which the path enters it, and at the end the position where it leaves the last.
 */
export function warp(cost: Float32Array, tokens: number, positions: number): number[] {
  const Step = { Both: 0, Token: 1, Position: 2 } as const;
  const steps = new Uint8Array(tokens * positions);
  let above = new Float64Array(positions + 1).fill(Number.POSITIVE_INFINITY);
  above[0] = 0;
  for (let token = 0; token < tokens; token++) {
    const row = new Float64Array(positions + 1).fill(Number.POSITIVE_INFINITY);
    for (let position = 0; position < positions; position++) {
      const both = above[position];
      const byToken = above[position + 1];
      const byPosition = row[position];
      const least = Math.min(both, byToken, byPosition);
      steps[token * positions + position] = least === both ? Step.Both : least === byToken ? Step.Token : Step.Position;
      row[position + 1] = least + cost[token * positions + position];
    }
    above = row;
  }
  const entered = new Array<number>(tokens).fill(0);
  let token = tokens - 1;
  let position = positions - 1;
  while (token >= 0 && position >= 0) {
    entered[token] = position;
    const step = steps[token * positions + position];
    if (step !== Step.Position) token--;
    if (step !== Step.Token) position--;
  }
  return [...entered, positions];
}
