import type { Node } from 'prosemirror-model';
import { hasSound, Spoken, schema } from '../diktera/note-schema.ts';
import type { Stretch } from '../diktera/note-text.ts';

/** The sound of the words in a stretch of the note: from the first to the last of one session; undefined for none. */
export function soundOf(
  doc: Node,
  { from, to }: Stretch,
): Pick<Spoken, 'session' | 'startSeconds' | 'endSeconds'> | undefined {
  const words: Spoken[] = [];
  doc.nodesBetween(from, to, ({ marks }) => {
    const mark = schema.marks.spoken!.isInSet(marks);
    const spoken = mark && Spoken.parse(mark.attrs);
    if (spoken && hasSound(spoken)) words.push(spoken);
  });
  const [first] = words;
  if (!first) return undefined;
  const together = words.filter(({ session }) => session === first.session);
  return {
    session: first.session,
    startSeconds: Math.min(...together.map(({ startSeconds }) => startSeconds)),
    endSeconds: Math.max(...together.map(({ endSeconds }) => endSeconds)),
  };
}
