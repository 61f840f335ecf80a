import type { Word } from '../../contracts/transcript.ts';
import type { VoskReply } from '../../contracts/vosk.ts';
import { toMillisecond } from '../../transcript/verbose-json.ts';

export interface ReplyForm {
  /** Whether each word comes with its times. */
  readonly hasWords: boolean;
  readonly hasAlternatives: boolean;
}

/** Words that do not change any more, as Vosk writes them. */
export function resultReply(words: readonly Word[], { hasWords, hasAlternatives }: ReplyForm): VoskReply {
  const text = words.map((word) => word.text).join(' ');
  const timed = words.map((word) => ({
    word: word.text,
    start: toMillisecond(word.startSeconds),
    end: toMillisecond(word.endSeconds),
  }));
  const isTimed = hasWords && words.length > 0;
  if (hasAlternatives) {
    const confidence = words.reduce((sum, { probability }) => sum + probability, 0) / Math.max(1, words.length);
    return { alternatives: [{ text, ...(isTimed && { result: timed }), confidence }] };
  }
  if (!isTimed) return { text };
  return { result: timed.map((word, index) => ({ conf: words[index]!.probability, ...word })), text };
}
