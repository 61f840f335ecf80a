import type { Node } from 'prosemirror-model';
import { hasSound, Spoken, schema } from './note-schema.ts';
import type { Stretch } from './note-text.ts';

/** A stretch of the sound of one session. */
export type Sound = Pick<Spoken, 'session' | 'startSeconds' | 'endSeconds'>;

/** Whether any of a stretch was dictated. */
export function isDictated(doc: Node, stretch: Stretch): boolean {
  return spokenIn(doc, stretch).length > 0;
}

/**
 * The sound of the words in a stretch of the note, from the first to the last of one session; undefined where the page
 * knows of none: of text that came from the server it does not.
 */
export function soundOf(doc: Node, stretch: Stretch): Sound | undefined {
  const words = spokenIn(doc, stretch).filter(hasSound);
  const [first] = words;
  if (!first) return undefined;
  const together = words.filter(({ session }) => session === first.session);
  return {
    session: first.session,
    startSeconds: Math.min(...together.map(({ startSeconds }) => startSeconds)),
    endSeconds: Math.max(...together.map(({ endSeconds }) => endSeconds)),
  };
}

function spokenIn(doc: Node, { from, to }: Stretch): Spoken[] {
  const words: Spoken[] = [];
  doc.nodesBetween(from, to, ({ marks }) => {
    const mark = schema.marks.spoken!.isInSet(marks);
    if (mark) words.push(Spoken.parse(mark.attrs));
  });
  return words;
}
