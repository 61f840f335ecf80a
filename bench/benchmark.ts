import type { Spoken } from './clip-sets.ts';
import type { Section } from './results.ts';

export interface BenchmarkInput {
  /** Speech, one recording after another, and what is said in it. */
  readonly track: Spoken;
  /** Where models and graphs are kept. */
  readonly dataDirectory: string;
  /** Measured rounds of each figure. */
  readonly rounds: number;
}

/** One question about what something costs, and the section of RESULTS.md that answers it. */
export interface Benchmark {
  readonly name: string;
  run(input: BenchmarkInput): Promise<BenchmarkReport>;
}

export interface BenchmarkReport extends Omit<Section, 'name'> {
  /** SVG documents by file name. */
  readonly plots: Readonly<Record<string, string>>;
}
