import { AppError } from '../../contracts/errors.ts';

/**
 * An automaton of words with a rank each, as one edge in each 32-bit number: the byte it reads (bits 0-7), whether it is
 * the last one of its state (8), the rank of the word that ends with it (9-11, 0 for none), and the first edge of the
 * state that it leads to (12-31, 0 for a state without edges). States that read the same words lie there once.
 */
export const EDGE = { lastSibling: 1 << 8, rankShift: 9, rankMask: 7, targetShift: 12, targets: 1 << 20 } as const;
/** "TLEX" and the version of the form. */
export const LEXICON_MAGIC = 0x58454c54;
export const LEXICON_VERSION = 1;
export const HEADER_WORDS = 4;

/** A word so far: the edge that read its last byte. */
export type Place = number;
/** Before the first byte. Edge 0 reads nothing and leads to the first state. */
export const WORD_START: Place = 0;
export const NOWHERE: Place = -1;

/** Words by their UTF-8 bytes. */
export class WordAutomaton {
  readonly #edges: Uint32Array;
  /** The best rank among the words that go on after each edge, or end with it. */
  readonly #bestRanks: Uint8Array;

  /** @param edges as written by `automatonEdges`: edges of a state come before those that lead to it, but for edge 0 */
  constructor(edges: Uint32Array) {
    this.#edges = edges;
    this.#bestRanks = bestRanks(edges);
  }

  /** @throws AppError MODEL_INVALID when the bytes are not a lexicon of this version. */
  static read(bytes: Uint8Array): WordAutomaton {
    // A copy of its own: numbers must lie at addresses that divide by four.
    const words = new Uint32Array(bytes.slice(0, bytes.length - (bytes.length % 4)).buffer);
    const [magic, version, edges] = words;
    if (magic !== LEXICON_MAGIC || version !== LEXICON_VERSION || edges !== words.length - HEADER_WORDS) {
      throw new AppError('MODEL_INVALID', 'the lexicon cannot be read', {
        expected: `a lexicon of version ${LEXICON_VERSION}, whole`,
        got: `${bytes.length} bytes of version ${version}`,
      });
    }
    return new WordAutomaton(words.subarray(HEADER_WORDS));
  }

  /** Where one more byte leads; NOWHERE when no word goes on so. */
  step(place: Place, byte: number): Place {
    let edge = this.#edges[place]! >>> EDGE.targetShift;
    if (edge === 0) return NOWHERE;
    for (; ; edge++) {
      const found = this.#edges[edge]!;
      if ((found & 0xff) === byte) return edge;
      if ((found & EDGE.lastSibling) !== 0) return NOWHERE;
    }
  }

  /** Every byte that words go on with, and where it leads. */
  eachBranch(place: Place, visit: (byte: number, next: Place) => void): void {
    let edge = this.#edges[place]! >>> EDGE.targetShift;
    if (edge === 0) return;
    for (; ; edge++) {
      const found = this.#edges[edge]!;
      visit(found & 0xff, edge);
      if ((found & EDGE.lastSibling) !== 0) return;
    }
  }

  /** Rank of the word that ends here, 1 to 7; 0 when none does. */
  rank(place: Place): number {
    return (this.#edges[place]! >>> EDGE.rankShift) & EDGE.rankMask;
  }

  /** Rank of a word in small letters, 0 when it is not listed. */
  rankOf(word: string): number {
    let place = WORD_START;
    for (const byte of Buffer.from(word, 'utf8')) {
      place = this.step(place, byte);
      if (place === NOWHERE) return 0;
    }
    return this.rank(place);
  }

  /** The best rank of all words that begin so. */
  bestRank(place: Place): number {
    return this.#bestRanks[place]!;
  }

  /** All words with their ranks, in no particular order. */
  *words(): Generator<readonly [word: string, rank: number]> {
    const decoder = new TextDecoder();
    const open: { readonly place: Place; readonly bytes: readonly number[] }[] = [{ place: WORD_START, bytes: [] }];
    for (let next = open.pop(); next; next = open.pop()) {
      const { place, bytes } = next;
      if (this.rank(place) > 0) yield [decoder.decode(Uint8Array.from(bytes)), this.rank(place)];
      let edge = this.#edges[place]! >>> EDGE.targetShift;
      if (edge === 0) continue;
      for (; ; edge++) {
        open.push({ place: edge, bytes: [...bytes, this.#edges[edge]! & 0xff] });
        if ((this.#edges[edge]! & EDGE.lastSibling) !== 0) break;
      }
    }
  }
}

/** Of each edge, in one pass: where it leads has been seen before. */
function bestRanks(edges: Uint32Array): Uint8Array {
  const best = new Uint8Array(edges.length);
  /** Of each state, by its first edge. */
  const ofState = new Uint8Array(edges.length);
  let state = 1;
  for (let edge = 1; edge < edges.length; edge++) {
    best[edge] = bestRankOf(edges[edge]!, ofState);
    ofState[state] = Math.max(ofState[state]!, best[edge]!);
    if ((edges[edge]! & EDGE.lastSibling) !== 0) state = edge + 1;
  }
  best[WORD_START] = bestRankOf(edges[WORD_START]!, ofState);
  return best;
}

function bestRankOf(edge: number, ofState: Uint8Array): number {
  return Math.max((edge >>> EDGE.rankShift) & EDGE.rankMask, ofState[edge >>> EDGE.targetShift]!);
}
