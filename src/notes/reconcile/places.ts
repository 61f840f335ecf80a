import type { SourceSpan } from '../../contracts/followup.ts';

/** Where stretches of a text have come to in its next version: known before and after the part that was changed. */
export interface Places {
  /** The stretch's place now; undefined when the change touched it. */
  moved(span: SourceSpan): SourceSpan | undefined;
  /** What a stretch has become at most, words that were put beside it included. */
  around(span: SourceSpan): { readonly start: number; readonly end: number };
  /** Where words stand that are followed for their own sake; undefined when they are gone or no longer certain. */
  find(span: SourceSpan): SourceSpan | undefined;
}

export function placesIn(earlier: string, later: string): Places {
  const shorter = Math.min(earlier.length, later.length);
  let head = 0;
  while (head < shorter && earlier[head] === later[head]) head++;
  let tail = 0;
  while (tail < shorter - head && earlier.at(-1 - tail) === later.at(-1 - tail)) tail++;
  const shift = later.length - earlier.length;
  const changedEnd = earlier.length - tail;

  const moved = ({ start, end }: SourceSpan): SourceSpan | undefined => {
    const by = end <= head ? 0 : start >= changedEnd ? shift : undefined;
    if (by === undefined) return undefined;
    return { start: start + by, end: end + by, text: later.slice(start + by, end + by) };
  };
  return {
    moved,
    around: ({ start, end }) => ({
      start: start <= head ? start : start >= changedEnd ? start + shift : head,
      end: end >= changedEnd ? end + shift : end <= head ? end : later.length - tail,
    }),
    find: (span) => {
      const before = occurrences(earlier, span.text);
      const now = occurrences(later, span.text);
      const at = (start: number | undefined) =>
        start === undefined ? undefined : { start, end: start + span.text.length, text: span.text };
      if (span.start === span.end) {
        const stood = new Set(before.map((start) => moved({ ...span, start, end: start + span.text.length })?.start));
        return now.length > before.length ? at(now.find((start) => !stood.has(start))) : undefined;
      }
      const there = moved(span);
      if (there?.text === span.text) return there;
      // With fewer of them than before, nobody can tell which one is gone.
      return now.length < before.length ? undefined : at(now[before.indexOf(span.start)]);
    },
  };
}

function occurrences(text: string, words: string): number[] {
  const found: number[] = [];
  if (words === '') return found;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) found.push(at);
  return found;
}
