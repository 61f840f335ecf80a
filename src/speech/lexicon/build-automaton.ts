import { EDGE, HEADER_WORDS, LEXICON_MAGIC, LEXICON_VERSION } from './word-automaton.ts';

interface State {
  readonly edges: Edge[];
  /** Where its edges lie, once it is written. */
  at: number;
}

interface Edge {
  readonly byte: number;
  rank: number;
  target: State;
}

/**
 * The smallest automaton of the words given, as `WordAutomaton` reads it, built word by word in the order of their bytes.
 * Source: Daciuk et al., "Incremental construction of minimal acyclic finite-state automata", 2000.
 *
 * @param ranks of each word, 1 to 7
 * @throws RangeError when a rank is none of these, or there are too many states for the form.
 */
export function automatonEdges(ranks: ReadonlyMap<string, number>): Uint32Array {
  const words = [...ranks].map(([word, rank]) => ({ bytes: Buffer.from(word, 'utf8'), rank }));
  words.sort((a, b) => Buffer.compare(a.bytes, b.bytes));
  const writer = new StateWriter();
  const first: State = { edges: [], at: 0 };
  /** The states of the last word, which may still gain edges. */
  const path: State[] = [first];
  for (const { bytes, rank } of words) {
    if (!Number.isInteger(rank) || rank < 1 || rank > EDGE.rankMask) {
      throw new RangeError(`expected a rank from 1 to ${EDGE.rankMask}; got ${rank}`);
    }
    let shared = 0;
    while (shared < path.length - 1 && path[shared]!.edges.at(-1)!.byte === bytes[shared]) shared++;
    writer.settle(path, shared);
    for (const byte of bytes.subarray(shared)) {
      const target: State = { edges: [], at: 0 };
      path.at(-1)!.edges.push({ byte, rank: 0, target });
      path.push(target);
    }
    path[bytes.length - 1]!.edges.at(-1)!.rank = rank;
  }
  writer.settle(path, 0);
  return writer.finish(first);
}

/** The file's bytes. */
export function lexiconFile(edges: Uint32Array): Uint8Array {
  const file = new Uint32Array(HEADER_WORDS + edges.length);
  file.set([LEXICON_MAGIC, LEXICON_VERSION, edges.length]);
  file.set(edges, HEADER_WORDS);
  return new Uint8Array(file.buffer);
}

/** States whose edges are final, each written once. */
class StateWriter {
  readonly #numbers: number[] = [0];
  readonly #known = new Map<string, State>();

  /** Ends the states of a path after the first `kept` edges: one that is there already takes its place. */
  settle(path: State[], kept: number): void {
    while (path.length > kept + 1) {
      const state = path.pop()!;
      path.at(-1)!.edges.at(-1)!.target = this.#settled(state);
    }
  }

  finish(first: State): Uint32Array {
    this.#numbers[0] = this.#settled(first).at << EDGE.targetShift;
    if (this.#numbers.length > EDGE.targets) {
      throw new RangeError(`expected at most ${EDGE.targets} edges; got ${this.#numbers.length}`);
    }
    return Uint32Array.from(this.#numbers);
  }

  #settled(state: State): State {
    if (state.edges.length === 0) return state;
    const key = state.edges.map(({ byte, rank, target }) => `${byte},${rank},${target.at}`).join(';');
    const known = this.#known.get(key);
    if (known) return known;
    state.at = this.#numbers.length;
    for (const [index, { byte, rank, target }] of state.edges.entries()) {
      const last = index === state.edges.length - 1 ? EDGE.lastSibling : 0;
      this.#numbers.push((byte | last | (rank << EDGE.rankShift) | (target.at << EDGE.targetShift)) >>> 0);
    }
    this.#known.set(key, state);
    return state;
  }
}
