import type { EncodedAudio } from './encoder.ts';
import type { KeyValueCache } from './key-value-cache.ts';
import { alignmentLayers } from './models/graphs/decoder-graph.ts';
import type { WhisperConfig } from './models/whisper-config.ts';
import { type FloatTensor, floats, integers, type OnnxSession, type TensorValue } from './onnx.ts';

/** A token of the tree, by the order in which it was added. */
export type NodeId = number;
export const ROOT: NodeId = -1;

export interface NewToken {
  readonly token: number;
  readonly parent: NodeId;
}

/** The likeliest next tokens after one node. */
export interface Successors {
  /** Likeliest first. */
  readonly tokens: readonly number[];
  readonly logProbabilities: Float32Array;
  /** Log-probability that nothing was said; means something after the start token only. */
  readonly noSpeech: number;
}

/** A successor search that grows token by token: what greedy and beam search need of a model. */
export interface TokenGraph {
  /**
   * Adds tokens after their parents (which come before them) and tells the successors of those named in `told`, with
   * `biases` [told, vocabulary] added to their logits.
   */
  extend(added: readonly NewToken[], told: readonly number[], biases: Float32Array): Promise<ExtendResult>;
  /** Says which nodes may still become parents, so that what no path uses can be forgotten. */
  retain(open: readonly NodeId[]): void;
}

export interface ExtendResult {
  readonly nodes: readonly NodeId[];
  readonly successors: readonly Successors[];
}

/** Unused rows that may lie in the cache before it is worth packing. */
const LOOSE_ROWS = 24;
const HIDDEN = -1e9;

interface TreeNode {
  readonly parent: NodeId;
  readonly position: number;
  /** Row of the key and value cache, or -1 when it was forgotten. */
  row: number;
  readonly queries: readonly Float32Array[];
}

/**
 * The decoder over one stretch of audio. Keys and values of all tokens lie in one cache, whatever beam they belong to;
 * a mask shows each token its ancestors. Forking a beam copies nothing; packing the cache now and then drops the rows
 * of beams that ended.
 */
export class TokenTree implements TokenGraph {
  readonly #session: OnnxSession;
  readonly #config: WhisperConfig;
  readonly #audio: EncodedAudio;
  readonly #nodes: TreeNode[] = [];
  readonly #alignedLayers: readonly number[];
  readonly #cache: KeyValueCache;

  /** @param audio whose tensors are fed to every step; @param cache emptied, and this tree's until the next one is made */
  constructor(session: OnnxSession, config: WhisperConfig, audio: EncodedAudio, cache: KeyValueCache) {
    this.#session = session;
    this.#config = config;
    this.#audio = audio;
    this.#alignedLayers = alignmentLayers(config);
    this.#cache = cache;
    cache.clear();
  }

  /** How many nodes there are: the number of the next one. */
  get size(): number {
    return this.#nodes.length;
  }

  async extend(added: readonly NewToken[], told: readonly number[], biases: Float32Array): Promise<ExtendResult> {
    const { dimensions } = this.#config;
    const first = this.#nodes.length;
    const positions = this.#positionsOf(added, first);
    const rowsBefore = this.#cache.rows;
    const outputs = await this.#session.run(
      {
        ...this.#audio.tensors,
        ...this.#cache.tensors('past_'),
        tokens: integers(
          added.map(({ token }) => token),
          [1, added.length],
        ),
        positions: integers(positions),
        mask: this.#mask(added, first),
        rows: integers(told),
        bias: floats(biases, [told.length, dimensions.vocabularySize]),
      },
      [
        ...this.#cache.names,
        ...this.#alignedLayers.map((layer) => `query_${layer}`),
        'log_probability',
        'candidate',
        'no_speech',
      ],
    );
    this.#cache.append(outputs);
    for (const [index, { parent }] of added.entries()) {
      const queries = this.#alignedLayers.map((layer) => {
        const { data } = outputs[`query_${layer}`] as FloatTensor;
        return data.subarray(index * dimensions.width, (index + 1) * dimensions.width);
      });
      this.#nodes.push({ parent, position: positions[index], row: rowsBefore + index, queries });
    }
    return { nodes: added.map((_, index) => first + index), successors: readSuccessors(outputs, told.length) };
  }

  retain(open: readonly NodeId[]): void {
    const used = new Set<NodeId>();
    for (const leaf of open) {
      for (let node = leaf; node !== ROOT && !used.has(node); node = this.#nodes[node].parent) used.add(node);
    }
    if (this.#cache.rows <= used.size + LOOSE_ROWS) return;
    const kept = [...used].sort((a, b) => this.#nodes[a].row - this.#nodes[b].row);
    this.#cache.keep(kept.map((node) => this.#nodes[node].row));
    for (const node of this.#nodes) node.row = -1;
    for (const [row, node] of kept.entries()) this.#nodes[node].row = row;
  }

  /** Cross-attention queries of a path's nodes, by aligned layer: [nodes, width] each. */
  queriesOf(path: readonly NodeId[]): ReadonlyMap<number, FloatTensor> {
    const { width } = this.#config.dimensions;
    return new Map(
      this.#alignedLayers.map((layer, index) => {
        const joined = new Float32Array(path.length * width);
        for (const [row, node] of path.entries()) joined.set(this.#nodes[node].queries[index], row * width);
        return [layer, floats(joined, [1, path.length, width])];
      }),
    );
  }

  #positionsOf(added: readonly NewToken[], first: number): number[] {
    const positions: number[] = [];
    for (const { parent } of added) {
      if (parent === ROOT) positions.push(0);
      else positions.push((parent >= first ? positions[parent - first] : this.#nodes[parent].position) + 1);
    }
    return positions;
  }

  /** [1, 1, added, total]: each new token sees itself and its ancestors. */
  #mask(added: readonly NewToken[], first: number): FloatTensor {
    const { rows } = this.#cache;
    const total = rows + added.length;
    const mask = new Float32Array(added.length * total).fill(HIDDEN);
    for (let index = 0; index < added.length; index++) {
      const line = index * total;
      mask[line + rows + index] = 0;
      let node = added[index].parent;
      while (node >= first) {
        mask[line + rows + node - first] = 0;
        node = added[node - first].parent;
      }
      for (; node !== ROOT; node = this.#nodes[node].parent) mask[line + this.#nodes[node].row] = 0;
    }
    return floats(mask, [1, 1, added.length, total]);
  }
}

function readSuccessors(outputs: Record<string, TensorValue>, told: number): Successors[] {
  const { data: logProbabilities, dims } = outputs.log_probability as FloatTensor;
  const candidates = dims[1];
  const tokens = Array.from(outputs.candidate.data as BigInt64Array, Number);
  const noSpeech = outputs.no_speech.data as Float32Array;
  return Array.from({ length: told }, (_, row) => ({
    tokens: tokens.slice(row * candidates, (row + 1) * candidates),
    logProbabilities: logProbabilities.subarray(row * candidates, (row + 1) * candidates),
    noSpeech: noSpeech[row],
  }));
}
