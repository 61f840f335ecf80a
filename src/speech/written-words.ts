import type { SpeechTokenizer } from './tokenizer.ts';
import { type TokenRange, wordRanges } from './words.ts';

/** A word with the marks that cling to it; figures are left alone. */
const WORD = /^ (\p{Lu}?\p{Ll}+)([^\p{L}\p{N}]*)$/u;
/** After such marks a capital is none of a name's. */
const ENDS_SENTENCE = /[.!?:]\P{L}*$/u;

/** A word of the text, without its marks and in small letters; names and what holds figures are not judged. */
export interface WrittenWord {
  readonly range: TokenRange;
  readonly small: string;
  readonly marks: string;
  readonly isCapital: boolean;
  readonly isJudged: boolean;
}

/** The words of tokens, and which of them may be judged by their letters. */
export function writtenWords(
  tokens: readonly number[],
  tokenizer: SpeechTokenizer,
  language: string,
): readonly WrittenWord[] {
  let opensSentence = true;
  return wordRanges(tokens, tokenizer, language).map((range) => {
    const text = tokenizer.decode(tokens.slice(range.from, range.to));
    const [, word = '', marks = ''] = WORD.exec(text) ?? [];
    const small = word.toLowerCase();
    const isCapital = small !== word;
    const written = { range, small, marks, isCapital, isJudged: word !== '' && (opensSentence || !isCapital) };
    opensSentence = ENDS_SENTENCE.test(text);
    return written;
  });
}
