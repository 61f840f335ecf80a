import { expect } from 'vitest';
import {
  beamSearch,
  type Hypothesis,
  NO_SCORER,
  type SearchOptions,
  type TokenScorer,
} from '../../src/speech/beam-search.ts';
import {
  type ExtendResult,
  type NewToken,
  type NodeId,
  ROOT,
  type Successors,
  type TokenGraph,
} from '../../src/speech/token-tree.ts';

export const END = 0;
export const VOCABULARY = 8;

/** What may follow a path: tokens with their probabilities. A path that is not planted ends for sure. */
export type Continue = (path: readonly number[]) => Readonly<Record<number, number>>;

/** A graph whose probabilities are known beforehand; it keeps a record of how it was used. */
export class PlantedGraph implements TokenGraph {
  readonly paths: number[][] = [];
  readonly retained: NodeId[][] = [];
  steps = 0;
  readonly next: Continue;

  constructor(next: Continue) {
    this.next = next;
  }

  get first(): Successors {
    return this.#successors([]);
  }

  async extend(added: readonly NewToken[], told: readonly number[], biases: Float32Array): Promise<ExtendResult> {
    expect(told, 'a step that tells nothing').not.toHaveLength(0);
    expect(biases).toHaveLength(told.length * VOCABULARY);
    this.steps++;
    const nodes = added.map(({ token, parent }) => {
      this.paths.push([...(parent === ROOT ? [] : this.paths[parent]!), token]);
      return this.paths.length - 1;
    });
    return { nodes, successors: told.map((index) => this.#successors(this.paths[nodes[index]!]!)) };
  }

  retain(open: readonly NodeId[]): void {
    this.retained.push([...open]);
  }

  #successors(path: readonly number[]): Successors {
    const ranked = Object.entries(this.next(path)).sort(([, one], [, other]) => other - one);
    return {
      tokens: ranked.map(([token]) => Number(token)),
      logProbabilities: Float32Array.from(ranked, ([, probability]) => Math.log(probability)),
      noSpeech: 0,
    };
  }
}

/** Probabilities by the path so far, its tokens with dashes between them. */
export function planted(table: Record<string, Record<number, number>>): PlantedGraph {
  return new PlantedGraph((path) => table[path.join('-')] ?? { [END]: 1 });
}

export function search<State = null>(
  graph: PlantedGraph,
  options: Partial<SearchOptions<State>> & Pick<SearchOptions<State>, 'beamSize'>,
): Promise<Hypothesis> {
  return beamSearch<State>(graph, ROOT, graph.first, {
    maximumTokens: 20,
    endOfText: END,
    biases: new Float32Array(options.beamSize * VOCABULARY),
    vocabularySize: VOCABULARY,
    scorer: NO_SCORER as TokenScorer<never>,
    ...options,
  });
}
