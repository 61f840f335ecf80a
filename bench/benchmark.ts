import type { Spoken } from './clip-sets.ts';
import type { Section } from './results.ts';

export interface BenchmarkInput {
  /** Speech, one recording after another, and what is said in it. */
  readonly track: Spoken;
  /** The recordings that it is made of. */
  readonly clips: readonly Spoken[];
  /** Where models and graphs are kept. */
  readonly dataDirectory: string;
  /** Measured rounds of each figure. */
  readonly rounds: number;
  /** How long each live session, or a soak, lasts; how many sessions there are at once. Each benchmark has its own. */
  readonly minutes?: number;
  readonly sessions?: readonly number[];
}

/** One question about what something costs, and the section of RESULTS.md that answers it. */
export interface Benchmark {
  readonly name: string;
  /** It takes long, and is left out where no benchmark is named. */
  readonly isOnRequest?: boolean;
  run(input: BenchmarkInput): Promise<BenchmarkReport>;
}

export interface BenchmarkReport extends Omit<Section, 'name'> {
  /** SVG documents by file name. */
  readonly plots: Readonly<Record<string, string>>;
}
