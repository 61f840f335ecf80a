import { Fragment } from 'prosemirror-model';
import type { EditorState, Transaction } from 'prosemirror-state';
import type { NoteContent } from '../../contracts/notes.ts';
import { documentOf } from './note-content.ts';

/** Puts other texts into the sections that differ from them; can be undone, and what is the same keeps its sound. */
export function takeTexts({ tr, doc }: EditorState, sections: NoteContent['sections']): Transaction {
  const target = documentOf({ sections, spans: [] });
  let place = doc.content.size;
  for (let index = doc.childCount - 1; index >= 0; index--) {
    const before = doc.child(index);
    const after = target.child(index);
    place -= before.nodeSize;
    const isSame = before.textBetween(0, before.content.size, '\n') === after.textBetween(0, after.content.size, '\n');
    if (!isSame) tr.replaceWith(place + 1, place + before.nodeSize - 1, Fragment.from(after.content));
  }
  return tr;
}
