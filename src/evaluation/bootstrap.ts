import { randomNumbers } from './random-numbers.ts';
import { type ErrorCount, errorRate } from './score.ts';

/** A figure and the bounds between which it would fall in 95 of 100 draws of other speech of the same kind. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Draws, each as large as the sample. */
  readonly draws: number;
  /** The same seed gives the same interval. */
  readonly seed: number;
}

const DEFAULTS: BootstrapOptions = { draws: 2_000, seed: 1 };
const TAIL = 0.025;

/**
 * The error rate of all units together, and its 95 % percentile interval over units drawn with replacement (Bisani and
 * Ney, "Bootstrap estimates for confidence intervals in ASR performance evaluation", 2004). A unit is an utterance or a
 * block of a long recording.
 */
export function errorRateInterval(units: readonly ErrorCount[], options: Partial<BootstrapOptions> = {}): Interval {
  return intervalOf(units.length, (drawn) => errorRate(sum(units, drawn)), { ...DEFAULTS, ...options });
}

/** Any figure of units together, and its 95 % percentile interval over units drawn with replacement. */
export function figureInterval<Unit>(
  units: readonly Unit[],
  figure: (drawn: readonly Unit[]) => number,
  options: Partial<BootstrapOptions> = {},
): Interval {
  const ofDrawn = (drawn: Uint32Array) => figure(Array.from(drawn, (unit) => units[unit]!));
  return intervalOf(units.length, ofDrawn, { ...DEFAULTS, ...options });
}

/**
 * How much larger the error rate of `candidate` is than that of `baseline`, with its 95 % interval. Every draw takes the
 * same units of both, so what is hard about a unit does not widen the interval.
 *
 * @throws RangeError when the two are not the same number of units.
 */
export function errorRateDifference(
  candidate: readonly ErrorCount[],
  baseline: readonly ErrorCount[],
  options: Partial<BootstrapOptions> = {},
): Interval {
  if (candidate.length !== baseline.length) {
    throw new RangeError(`pairs of units expected; got ${candidate.length} and ${baseline.length}`);
  }
  const difference = (drawn: Uint32Array) => errorRate(sum(candidate, drawn)) - errorRate(sum(baseline, drawn));
  return intervalOf(candidate.length, difference, { ...DEFAULTS, ...options });
}

function intervalOf(units: number, figure: (drawn: Uint32Array) => number, options: BootstrapOptions): Interval {
  const drawn = Uint32Array.from({ length: units }, (_, unit) => unit);
  const value = figure(drawn);
  const random = randomNumbers(options.seed);
  const figures = Float64Array.from({ length: options.draws }, () => {
    for (let i = 0; i < units; i++) drawn[i] = Math.floor(random() * units);
    return figure(drawn);
  }).sort();
  return { value, low: percentile(figures, TAIL), high: percentile(figures, 1 - TAIL) };
}

function sum(units: readonly ErrorCount[], drawn: Uint32Array): ErrorCount {
  let errors = 0;
  let words = 0;
  for (const unit of drawn) {
    errors += units[unit]!.errors;
    words += units[unit]!.words;
  }
  return { errors, words };
}

/** The value below which `share` of the sorted values lie, between two of them by proportion; NaN of none. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const [low, high] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
  if (low === undefined || high === undefined) return Number.NaN;
  return low + (high - low) * (position - below);
}
