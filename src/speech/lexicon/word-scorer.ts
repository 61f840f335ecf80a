import type { TokenScorer } from '../beam-search.ts';
import { isCapital, isContinuation, isDigit, isLead, isLetter, toSmall } from './letters.ts';
import { NAME_COST, PAIR_GAIN } from './word-costs.ts';
import { followed, NO_LETTERS, type WordPairs, withByte } from './word-pairs.ts';
import { type Reading, WordReader, type WordSources } from './word-readings.ts';

/** After these a capital says nothing of a name: . ! ? : " line, and typographic signs. */
const SENTENCE_OPENERS = new Set([...'.!?:"\n'].map((sign) => sign.charCodeAt(0)).concat(0xe2));

/** How far a text has come, as a scorer of words sees it. */
export interface WordState {
  /** Between words, in one, or in something with figures that is not judged: B12, 24-pundare. */
  readonly kind: 'between' | 'word' | 'unjudged';
  readonly previousByte: number;
  readonly opensSentence: boolean;
  readonly isName: boolean;
  /** Bytes of the word under way. */
  readonly length: number;
  /** The word under way alone, and with the one before it: hashes of their letters. */
  readonly letters: number;
  readonly pair: number;
  /** What the letters of the next word are added to; null at the beginning of a sentence, after figures and the like. */
  readonly before: number | null;
  readonly readings: readonly Reading[];
  /** What the word under way has been given so far. */
  readonly given: number;
}

/** No word is under way. */
const NO_WORD = { kind: 'between', isName: false, length: 0, letters: 0, pair: 0, readings: [], given: 0 } as const;
const BEGINNING: WordState = { ...NO_WORD, previousByte: 0, opensSentence: true, before: null };

export interface ScorerSources extends WordSources {
  readonly pairs?: WordPairs | undefined;
}

export interface TokenBytes {
  bytes(token: number): Uint8Array;
}

/**
 * Judges words as they are written: what is no word costs, a term earns, and so does what often follows the word before. A word under way is given what it may still
 * come to at best, so that a wrong turn is paid where it is taken; once it is complete it has been given exactly its
 * verdict, whatever tokens it was cut into. Capitals, punctuation and figures are left to the model.
 */
export function wordScorer(sources: ScorerSources, tokenizer: TokenBytes): TokenScorer<WordState> {
  const reader = new WordReader(sources);

  const floor = ({ isName, opensSentence }: WordState): number => {
    if (!sources.lexicon) return 0;
    return -sources.unknownCost * (isName && !opensSentence ? NAME_COST : 1);
  };

  /** What the word under way comes to beyond what it was given. */
  const finished = (state: WordState): number => {
    const follows = state.before !== null && sources.pairs?.has(state.pair);
    return reader.verdict(state.readings, floor(state)) - state.given + (follows ? PAIR_GAIN : 0);
  };

  /** Reads a byte; `earned` is what the word that it ends comes to beyond what it was given. */
  const read = (state: WordState, byte: number): { readonly state: WordState; readonly earned: number } => {
    const { kind, previousByte, given } = state;
    const next = { ...state, previousByte: byte };
    if (isLetter(byte, previousByte)) {
      if (kind === 'unjudged') return { state: next, earned: 0 };
      return { state: spell(next, byte, previousByte, kind === 'between' ? reader.start : state.readings), earned: 0 };
    }
    // A sign that begins with the same byte as letters do, "×", shows only now.
    const isSign = kind === 'word' && isContinuation(byte);
    if (isDigit(byte) || isSign)
      return { state: { ...next, ...NO_WORD, kind: 'unjudged', before: null }, earned: -given };
    const earned = kind === 'word' ? finished(state) : 0;
    const opensSentence = SENTENCE_OPENERS.has(byte) || (state.opensSentence && kind === 'between');
    const before = opensSentence ? null : kind === 'word' ? followed(state.letters) : state.before;
    return { state: { ...next, ...NO_WORD, opensSentence, before }, earned };
  };

  const spell = (state: WordState, byte: number, previous: number, readings: readonly Reading[]): WordState => {
    const length = state.kind === 'between' ? 1 : state.length + 1;
    const isFirstLetter = length === 1 || (length === 2 && isContinuation(byte));
    // What begins a letter of several bytes may begin a capital.
    const isName = isFirstLetter ? isCapital(byte, previous) || isLead(byte) : state.isName;
    const small = toSmall(byte, previous);
    const letters = withByte(length === 1 ? NO_LETTERS : state.letters, small);
    const pair = withByte(length === 1 ? (state.before ?? 0) : state.pair, small);
    return { ...state, kind: 'word', length, isName, letters, pair, readings: reader.extend(readings, small) };
  };

  const walk = (start: WordState, token: number): { readonly state: WordState; readonly earned: number } => {
    let state = start;
    let earned = 0;
    for (const byte of tokenizer.bytes(token)) {
      const step = read(state, byte);
      state = step.state;
      earned += step.earned;
    }
    if (state.kind !== 'word') return { state, earned };
    const promise = reader.promise(state.readings, floor(state));
    return { state: { ...state, given: promise }, earned: earned + promise - state.given };
  };

  return {
    start: BEGINNING,
    score: (state, candidates) => Float32Array.from(candidates, (token) => walk(state, token).earned),
    next: (state, token) => walk(state, token).state,
    end: (state) => (state.kind === 'word' ? finished(state) : 0),
  };
}
