import type { Hypothesis } from './beam-search.ts';
import type { AlternativesOf } from './lexicon/alternatives.ts';
import type { NewToken, NodeId, Successors, TokenGraph } from './token-tree.ts';
import type { SpeechTokenizer } from './tokenizer.ts';
import { type TokenRange, wordRanges } from './words.ts';

/** Tokens after a word that another one in its place must go on to as well. */
const TOKENS_AFTER = 2;
/** A word inside a sentence, with the marks that cling to it: names, figures and the first word are left alone. */
const WORD = /^ (\p{Ll}+)([^\p{L}\p{N}]*)$/u;

export interface GrownGraph extends TokenGraph {
  /** How many nodes there are: the number of the next one. */
  readonly size: number;
}

export interface MendingOptions {
  readonly tokenizer: SpeechTokenizer;
  readonly language: string;
  readonly endOfText: number;
  /** Node after which the text starts. */
  readonly root: NodeId;
  /** Added to the logits of a step's rows, [rows, vocabulary]: as many rows as one step may tell. */
  readonly biases: Float32Array;
  readonly vocabularySize: number;
  readonly alternativesOf: AlternativesOf;
}

/** Another way to write a word. */
interface Candidate {
  readonly range: TokenRange;
  readonly word: readonly number[];
  /** What follows the word in the text. */
  readonly after: readonly number[];
  /** Ahead of the word that was heard, before the sound is asked; natural logarithm. */
  readonly advantage: number;
}

/** What the sound says of it: of each token of the word and of those after it. */
interface Judged extends Candidate {
  readonly logProbabilities: readonly number[];
  readonly nodes: readonly NodeId[];
}

/**
 * Writes words otherwise that look strange and sound like one of the lexicon, where the sound allows it: a beam search
 * gives a spelling up at its first unlikely letters, before it can know better. All are asked about in two passes: the
 * text once more, telling what may stand where strange words do, then what is left of the candidates.
 */
export async function mend(graph: GrownGraph, heard: Hypothesis, options: MendingOptions): Promise<Hypothesis> {
  const { root, biases, vocabularySize } = options;
  const rowLimit = biases.length / vocabularySize;
  const strange = strangeWords(heard, options).slice(0, rowLimit);
  if (strange.length === 0) return heard;
  const start = graph.size;
  const text = heard.tokens.map((token, at) => ({ token, parent: at === 0 ? root : start + at - 1 }));
  const before = strange.map(({ range }) => range.from - 1);
  const { successors } = await graph.extend(text, before, biases.subarray(0, before.length * vocabularySize));
  const possible = strange.flatMap(({ candidates }, at) =>
    candidates.flatMap((candidate) => {
      const first = logProbabilityIn(successors[at]!, candidate.word[0]!);
      return first === undefined ? [] : [{ ...candidate, logProbabilities: [first], nodes: [] }];
    }),
  );
  const best = new Map<number, Judged>();
  for (const batch of batches(possible, rowLimit)) {
    for (const judged of await listen(graph, batch, start, options)) {
      const { from } = judged.range;
      const rival = best.get(from);
      if (aheadOf(judged, heard) > (rival ? aheadOf(rival, heard) : 0)) best.set(from, judged);
    }
  }
  return [...best.values()].sort((one, other) => other.range.from - one.range.from).reduce(withWord, heard);
}

/** The words of the text that have alternatives, each with them. */
function strangeWords(heard: Hypothesis, { tokenizer, language, endOfText, alternativesOf }: MendingOptions) {
  const { tokens } = heard;
  const whole = heard.ended ? [...tokens, endOfText] : tokens;
  return wordRanges(tokens, tokenizer, language).flatMap((range) => {
    const [, word, marks] = WORD.exec(tokenizer.decode(tokens.slice(range.from, range.to))) ?? [];
    if (word === undefined || range.from === 0) return [];
    const after = whole.slice(range.to, range.to + TOKENS_AFTER);
    const candidates = alternativesOf(word).map(
      (other): Candidate => ({
        range,
        word: tokenizer.encode(` ${other.word}${marks}`),
        after,
        advantage: other.advantage,
      }),
    );
    return candidates.length === 0 ? [] : [{ range, candidates }];
  });
}

/** Adds the candidates to the graph, each as a branch of the text, and drops those that the sound has nothing of. */
async function listen(
  graph: GrownGraph,
  candidates: readonly Judged[],
  start: NodeId,
  { biases, vocabularySize }: MendingOptions,
): Promise<readonly Judged[]> {
  const added: NewToken[] = [];
  const branches = candidates.map((candidate) => {
    const branch = added.length;
    const first = graph.size + branch;
    for (const [at, token] of rowsOf(candidate).entries()) {
      added.push({ token, parent: at === 0 ? start + candidate.range.from - 1 : first + at - 1 });
    }
    return { candidate, branch };
  });
  const told = added.map((_, row) => row);
  const { nodes, successors } = await graph.extend(added, told, biases.subarray(0, told.length * vocabularySize));
  return branches.flatMap(({ candidate, branch }) => {
    const { word, after, logProbabilities } = candidate;
    const rest = [...word, ...after].slice(1).map((token, at) => logProbabilityIn(successors[branch + at]!, token));
    if (!rest.every((value) => value !== undefined)) return [];
    const own = nodes.slice(branch, branch + word.length);
    return [{ ...candidate, nodes: own, logProbabilities: [...logProbabilities, ...rest] }];
  });
}

/** The tokens that a candidate adds: all but the last one, which is only foretold. */
function rowsOf({ word, after }: Candidate): readonly number[] {
  return after.length === 0 ? word : [...word, ...after.slice(0, -1)];
}

/** Runs of candidates that one step has rows for. */
function batches(candidates: readonly Judged[], rowLimit: number): readonly (readonly Judged[])[] {
  const runs: Judged[][] = [];
  let room = 0;
  for (const candidate of candidates) {
    const rows = rowsOf(candidate).length;
    if (rows > rowLimit) continue;
    if (rows > room) {
      runs.push([]);
      room = rowLimit;
    }
    runs.at(-1)!.push(candidate);
    room -= rows;
  }
  return runs;
}

/** How far a candidate is ahead of what was heard, the sound and the lexicon together. */
function aheadOf({ range, after, advantage, logProbabilities }: Judged, heard: Hypothesis): number {
  const before = heard.tokenLogProbabilities.slice(range.from, range.to + after.length);
  return advantage + sum(logProbabilities) - sum(before);
}

/** What follows the word keeps its nodes and what was said of it: both differ by very little. */
function withWord(heard: Hypothesis, { range: { from, to }, word, logProbabilities, nodes }: Judged): Hypothesis {
  const ofWord = logProbabilities.slice(0, word.length);
  const tokenLogProbabilities = heard.tokenLogProbabilities.toSpliced(from, to - from, ...ofWord);
  return {
    ...heard,
    tokens: heard.tokens.toSpliced(from, to - from, ...word),
    nodes: heard.nodes.toSpliced(from, to - from, ...nodes),
    tokenLogProbabilities,
    averageLogProbability: sum(tokenLogProbabilities) / Math.max(1, tokenLogProbabilities.length),
  };
}

function logProbabilityIn({ tokens, logProbabilities }: Successors, token: number): number | undefined {
  const at = tokens.indexOf(token);
  return at < 0 ? undefined : logProbabilities[at];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
