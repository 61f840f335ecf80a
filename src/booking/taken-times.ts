import type { Span } from './schedule.ts';

/** What is taken of somebody's time. What is freed is taken off again: visits that are about to move. */
export interface TakenOf {
  readonly taken: readonly Span[];
  readonly freed: readonly Span[];
}

/** What is taken of each one's time: stretches that lie apart, by time, as start, end, start, end ... in milliseconds. */
export class TakenTimes {
  readonly #unread: Map<string, readonly Span[] | (() => TakenOf)>;
  readonly #read = new Map<string, readonly number[]>();
  readonly #others: TakenTimes | undefined;

  /**
   * @param taken by whose time it is; stretches in any order, that may overlap, or what reads them when somebody asks:
   *   most are never asked for
   * @param others who is not among them is looked up here; what many searches share is read once
   */
  constructor(
    taken: Iterable<readonly [whose: string, spans: readonly Span[] | (() => TakenOf)]>,
    others?: TakenTimes,
  ) {
    this.#unread = new Map(taken);
    this.#others = others;
  }

  isFree(whose: string, startMs: number, endMs: number): boolean {
    const spans = this.#of(whose);
    const at = firstEndingAfter(spans, startMs);
    return at >= spans.length || spans[at]! >= endMs;
  }

  /** Whether nothing at all is free from one instant to the other. */
  isAllTaken(whose: string, startMs: number, endMs: number): boolean {
    const spans = this.#of(whose);
    const at = firstEndingAfter(spans, startMs);
    return at < spans.length && spans[at]! <= startMs && spans[at + 1]! >= endMs;
  }

  /** The first instant, from one on, that is not taken. */
  freeFrom(whose: string, instantMs: number): number {
    const spans = this.#of(whose);
    const at = firstEndingAfter(spans, instantMs);
    return at < spans.length && spans[at]! <= instantMs ? spans[at + 1]! : instantMs;
  }

  #of(whose: string): readonly number[] {
    const read = this.#read.get(whose);
    if (read !== undefined) return read;
    const unread = this.#unread.get(whose);
    if (unread === undefined) return this.#others === undefined ? [] : this.#others.#of(whose);
    const { taken, freed } = typeof unread === 'function' ? unread() : { taken: unread, freed: [] };
    const spans = without(merged(taken), freed);
    this.#read.set(whose, spans);
    return spans;
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

function without(spans: readonly number[], freed: readonly Span[]): readonly number[] {
  let left = spans;
  for (const { startMs, endMs } of freed) {
    const next: number[] = [];
    for (let at = 0; at < left.length; at += 2) {
      const [from, until] = [left[at]!, left[at + 1]!];
      if (from < Math.min(until, startMs)) next.push(from, Math.min(until, startMs));
      if (until > Math.max(from, endMs)) next.push(Math.max(from, endMs), until);
    }
    left = next;
  }
  return left;
}

export function overlaps(one: Span, other: Span): boolean {
  return one.startMs < other.endMs && other.startMs < one.endMs;
}
