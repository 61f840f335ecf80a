import { isHistoryTransaction } from 'prosemirror-history';
import type { Node } from 'prosemirror-model';
import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state';
import type { Mapping } from 'prosemirror-transform';
import type { EditorView } from 'prosemirror-view';
import { startsSentence } from '../../../dictation/casing.ts';
import { isDictated, type Sound } from '../../diktera/heard-words.ts';
import type { Stretch } from '../../diktera/note-text.ts';
import { speechKey } from '../../diktera/speech-point.ts';
import { Observable } from '../../observable.ts';
import { type Correction, correctionIn, countIn } from './correction.ts';
import { utteranceSoundAt } from './utterance-sound.ts';

/** Somebody who does not type for as long has written the word. */
const WRITTEN_MS = 1_500;

/** A recognised word that is being rewritten. */
interface Edit extends Stretch {
  readonly before: string;
  readonly sound: Sound | undefined;
}

export interface FoundCorrection extends Correction {
  /** Where the same stands elsewhere in the note. */
  readonly otherPlaces: number;
}

interface WatchState {
  readonly correction: FoundCorrection | undefined;
}

const SETTLED = 'settled';
const watchKey = new PluginKey<Edit | undefined>('corrections');

/** Notices when somebody rewrites a recognised word by hand. What becomes of that is for others. */
export class CorrectionWatch {
  readonly state = new Observable<WatchState>({ correction: undefined });
  readonly plugin: Plugin<Edit | undefined>;

  constructor() {
    this.plugin = new Plugin<Edit | undefined>({
      key: watchKey,
      state: { init: () => undefined, apply: (tr, edit, before) => editAfter(tr, edit, before) },
      view: () => this.#watcher(),
    });
  }

  /** Nobody wants to hear of it any more. */
  forget(): void {
    this.state.change({ correction: undefined });
  }

  #watcher() {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = (view: EditorView) => {
      clearTimeout(timer);
      const edit = watchKey.getState(view.state);
      if (!edit) return;
      const correction = correctionOf(edit, view.state.doc);
      view.dispatch(view.state.tr.setMeta(watchKey, SETTLED));
      if (correction) this.state.change({ correction });
    };
    return {
      update(view: EditorView, before: EditorState) {
        const edit = watchKey.getState(view.state);
        if (!edit) return clearTimeout(timer);
        const { head } = view.state.selection;
        if (head < edit.from || head > edit.to) {
          // Not within the update that tells of it.
          clearTimeout(timer);
          timer = setTimeout(() => settle(view));
        } else if (edit !== watchKey.getState(before)) {
          clearTimeout(timer);
          timer = setTimeout(() => settle(view), WRITTEN_MS);
        }
      },
      destroy: () => clearTimeout(timer),
    };
  }
}

function editAfter(tr: Transaction, edit: Edit | undefined, before: EditorState): Edit | undefined {
  if (tr.getMeta(watchKey) === SETTLED || isHistoryTransaction(tr)) return undefined;
  const changed = changedStretch(tr.mapping);
  if (!changed) return edit;
  const mapped = edit && follow(edit, tr.mapping);
  if (tr.getMeta(speechKey)) return mapped;
  const isSame = edit && changed.from <= edit.to && changed.to >= edit.from;
  return isSame ? mapped : editOf(before.doc, changed, tr.mapping);
}

/** What is written at the ends of the words belongs to them. */
function follow(edit: Edit, mapping: Mapping): Edit | undefined {
  const from = mapping.map(edit.from, -1);
  const to = mapping.map(edit.to, 1);
  return from < to ? { ...edit, from, to } : { ...edit, from, to: from };
}

/** The words that a change touches, if any of them were recognised. */
function editOf(doc: Node, changed: Stretch, mapping: Mapping): Edit | undefined {
  const $from = doc.resolve(changed.from);
  if (!$from.parent.isTextblock || changed.to > $from.end()) return undefined;
  const text = $from.parent.textContent;
  const start = $from.start();
  let from = changed.from - start;
  let to = changed.to - start;
  while (from > 0 && !isSpace(text[from - 1]!)) from--;
  while (to < text.length && !isSpace(text[to]!)) to++;
  const words = { from: start + from, to: start + to };
  if (!isDictated(doc, words)) return undefined;
  const sound = utteranceSoundAt(doc, words);
  return follow({ ...words, before: text.slice(from, to), sound }, mapping);
}

function correctionOf({ from, to, before, sound }: Edit, doc: Node): FoundCorrection | undefined {
  const $from = doc.resolve(from);
  const after = doc.textBetween(from, to, '\n');
  const textBefore = doc.textBetween($from.start(), from);
  const found = correctionIn({ before, after, startsSentence: startsSentence(textBefore) });
  if (!found) return undefined;
  const otherPlaces = countIn(doc.textBetween(0, doc.content.size, '\n'), found.heard);
  return { ...found, sound, otherPlaces };
}

function changedStretch({ maps }: Mapping): Stretch | undefined {
  let changed: Stretch | undefined;
  // Whatever is typed is one step; of several the first tells where.
  maps[0]?.forEach((from, to) => {
    changed = { from: Math.min(changed?.from ?? from, from), to: Math.max(changed?.to ?? to, to) };
  });
  return changed;
}

function isSpace(letter: string): boolean {
  return letter.trim() === '';
}
