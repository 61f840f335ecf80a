import type { EncodedAudio } from './encoder.ts';
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
  #cache: CacheBuffers;
  #spare: CacheBuffers;
  #rows = 0;

  /** @param audio whose tensors are fed to every step; @param buffers scratch that one tree at a time may use */
  constructor(session: OnnxSession, config: WhisperConfig, audio: EncodedAudio, buffers: TreeBuffers) {
    this.#session = session;
    this.#config = config;
    this.#audio = audio;
    this.#alignedLayers = alignmentLayers(config);
    this.#cache = buffers.front;
    this.#spare = buffers.back;
  }

  async extend(added: readonly NewToken[], told: readonly number[], biases: Float32Array): Promise<ExtendResult> {
    const { dimensions } = this.#config;
    const first = this.#nodes.length;
    const positions = this.#positionsOf(added, first);
    const total = this.#rows + added.length;
    this.#cache.reserve(total, this.#rows);
    this.#spare.reserve(total, 0);
    const outputs = await this.#session.run(
      {
        ...this.#audio.tensors,
        ...this.#cache.tensors('past_', this.#rows),
        tokens: integers(
          added.map(({ token }) => token),
          [1, added.length],
        ),
        positions: integers(positions),
        mask: this.#mask(added, first, total),
        rows: integers(told),
        bias: floats(biases, [told.length, dimensions.vocabularySize]),
      },
      {
        ...this.#spare.tensors('', total),
        ...Object.fromEntries(this.#alignedLayers.map((layer) => [`query_${layer}`, null])),
        log_probability: null,
        candidate: null,
        no_speech: null,
      },
    );
    [this.#cache, this.#spare] = [this.#spare, this.#cache];
    for (const [index, { parent }] of added.entries()) {
      const queries = this.#alignedLayers.map((layer) => {
        const { data } = outputs[`query_${layer}`] as FloatTensor;
        return data.subarray(index * dimensions.width, (index + 1) * dimensions.width);
      });
      this.#nodes.push({ parent, position: positions[index], row: this.#rows + index, queries });
    }
    this.#rows = total;
    return { nodes: added.map((_, index) => first + index), successors: readSuccessors(outputs, told.length) };
  }

  retain(open: readonly NodeId[]): void {
    const used = new Set<NodeId>();
    for (const leaf of open) {
      for (let node = leaf; node !== ROOT && !used.has(node); node = this.#nodes[node].parent) used.add(node);
    }
    if (this.#rows <= used.size + LOOSE_ROWS) return;
    const kept = [...used].sort((a, b) => this.#nodes[a].row - this.#nodes[b].row);
    this.#spare.reserve(kept.length, 0);
    this.#cache.pack(
      this.#spare,
      this.#rows,
      kept.map((node) => this.#nodes[node].row),
    );
    for (const node of this.#nodes) node.row = -1;
    for (const [row, node] of kept.entries()) this.#nodes[node].row = row;
    this.#rows = kept.length;
    [this.#cache, this.#spare] = [this.#spare, this.#cache];
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
  #mask(added: readonly NewToken[], first: number, total: number): FloatTensor {
    const mask = new Float32Array(added.length * total).fill(HIDDEN);
    for (let index = 0; index < added.length; index++) {
      const line = index * total;
      mask[line + this.#rows + index] = 0;
      let node = added[index].parent;
      while (node >= first) {
        mask[line + this.#rows + node - first] = 0;
        node = added[node - first].parent;
      }
      for (; node !== ROOT; node = this.#nodes[node].parent) mask[line + this.#nodes[node].row] = 0;
    }
    return floats(mask, [1, 1, added.length, total]);
  }
}

/** Two sets of cache buffers, written in turns. One tree at a time may use them. */
export class TreeBuffers {
  readonly front: CacheBuffers;
  readonly back: CacheBuffers;

  constructor(config: WhisperConfig) {
    this.front = new CacheBuffers(config);
    this.back = new CacheBuffers(config);
  }
}

const ROW_STEP = 64;

/** Self-attention keys and values of all layers, [1, heads, rows, headWidth] each, for any number of rows. */
class CacheBuffers {
  readonly #names: readonly string[];
  readonly #heads: number;
  readonly #headWidth: number;
  #buffers: Float32Array[];
  #capacity = 0;

  constructor(config: WhisperConfig) {
    const { decoderLayers, decoderHeads, width } = config.dimensions;
    this.#heads = decoderHeads;
    this.#headWidth = width / decoderHeads;
    this.#names = Array.from({ length: decoderLayers }, (_, layer) => [`key_${layer}`, `value_${layer}`]).flat();
    this.#buffers = this.#names.map(() => new Float32Array(0));
  }

  /** Makes room for `rows`, keeping what the first `used` rows hold. */
  reserve(rows: number, used: number): void {
    if (rows <= this.#capacity) return;
    this.#capacity = Math.ceil(rows / ROW_STEP + 1) * ROW_STEP;
    this.#buffers = this.#buffers.map((old) => {
      const grown = new Float32Array(this.#capacity * this.#heads * this.#headWidth);
      grown.set(old.subarray(0, used * this.#heads * this.#headWidth));
      return grown;
    });
  }

  tensors(prefix: string, rows: number): Record<string, TensorValue> {
    const dims = [1, this.#heads, rows, this.#headWidth];
    const length = this.#heads * rows * this.#headWidth;
    return Object.fromEntries(
      this.#names.map((name, index) => [`${prefix}${name}`, floats(this.#buffers[index].subarray(0, length), dims)]),
    );
  }

  /** Copies the rows named (ascending), out of `rows` that lie here, to the start of `target`. */
  pack(target: CacheBuffers, rows: number, kept: readonly number[]): void {
    const width = this.#headWidth;
    const runs = consecutiveRuns(kept);
    for (let index = 0; index < this.#buffers.length; index++) {
      const from = this.#buffers[index];
      const to = target.#buffers[index];
      for (let head = 0; head < this.#heads; head++) {
        let at = head * kept.length;
        for (const { start, length } of runs) {
          const source = head * rows + start;
          to.set(from.subarray(source * width, (source + length) * width), at * width);
          at += length;
        }
      }
    }
  }
}

function consecutiveRuns(ascending: readonly number[]): { start: number; length: number }[] {
  const runs: { start: number; length: number }[] = [];
  for (const value of ascending) {
    const last = runs.at(-1);
    if (last && last.start + last.length === value) last.length++;
    else runs.push({ start: value, length: 1 });
  }
  return runs;
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
