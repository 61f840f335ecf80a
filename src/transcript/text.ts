import type { Segment } from '../contracts/transcript.ts';
import { cuesOf } from './cues.ts';

/** What a segment adds to the text before it: the increments of all segments joined are the whole text. */
export function textIncrement(segment: Segment, isFirst: boolean): string {
  const text = segment.text.trim();
  return isFirst || text === '' ? text : ` ${text}`;
}

/** One word a line: start and end in seconds with three decimals and the word, with tabs between. */
export function formatWordLines(segments: readonly Segment[]): string {
  return cuesOf(segments)
    .map(({ startSeconds, endSeconds, text }) => `${startSeconds.toFixed(3)}\t${endSeconds.toFixed(3)}\t${text}\n`)
    .join('');
}
