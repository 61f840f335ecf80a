import type { Word } from '../contracts/transcript.ts';
import type { SpeechTokenizer } from './tokenizer.ts';

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

/**
 * Words with their times and probabilities.
 * @param boundariesSeconds when each token starts, and when the last one ends
 */
export function timedWords(
  tokens: readonly number[],
  logProbabilities: readonly number[],
  boundariesSeconds: readonly number[],
  tokenizer: SpeechTokenizer,
  language: string,
): Word[] {
  return wordRanges(tokens, tokenizer, language)
    .map(({ from, to }) => {
      const probabilities = logProbabilities.slice(from, to).map(Math.exp);
      return {
        text: tokenizer.decode(tokens.slice(from, to)).trim(),
        startSeconds: boundariesSeconds[from],
        endSeconds: boundariesSeconds[to],
        probability: probabilities.reduce((sum, value) => sum + value, 0) / probabilities.length,
      };
    })
    .filter(({ text }) => text !== '');
}
