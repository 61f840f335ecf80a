import { percentile } from '../../src/evaluation/bootstrap.ts';

export interface Quantiles {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly count: number;
}

export function quantiles(values: readonly number[]): Quantiles {
  const sorted = values.toSorted((a, b) => a - b);
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(sorted, share)) as [number, number, number];
  return { p50, p95, p99, count: values.length };
}

/** "median / 95th / 99th percentile", in milliseconds. */
export function inMs({ p50, p95, p99, count }: Quantiles): string {
  return count === 0 ? '-' : [p50, p95, p99].map((seconds) => (1000 * seconds).toFixed(0)).join(' / ');
}
