import type { SourceSpan } from '../../contracts/followup.ts';
import type { Quote } from '../../contracts/queue-api.ts';
import { sentencesOf } from '../../followup/sentences.ts';
import { tokenise } from '../../followup/tokenise.ts';

/**
 * Words in the sentence where they stand. `text` is the note as one text (`noteText`); where it has changed under the
 * span, the words are looked for, and stand alone when they are gone.
 */
export function quoteOf(text: string, { start, end, text: words }: SourceSpan): Quote {
  const at = text.slice(start, end) === words ? start : text.indexOf(words);
  if (at < 0) return { before: '', words, after: '' };
  const until = at + words.length;
  const bounds = sentencesOf(tokenise(text).map((token) => ({ ...token, uncertain: false })))
    .map((tokens) => ({ start: tokens[0]!.start, end: tokens.at(-1)!.end }))
    .filter((sentence) => sentence.end > at && sentence.start < until);
  const from = Math.min(at, ...bounds.map((sentence) => sentence.start));
  const last = Math.max(until, ...bounds.map((sentence) => sentence.end));
  const to = text[last] === '.' ? last + 1 : last;
  return { before: text.slice(from, at), words, after: text.slice(until, to) };
}
