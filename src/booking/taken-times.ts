import type { Span } from './schedule.ts';

/** What is taken of each one's time: stretches that lie apart, by time, as start, end, start, end ... in milliseconds. */
export class TakenTimes {
  readonly #taken: ReadonlyMap<string, readonly number[]>;

  /** @param taken by whose time it is; stretches in any order, that may overlap */
  constructor(taken: Iterable<readonly [whose: string, spans: readonly Span[]]>) {
    this.#taken = new Map(Array.from(taken, ([whose, spans]) => [whose, merged(spans)]));
  }

  isFree(whose: string, startMs: number, endMs: number): boolean {
    const spans = this.#taken.get(whose);
    if (spans === undefined) return true;
    const at = firstEndingAfter(spans, startMs);
    return at >= spans.length || spans[at]! >= endMs;
  }
}

/** Where the first stretch begins in the list that ends after an instant. */
function firstEndingAfter(spans: readonly number[], instantMs: number): number {
  let low = 0;
  let high = spans.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle * 2 + 1]! > instantMs) high = middle;
    else low = middle + 1;
  }
  return low * 2;
}

function merged(spans: readonly Span[]): number[] {
  const result: number[] = [];
  for (const { startMs, endMs } of spans.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = result.length - 1;
    if (last >= 0 && startMs <= result[last]!) result[last] = Math.max(result[last]!, endMs);
    else result.push(startMs, endMs);
  }
  return result;
}

export function overlaps(one: Span, other: Span): boolean {
  return one.startMs < other.endMs && other.startMs < one.endMs;
}
