import type { NodeId, Successors, TokenGraph } from './token-tree.ts';

/**
 * Judges candidate tokens beside the model: a lexicon or a vocabulary. States are its own; it is told the path by them.
 * Scores are added to log-probabilities (natural logarithm).
 */
export interface TokenScorer<State> {
  readonly start: State;
  /** Score of each candidate as the next token of a path in `state`. */
  score(state: State, candidates: readonly number[]): ArrayLike<number>;
  next(state: State, token: number): State;
  /** Score of ending the text in `state`. */
  end(state: State): number;
}

export const NO_SCORER: TokenScorer<null> = {
  start: null,
  score: (_state, candidates) => new Float32Array(candidates.length),
  next: () => null,
  end: () => 0,
};

export interface SearchOptions<State> {
  /** 1 is greedy. */
  readonly beamSize: number;
  readonly maximumTokens: number;
  readonly endOfText: number;
  /** Added to the logits of every step but the first, [beamSize, vocabulary]. */
  readonly biases: Float32Array;
  readonly vocabularySize: number;
  readonly scorer: TokenScorer<State>;
  /** A token that would repeat a run of this many tokens is not written. */
  readonly noRepeatTokens?: number;
  readonly signal?: AbortSignal;
}

export interface Hypothesis {
  readonly tokens: readonly number[];
  /** Natural log-probability of each token, and of the end after them. */
  readonly tokenLogProbabilities: readonly number[];
  /** The node that each token was added as. */
  readonly nodes: readonly NodeId[];
  /** Mean log-probability of the tokens and the end, without the scorer's part. */
  readonly averageLogProbability: number;
  /** False when the tokens allowed ran out before the model ended the text. */
  readonly ended: boolean;
}

/**
 * A beam this far behind the best one (natural logarithm) is given up: it does not come back, and costs a row a step.
 * With 2, word scorers lost 2 of 100 words of accented speech: an unknown word costs more than that at once.
 */
const LAG_LIMIT = 3;

interface Beam<State> {
  readonly tokens: readonly number[];
  readonly tokenLogProbabilities: readonly number[];
  readonly nodes: readonly NodeId[];
  readonly logProbability: number;
  readonly score: number;
  readonly state: State;
}

interface Candidate<State> {
  readonly beam: Beam<State>;
  readonly token: number;
  readonly logProbability: number;
  readonly score: number;
}

/**
 * Beam search over a graph of tokens. A hypothesis scores the mean of its tokens; the search stops as soon as no open
 * beam is ahead of the best ended one, and beams far behind the best are given up.
 * @param root node after which text starts, and @param first its successors
 * @throws AbortError of the signal
 */
export async function beamSearch<State>(
  graph: TokenGraph,
  root: NodeId,
  first: Successors,
  options: SearchOptions<State>,
): Promise<Hypothesis> {
  const { beamSize, scorer, vocabularySize } = options;
  let beams: Beam<State>[] = [
    { tokens: [], tokenLogProbabilities: [], nodes: [], logProbability: 0, score: 0, state: scorer.start },
  ];
  let successors: readonly Successors[] = [first];
  let best: { hypothesis: Hypothesis; meanScore: number } | undefined;
  for (let length = 0; length < options.maximumTokens; length++) {
    options.signal?.throwIfAborted();
    const open: Candidate<State>[] = [];
    for (const candidate of rankCandidates(beams, successors, options)) {
      if (candidate.token === options.endOfText) {
        const meanScore = (candidate.score + scorer.end(candidate.beam.state)) / (length + 1);
        if (!best || meanScore > best.meanScore) best = { hypothesis: finish(candidate, true), meanScore };
      } else {
        if (open.length > 0 && candidate.score < open[0]!.score - LAG_LIMIT) break;
        open.push(candidate);
        if (open.length === beamSize) break;
      }
    }
    const hope = open.length === 0 ? Number.NEGATIVE_INFINITY : open[0].score / (length + 1);
    if (best && hope <= best.meanScore) return best.hypothesis;
    if (open.length === 0) break;
    const added = open.map(({ beam, token }) => ({ token, parent: beam.nodes.at(-1) ?? root }));
    const told = added.map((_, index) => index);
    const step = await graph.extend(added, told, options.biases.subarray(0, added.length * vocabularySize));
    beams = open.map((candidate, index) => grow(candidate, step.nodes[index], scorer));
    successors = step.successors;
    graph.retain(step.nodes);
  }
  if (best) return best.hypothesis;
  const [longest] = beams;
  return {
    tokens: longest.tokens,
    tokenLogProbabilities: longest.tokenLogProbabilities,
    nodes: longest.nodes,
    averageLogProbability: longest.logProbability / Math.max(1, longest.tokens.length),
    ended: false,
  };
}

/** Every beam's candidates, best first. */
function rankCandidates<State>(
  beams: readonly Beam<State>[],
  successors: readonly Successors[],
  options: SearchOptions<State>,
): Candidate<State>[] {
  const ranked: Candidate<State>[] = [];
  for (const [index, beam] of beams.entries()) {
    const { tokens, logProbabilities } = successors[index];
    const bonuses = options.scorer.score(beam.state, tokens);
    for (let rank = 0; rank < tokens.length; rank++) {
      const token = tokens[rank];
      if (options.noRepeatTokens && repeats(beam.tokens, token, options.noRepeatTokens)) continue;
      const logProbability = logProbabilities[rank];
      ranked.push({ beam, token, logProbability, score: beam.score + logProbability + bonuses[rank] });
    }
  }
  return ranked.sort((a, b) => b.score - a.score);
}

function grow<State>(candidate: Candidate<State>, node: NodeId, scorer: TokenScorer<State>): Beam<State> {
  const { beam, token, logProbability, score } = candidate;
  return {
    tokens: [...beam.tokens, token],
    tokenLogProbabilities: [...beam.tokenLogProbabilities, logProbability],
    nodes: [...beam.nodes, node],
    logProbability: beam.logProbability + logProbability,
    score,
    state: scorer.next(beam.state, token),
  };
}

function finish<State>({ beam, logProbability }: Candidate<State>, ended: boolean): Hypothesis {
  return {
    tokens: beam.tokens,
    tokenLogProbabilities: [...beam.tokenLogProbabilities, logProbability],
    nodes: beam.nodes,
    averageLogProbability: (beam.logProbability + logProbability) / (beam.tokens.length + 1),
    ended,
  };
}

/** Whether `token` after `tokens` would end a run of `length` tokens that stands there already. */
function repeats(tokens: readonly number[], token: number, length: number): boolean {
  const tail = length - 1;
  if (tokens.length < length) return false;
  for (let start = 0; start + tail < tokens.length; start++) {
    if (tokens[start + tail] !== token) continue;
    let same = 0;
    while (same < tail && tokens[start + same] === tokens[tokens.length - tail + same]) same++;
    if (same === tail) return true;
  }
  return false;
}
