import type { TokenScorer } from './beam-search.ts';
import type { ExtendResult, NewToken, NodeId, Successors, TokenGraph } from './token-tree.ts';

/** The vocabulary is scored for every token checked, so one that the search never comes to must not cost much. */
export const CHECKED_AT_ONCE = 32;

/**
 * A drafted token stands when it is at most this much less likely than the best one (natural logarithm). Steps of
 * several rows round otherwise than steps of one, which decides close calls at random: with 0 a right draft of 10 s of
 * speech kept 61 % of its tokens, with 0.4 86 %, while the text became 1 % less likely a token.
 */
const CLOSE_CALL = 0.3;

/** Favours the draft in close calls, as long as the text follows it. Its states count the tokens followed, -1 after. */
export function draftScorer(draft: readonly number[]): TokenScorer<number> {
  return {
    start: 0,
    score: (followed, candidates) => candidates.map((token) => (token === draft[followed] ? CLOSE_CALL : 0)),
    next: (followed, token) => (token === draft[followed] ? followed + 1 : -1),
    end: () => 0,
  };
}

/**
 * A graph whose search is expected to take a known path, the draft. Where the search sets out on it, the tokens ahead
 * are added in the same step: reading the weights is most of a step's cost, and that is paid once. As long as the search
 * goes on as expected, each token is there already; where it turns off, it goes on in the graph as ever. What the search
 * finds is the same.
 */
export class DraftedGraph implements TokenGraph {
  readonly #graph: TokenGraph;
  readonly #draft: readonly number[];
  readonly #biases: Float32Array;
  /** The draft's first nodes, with what may follow each. */
  readonly #ahead: { readonly node: NodeId; readonly successors: Successors }[] = [];
  /** How many of them the search has come to. */
  #followed = 0;
  /** The last of those: where the draft goes on. */
  #front: NodeId;

  /**
   * @param root the newest node of the graph, which the draft begins after
   * @param biases of text at [CHECKED_AT_ONCE, vocabulary]
   */
  constructor(graph: TokenGraph, root: NodeId, draft: readonly number[], biases: Float32Array) {
    this.#graph = graph;
    this.#front = root;
    this.#draft = draft;
    this.#biases = biases;
  }

  async extend(added: readonly NewToken[], told: readonly number[], biases: Float32Array): Promise<ExtendResult> {
    const [{ token, parent }] = added as [NewToken];
    const isExpected = added.length === 1 && parent === this.#front && token === this.#draft[this.#followed];
    if (!isExpected) return this.#graph.extend(added, told, biases);
    if (this.#followed === this.#ahead.length) await this.#lookAhead();
    const { node, successors } = this.#ahead[this.#followed++]!;
    this.#front = node;
    return { nodes: [node], successors: [successors] };
  }

  retain(open: readonly NodeId[]): void {
    const isOnDraft = open.includes(this.#front) && this.#followed < this.#ahead.length;
    if (!isOnDraft) this.#graph.retain(open);
  }

  /** Nothing was added since the front: the tokens ahead get the numbers after it. */
  async #lookAhead(): Promise<void> {
    const tokens = this.#draft.slice(this.#followed, this.#followed + CHECKED_AT_ONCE);
    const vocabularySize = this.#biases.length / CHECKED_AT_ONCE;
    const { nodes, successors } = await this.#graph.extend(
      tokens.map((token, index) => ({ token, parent: this.#front + index })),
      tokens.map((_, index) => index),
      this.#biases.subarray(0, tokens.length * vocabularySize),
    );
    for (const [index, node] of nodes.entries()) this.#ahead.push({ node, successors: successors[index]! });
  }
}
