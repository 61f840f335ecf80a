import type { Segment } from '../contracts/transcript.ts';

/** Text that is shown for a while. */
export interface Cue {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly text: string;
}

/** One cue a word where the segment holds words, else one cue a segment. */
export function cuesOf(segments: readonly Segment[]): Cue[] {
  return segments.flatMap((segment): readonly Cue[] => segment.words ?? [segment]);
}
