import type { DictatedWord } from '../../contracts/dictation.ts';
import type { Committed } from '../live/live-events.ts';
import type { Heard } from '../live/live-store.ts';

/** Words with names that are unique in the note and tell the session that they were said in. */
export function dictatedWords(localId: string, { originFrame }: Heard, committed: Committed): DictatedWord[] {
  return committed.words.map((word, place) => ({
    ...word,
    id: [localId, originFrame, committed.index, place].join(':'),
  }));
}

export function sessionOfWord(wordId: string): string {
  return wordId.slice(0, wordId.indexOf(':'));
}
