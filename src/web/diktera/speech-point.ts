import { isHistoryTransaction } from 'prosemirror-history';
import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state';
import type { Mapping } from 'prosemirror-transform';
import { schema } from './note-schema.ts';
import type { Stretch } from './note-text.ts';

/** Words that are not committed: the firmer part, and the rest that may still change. */
export interface Provisional {
  readonly stable: string;
  readonly tail: string;
}

export const NOTHING_PROVISIONAL: Provisional = { stable: '', tail: '' };

interface SpeechState {
  /** Where dictated text goes; with length where it replaces an empty field. */
  readonly at: Stretch;
  readonly provisional: Provisional;
  /** Whether the place is drawn even when there are no words to draw. */
  readonly isShown: boolean;
}

export const speechKey = new PluginKey<SpeechState>('speech');

/** What a transaction of dictation carries; one without it was made by hand. */
export type SpeechMeta = Partial<SpeechState>;

export function speechOf(state: EditorState): SpeechState {
  return speechKey.getState(state)!;
}

/** Keeps the place where speech goes while other text changes, and what was not committed yet there. */
export function speechPoint(at: Stretch): Plugin<SpeechState> {
  return new Plugin<SpeechState>({
    key: speechKey,
    state: {
      init: () => ({ at, provisional: NOTHING_PROVISIONAL, isShown: false }),
      apply(tr, before) {
        // What is typed right at the place comes before what is said next.
        const mapped = { from: tr.mapping.map(before.at.from, 1), to: tr.mapping.map(before.at.to, 1) };
        const meta: SpeechMeta = tr.getMeta(speechKey) ?? {};
        return { ...before, at: mapped, ...meta };
      },
    },
    appendTransaction: forgetCorrectedWords,
  });
}

/** Text that was corrected by hand is no longer what was heard: it loses its sound and its doubt. */
function forgetCorrectedWords(transactions: readonly Transaction[], _before: EditorState, state: EditorState) {
  const typed = transactions.find((tr) => tr.docChanged && !tr.getMeta(speechKey) && !isHistoryTransaction(tr));
  if (!typed) return null;
  const { from, to } = changedStretch(typed.mapping);
  const tr = state.tr;
  state.doc.nodesBetween(Math.max(0, from - 1), Math.min(state.doc.content.size, to + 1), (node, position) => {
    const end = position + node.nodeSize;
    const isTouched = from === to ? position < from && end > from : position < to && end > from;
    if (isTouched && node.isText) tr.removeMark(position, end, schema.marks.spoken);
  });
  return tr.docChanged ? tr : null;
}

function changedStretch(mapping: Mapping): Stretch {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const [index, map] of mapping.maps.entries()) {
    const later = mapping.slice(index + 1);
    map.forEach((_oldFrom, _oldTo, newFrom, newTo) => {
      from = Math.min(from, later.map(newFrom, -1));
      to = Math.max(to, later.map(newTo, 1));
    });
  }
  return { from, to };
}
