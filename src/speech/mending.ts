import type { Hypothesis } from './beam-search.ts';
import type { Alternative, Alternatives } from './lexicon/alternatives.ts';
import type { NewToken, NodeId, Successors, TokenGraph } from './token-tree.ts';
import type { SpeechTokenizer } from './tokenizer.ts';
import type { TokenRange } from './words.ts';
import { type WrittenWord, writtenWords } from './written-words.ts';

/** Tokens after a word that another one in its place must go on to as well. */
const TOKENS_AFTER = 2;
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
  /** What the text may start with. */
  readonly first: Successors;
  /** Added to the logits of a step's rows, [rows, vocabulary]: as many rows as one step may tell. */
  readonly biases: Float32Array;
  readonly vocabularySize: number;
  readonly alternatives: Alternatives;
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
 * Writes words otherwise that look strange and sound like one of the lexicon, and as one what was written as two, where
 * the sound allows it: a beam search gives a spelling up at its first unlikely letters, before it can know better. All
 * are asked about in two passes: the text once more, telling what may stand where they do, then what is left of the
 * candidates.
 */
export async function mend(graph: GrownGraph, heard: Hypothesis, options: MendingOptions): Promise<Hypothesis> {
  const { root, first, biases, vocabularySize } = options;
  const rowLimit = biases.length / vocabularySize;
  const doubted = doubtedPlaces(heard, options).slice(0, rowLimit);
  if (doubted.length === 0) return heard;
  const start = graph.size;
  const text = heard.tokens.map((token, at) => ({ token, parent: at === 0 ? root : start + at - 1 }));
  const before = doubted.map(({ from }) => from - 1).filter((row) => row >= 0);
  const successors =
    before.length === 0
      ? []
      : (await graph.extend(text, before, biases.subarray(0, before.length * vocabularySize))).successors;
  const possible = doubted.flatMap(({ from, candidates }) => {
    const may = from === 0 ? first : successors[before.indexOf(from - 1)]!;
    return candidates.flatMap((candidate) => {
      const begins = logProbabilityIn(may, candidate.word[0]!);
      return begins === undefined ? [] : [{ ...candidate, logProbabilities: [begins], nodes: [] }];
    });
  });
  const better: { readonly judged: Judged; readonly ahead: number }[] = [];
  for (const batch of batches(possible, rowLimit)) {
    for (const judged of await listen(graph, batch, start, options)) {
      const ahead = aheadOf(judged, heard);
      if (ahead > 0) better.push({ judged, ahead });
    }
  }
  const chosen: Judged[] = [];
  for (const { judged } of better.sort((one, other) => other.ahead - one.ahead)) {
    if (!chosen.some((other) => overlap(judged.range, other.range))) chosen.push(judged);
  }
  return chosen.sort((one, other) => other.range.from - one.range.from).reduce(withWord, heard);
}

/** A token of the text at which another word may begin. */
interface Place {
  readonly from: number;
  readonly candidates: readonly Candidate[];
}

function doubtedPlaces(heard: Hypothesis, { tokenizer, language, endOfText, alternatives }: MendingOptions): Place[] {
  const { tokens } = heard;
  const whole = heard.ended ? [...tokens, endOfText] : tokens;
  const words = writtenWords(tokens, tokenizer, language);
  return words.flatMap((word, at) => {
    const next = words[at + 1];
    if (!word?.isJudged) return [];
    const inPlaceOf = (last: WrittenWord, others: readonly Alternative[]) =>
      others.map(
        ({ word: other, advantage }): Candidate => ({
          range: { from: word.range.from, to: last.range.to },
          word: tokenizer.encode(` ${word.isCapital ? capitalised(other) : other}${last.marks}`),
          after: whole.slice(last.range.to, last.range.to + TOKENS_AFTER),
          advantage,
        }),
      );
    const isApart = next?.isJudged && !next.isCapital && word.marks === '';
    const candidates = [
      ...inPlaceOf(word, alternatives.ofWord(word.small)),
      ...(isApart ? inPlaceOf(next, alternatives.ofTwo(word.small, next.small)) : []),
    ];
    return candidates.length === 0 ? [] : [{ from: word.range.from, candidates }];
  });
}

function capitalised(word: string): string {
  return word[0]!.toUpperCase() + word.slice(1);
}

function overlap(one: TokenRange, other: TokenRange): boolean {
  return one.from < other.to && other.from < one.to;
}

/** Adds the candidates to the graph, each as a branch of the text, and drops those that the sound has nothing of. */
async function listen(
  graph: GrownGraph,
  candidates: readonly Judged[],
  start: NodeId,
  { root, biases, vocabularySize }: MendingOptions,
): Promise<readonly Judged[]> {
  const added: NewToken[] = [];
  const branches = candidates.map((candidate) => {
    const branch = added.length;
    const first = graph.size + branch;
    const { from } = candidate.range;
    const origin = from === 0 ? root : start + from - 1;
    for (const [at, token] of rowsOf(candidate).entries()) {
      added.push({ token, parent: at === 0 ? origin : first + at - 1 });
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
