import type { Word } from '../contracts/transcript.ts';
import type { SpeechTokenizer } from './tokenizer.ts';
import { meanTokenProbability, type WordJudge } from './word-confidence.ts';

const SPACE = 0x20;
/** Languages written without spaces between words: each character counts as a word. */
const UNSPACED_LANGUAGES = new Set(['zh', 'ja', 'th', 'lo', 'my', 'yue']);

/** Consecutive tokens that make a word: `from` inclusive, `to` exclusive. */
export interface TokenRange {
  readonly from: number;
  readonly to: number;
}

/** Splits text tokens into words: before each token that opens with a space, never inside a character. */
export function wordRanges(tokens: readonly number[], tokenizer: SpeechTokenizer, language: string): TokenRange[] {
  const starts: number[] = [];
  let pendingBytes = 0;
  for (const [index, token] of tokens.entries()) {
    const bytes = tokenizer.bytes(token);
    const atCharacter = pendingBytes === 0;
    if (index === 0 || (atCharacter && (bytes[0] === SPACE || UNSPACED_LANGUAGES.has(language)))) starts.push(index);
    for (const byte of bytes) pendingBytes = pendingAfter(pendingBytes, byte);
  }
  return starts.map((from, index) => ({ from, to: starts[index + 1] ?? tokens.length }));
}

/** How many bytes of a UTF-8 character are still to come. */
function pendingAfter(pending: number, byte: number): number {
  if (pending > 0) return pending - 1;
  if (byte >= 0xf0) return 3;
  if (byte >= 0xe0) return 2;
  return byte >= 0xc0 ? 1 : 0;
}

/** Recognised text, token by token. */
export interface TimedTokens {
  readonly tokens: readonly number[];
  /** Natural; of each token, and of the end where the text has one. */
  readonly logProbabilities: readonly number[];
  /** When each token starts, and when the last one ends. */
  readonly boundariesSeconds: readonly number[];
}

/** Words with their times, and how likely each is right. */
export function timedWords(
  { tokens, logProbabilities, boundariesSeconds }: TimedTokens,
  tokenizer: SpeechTokenizer,
  language: string,
  judge: WordJudge = meanTokenProbability,
): Word[] {
  const words = wordRanges(tokens, tokenizer, language)
    .map(({ from, to }) => ({
      text: tokenizer.decode(tokens.slice(from, to)).trim(),
      startSeconds: boundariesSeconds[from]!,
      endSeconds: boundariesSeconds[to]!,
      tokenLogProbabilities: ofSpelling(tokens.slice(from, to), logProbabilities.slice(from, to), tokenizer),
    }))
    .filter(({ text }) => text !== '');
  return words.map(({ text, startSeconds, endSeconds, tokenLogProbabilities }) => ({
    text,
    startSeconds,
    endSeconds,
    probability: judge({ text, tokenLogProbabilities }),
  }));
}

/** Of the tokens that spell the word: a comma in doubt says nothing of the word before it. All where none does. */
function ofSpelling(
  tokens: readonly number[],
  logProbabilities: readonly number[],
  tokenizer: SpeechTokenizer,
): readonly number[] {
  const spelling = logProbabilities.filter((_, index) => tokenizer.bytes(tokens[index]!).some(isSpelling));
  return spelling.length > 0 ? spelling : logProbabilities;
}

/** Whether a byte is, or is a part of, a letter or figure; other signs beyond ASCII pass for letters. */
function isSpelling(byte: number): boolean {
  return byte >= 0x80 || /[a-z0-9]/i.test(String.fromCharCode(byte));
}
