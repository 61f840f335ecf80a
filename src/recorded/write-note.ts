import { setImmediate as othersTurn } from 'node:timers/promises';
import type { DictatedWord, DictationChange } from '../contracts/dictation.ts';
import type { DictationWishes } from '../contracts/dictations.ts';
import type { NoteContent, WordSpan } from '../contracts/notes.ts';
import type { HeardUtterances } from '../contracts/notes-api-heard.ts';
import type { Transcript } from '../contracts/transcript.ts';
import type { Vocabulary } from '../contracts/vocabulary.ts';
import { applied, type Note } from '../dictation/note.ts';
import { NOTE_SECTIONS } from '../dictation/note-sections.ts';
import { finalize, startDictation, step } from '../dictation/reducer.ts';
import { contentOf, spansAfter } from './written-text.ts';

export type Utterance = HeardUtterances['utterances'][number];

/** What was said, stretch by stretch, with names for the words that tell the recording and are unique in the note. */
export function utterancesOf(dictationId: string, { segments }: Pick<Transcript, 'segments'>): Utterance[] {
  return segments.flatMap(({ index, startSeconds, endSeconds, words = [] }) => {
    if (words.length === 0) return [];
    return {
      liveSessionId: dictationId,
      number: index,
      startSeconds,
      endSeconds,
      text: words.map(({ text }) => text).join(' '),
      words: words.map((word, place): DictatedWord => ({ ...word, id: [dictationId, index, place].join(':') })),
    };
  });
}

/**
 * The note that the words dictate, by the rules of dictation: spoken marks and commands, sections, figures. Utterance by
 * utterance, with others' turns between: in a long note each word costs more, and the thread is the server's.
 */
export async function writeNote(
  utterances: readonly Utterance[],
  {
    punctuation,
    vocabulary,
    templates = [],
  }: Pick<DictationWishes, 'punctuation' | 'templates'> & { readonly vocabulary: Vocabulary },
): Promise<NoteContent> {
  const begun = startDictation({
    sections: NOTE_SECTIONS.map((section) => ({ ...section, text: '' })),
    vocabulary: vocabulary.map(({ term }) => term),
    templates: templates.map((template, place) => ({ ...template, id: String(place) })),
    automaticPunctuation: punctuation,
  });
  let written: Written = { note: begun.note, spans: [] };
  let dictation = begun;
  for (const { words } of utterances) {
    const { state, changes } = step(dictation, words);
    dictation = state;
    written = changes.reduce(followed, written);
    await othersTurn();
  }
  const { note, spans } = finalize(dictation).changes.reduce(followed, written);
  return contentOf(note, spans);
}

interface Written {
  readonly note: Note;
  readonly spans: readonly WordSpan[];
}

function followed(before: Written, change: DictationChange): Written {
  switch (change.kind) {
    case 'text':
      return { note: applied(before.note, change), spans: spansAfter(before.spans, before.note, change) };
    case 'move':
      return { ...before, note: applied(before.note, change) };
    // The recording goes on after "avsluta diktat": nothing that was said is left out for two words misheard.
    case 'stop':
    case 'refused':
      return before;
    default:
      return change satisfies never;
  }
}
