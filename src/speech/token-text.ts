import type { SpeechTokenizer } from './tokenizer.ts';

/**
 * The tokens' text without the space around it, and how far each token takes it. A character that several tokens write
 * counts with the last of them.
 */
export function textWithEnds(
  tokens: readonly number[],
  tokenizer: SpeechTokenizer,
): { readonly text: string; readonly ends: readonly number[] } {
  const decoder = new TextDecoder();
  let written = '';
  const lengths = tokens.map((token, index) => {
    written += decoder.decode(tokenizer.bytes(token), { stream: index < tokens.length - 1 });
    return written.length;
  });
  const text = written.trim();
  const leading = written.length - written.trimStart().length;
  return { text, ends: lengths.map((length) => Math.min(Math.max(0, length - leading), text.length)) };
}
