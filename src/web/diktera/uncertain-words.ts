import type { Node } from 'prosemirror-model';
import { type EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import { UNCERTAIN_PROBABILITY } from '../../contracts/confidence.ts';
import { messages } from '../messages.sv.ts';
import type { DictationController } from './dictation-controller.ts';
import { schema } from './note-schema.ts';
import type { Stretch } from './note-text.ts';

/** Takes whoever reads the note to the next word that the recogniser itself is in doubt about, or says that there is none. */
export function goToNextUncertain({ editor, state }: DictationController): void {
  const selecting = selectNextUncertain(editor.state);
  if (!selecting) {
    state.change({ notice: messages.noUncertainWord });
    return;
  }
  editor.dispatch(() => selecting);
  editor.enter();
}

/** Selects the first uncertain word after the beginning of the selection, or the first of all after the last. */
export function selectNextUncertain({ doc, selection, tr }: EditorState): Transaction | undefined {
  const words = uncertainWords(doc);
  const next = words.find(({ from }) => from > selection.from) ?? words[0];
  return next && tr.setSelection(TextSelection.create(doc, next.from, next.to)).scrollIntoView();
}

function uncertainWords(doc: Node): readonly Stretch[] {
  const words: Stretch[] = [];
  doc.descendants((node, from) => {
    const spoken = schema.marks.spoken!.isInSet(node.marks);
    if (spoken && spoken.attrs.probability < UNCERTAIN_PROBABILITY) words.push({ from, to: from + node.nodeSize });
  });
  return words;
}
