import type { TextChange } from '../contracts/dictation.ts';
import type { NoteContent, WordSpan } from '../contracts/notes.ts';
import type { Note } from '../dictation/note.ts';
import { NOTE_SECTIONS } from '../dictation/note-sections.ts';

type Spans = readonly WordSpan[];

/**
 * The way back from a note's text to its words, kept through a change of it. `before` is the note that the change is
 * made to.
 */
export function spansAfter(spans: Spans, before: Note, change: TextChange): WordSpan[] {
  const { sectionId, removed, inserted, removedAfter, insertedAfter } = change;
  const { text } = before.sections.find(({ id }) => id === sectionId)!;
  const at = text.length - before.at.charactersAfter;
  const from = at - removed.length;
  const to = at + removedAfter.length;
  const growth = inserted.length + insertedAfter.length - (to - from);
  const kept = spans.flatMap((span) => (span.sectionId === sectionId ? around(span, from, to, growth) : [span]));
  const added = change.spans
    .filter(({ start, end, wordIds }) => end > start && wordIds.length > 0)
    .map(({ start, end, wordIds }) => ({ sectionId, start: from + start, end: from + end, wordIds: [...wordIds] }));
  return [...kept, ...added];
}

/** What is left of a span when the stretch from `from` to `to` has other text. */
function around(span: WordSpan, from: number, to: number, growth: number): WordSpan[] {
  const parts = [
    { ...span, end: Math.min(span.end, from) },
    { ...span, start: Math.max(span.start, to) + growth, end: span.end + growth },
  ];
  return parts.filter(({ start, end }) => end > start);
}

/** The note as it is stored: every section, also those without text, in their order. */
export function contentOf(note: Note, spans: Spans): NoteContent {
  const order = new Map(NOTE_SECTIONS.map(({ id }, place) => [id, place]));
  return {
    sections: NOTE_SECTIONS.map(({ id, title }) => ({
      id,
      heading: title,
      text: note.sections.find((section) => section.id === id)?.text ?? '',
    })),
    spans: spans.toSorted(
      (one, other) => order.get(one.sectionId)! - order.get(other.sectionId)! || one.start - other.start,
    ),
  };
}
