import { closeHistory } from 'prosemirror-history';
import { type EditorState, TextSelection, type Transaction } from 'prosemirror-state';
import type { DictatedWord, DictationChange, InsertionPoint } from '../../contracts/dictation.ts';
import { NOTE_SECTIONS } from '../../dictation/note-sections.ts';
import {
  type DictationState,
  finalize,
  type Step,
  startDictation,
  step,
  withInsertionPoint,
  withTypedEdit,
} from '../../dictation/reducer.ts';
import { makeTextChange } from './note-changes.ts';
import { insertionPointAt, type Stretch, sectionsOf, stretchOf } from './note-text.ts';
import { type OwnSettings, templatesOf, wordsOf } from './own-settings.ts';
import { type SpeechMeta, speechKey, speechOf } from './speech-point.ts';

/**
 * One step of dictation as the editor makes it. The functions here keep the reducer's idea of the note and the editor's
 * document the same: states in, states and transactions out.
 */
export interface Written {
  readonly dictation: DictationState;
  readonly tr: Transaction;
  readonly changes: readonly DictationChange[];
}

export function beginNote(editor: EditorState, settings: OwnSettings): DictationState {
  const texts = sectionsOf(editor.doc);
  return startDictation({
    sections: NOTE_SECTIONS.map((name, index) => ({ ...name, text: texts[index]!.text })),
    at: insertionPointAt(editor.doc, speechOf(editor).at),
    templates: templatesOf(settings),
    vocabulary: wordsOf(settings),
  });
}

/** The same dictation with other templates and other words that are written just so. */
export function withSettings(editor: EditorState, dictation: DictationState, settings: OwnSettings): DictationState {
  const { templates, vocabulary } = beginNote(editor, settings);
  return { ...dictation, templates, vocabulary };
}

/** Writes committed words. */
export function hear(editor: EditorState, dictation: DictationState, words: readonly DictatedWord[]): Written {
  return written(editor, step(dictation, words));
}

/** Writes the words that waited for what would follow. */
export function settle(editor: EditorState, dictation: DictationState): Written {
  return written(editor, finalize(dictation));
}

/** Speech goes on at another place; words that waited are written where they were said. */
export function moveTo(editor: EditorState, dictation: DictationState, place: Stretch): Written {
  return written(editor, withInsertionPoint(dictation, insertionPointAt(editor.doc, place)));
}

/** Somebody typed, undid or pasted: the reducer learns what the note is now. */
export function typed(editor: EditorState, dictation: DictationState): DictationState {
  return withTypedEdit(dictation, sectionsOf(editor.doc), insertionPointAt(editor.doc, speechOf(editor).at));
}

/** Whether the cursor stands where speech goes, and is to stay with it. */
export function isFollowing({ selection }: Pick<EditorState, 'selection'>, at: Stretch): boolean {
  return selection.from === at.from && selection.to === at.to;
}

function written(editor: EditorState, { state, changes }: Step): Written {
  const tr = closeHistory(editor.tr);
  const { at: before } = speechOf(editor);
  let at: InsertionPoint = insertionPointAt(editor.doc, before);
  for (const change of changes) {
    if (change.kind === 'text') at = makeTextChange(tr, at, change);
    else if (change.kind === 'move') at = change.to;
  }
  const place = stretchOf(tr.doc, at);
  const meta: SpeechMeta = { at: place };
  tr.setMeta(speechKey, meta);
  if (isFollowing(editor, before)) tr.setSelection(TextSelection.create(tr.doc, place.from, place.to));
  return { dictation: state, tr, changes };
}
