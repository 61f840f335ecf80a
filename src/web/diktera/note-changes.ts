import { Fragment, type Node, Slice } from 'prosemirror-model';
import type { Transaction } from 'prosemirror-state';
import type { InsertionPoint, TextChange } from '../../contracts/dictation.ts';
import { schema } from './note-schema.ts';
import { stretchOf } from './note-text.ts';
import { sessionOfWord } from './word-ids.ts';

/**
 * Makes a change of dictation at the insertion point, and tells where that is afterwards. Dictated text carries the
 * stretch of sound that it came from.
 */
export function makeTextChange(tr: Transaction, at: InsertionPoint, change: TextChange): InsertionPoint {
  const { sectionId, charactersAfter } = at;
  const place = (after: number) => stretchOf(tr.doc, { sectionId, charactersAfter: after, charactersSelected: 0 }).from;
  const from = place(charactersAfter + change.removed.length);
  const to = place(charactersAfter - change.removedAfter.length);
  const lines = linesOf(change).map((content) => schema.node('paragraph', null, content));
  tr.replace(from, to, new Slice(Fragment.from(lines), 1, 1));
  return {
    sectionId,
    charactersAfter: charactersAfter - change.removedAfter.length + change.insertedAfter.length,
    charactersSelected: change.selectedAfter,
  };
}

/** The text nodes of each line that a change puts in. */
function linesOf({ inserted, insertedAfter, spans }: TextChange): Node[][] {
  const lines: Node[][] = [[]];
  const write = (text: string, marks: Node['marks']) => {
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) lines.push([]);
      if (line !== '') lines.at(-1)!.push(schema.text(line, marks));
    }
  };
  let written = 0;
  for (const { start, end, wordIds, startSeconds, endSeconds, probability } of spans) {
    write(inserted.slice(written, start), []);
    const session = sessionOfWord(wordIds[0]!);
    const spoken = schema.mark('spoken', { session, startSeconds, endSeconds, probability, wordIds });
    write(inserted.slice(start, end), [spoken]);
    written = end;
  }
  write(inserted.slice(written) + insertedAfter, []);
  return lines;
}
