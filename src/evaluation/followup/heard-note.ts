import type { HeardWord } from '../../contracts/followup.ts';
import type { Transcript } from '../../contracts/transcript.ts';

/** A text as it was recognised, with the place and confidence of each of its words. */
export interface HeardNote {
  readonly text: string;
  readonly words: readonly HeardWord[];
}

/** A transcript as follow-ups are read from it. Its words carry confidences only where they were asked for. */
export function heardNote({ text, segments }: Transcript): HeardNote {
  const words: HeardWord[] = [];
  let from = 0;
  for (const { text: written, probability } of segments.flatMap(({ words: said = [] }) => said)) {
    const start = text.indexOf(written, from);
    if (start === -1) continue;
    from = start + written.length;
    words.push({ start, end: from, confidence: probability });
  }
  return { text, words };
}
