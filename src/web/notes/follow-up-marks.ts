import type { Node } from 'prosemirror-model';
import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state';
import { Mapping } from 'prosemirror-transform';
import { Decoration, DecorationSet } from 'prosemirror-view';
import type { FollowUpCard } from '../../contracts/notes-api-cards.ts';
import type { Stretch } from '../diktera/note-text.ts';
import { stretchOfText } from './note-content.ts';

type MarkedCard = Pick<FollowUpCard, 'id' | 'state' | 'source' | 'isInText'>;

interface Mark extends Stretch {
  readonly id: string;
  readonly state: FollowUpCard['state'];
}

/** A text that the server has or gets, and what was changed since. */
interface Sent {
  readonly doc: Node;
  readonly since: Mapping;
}

interface MarksState {
  readonly marks: readonly Mark[];
  /** The card that is pointed at, here or beside the text. */
  readonly lit: string | undefined;
  /** Positions of cards count in the text of `saved`; `sending` is on its way. */
  readonly saved: Sent;
  readonly sending: Sent | undefined;
}

type MarksMeta =
  | { readonly kind: 'sending' | 'saved' }
  | { readonly kind: 'cards'; readonly cards: readonly MarkedCard[] }
  | { readonly kind: 'lit'; readonly id: string | undefined };

const marksKey = new PluginKey<MarksState>('follow-ups');

/** Keeps the words of follow-ups lit up in the text while it changes. */
export function followUpMarks(): Plugin<MarksState> {
  return new Plugin<MarksState>({
    key: marksKey,
    state: {
      init: (_config, { doc }) => ({ marks: [], lit: undefined, saved: sentNow(doc), sending: undefined }),
      apply: (tr, before) => withMeta(mapped(before, tr), tr),
    },
    props: { decorations: draw },
  });
}

/** The text that is shown now is being saved. */
export function markSending({ tr }: EditorState): Transaction {
  return withKind(tr, { kind: 'sending' });
}

/** What was being saved is what the server has. */
export function markSaved({ tr }: EditorState): Transaction {
  return withKind(tr, { kind: 'saved' });
}

/** Cards as the server tells them: their positions are those of the text that it has. */
export function markCards({ tr }: EditorState, cards: readonly MarkedCard[]): Transaction {
  return withKind(tr, { kind: 'cards', cards });
}

export function markLit({ tr }: EditorState, id: string | undefined): Transaction {
  return withKind(tr, { kind: 'lit', id });
}

/** The words of a card in the text, and the card of the words at a place. */
export function stretchOfCard(state: EditorState, id: string): Stretch | undefined {
  return marksKey.getState(state)?.marks.find((mark) => mark.id === id);
}

export function cardAt(state: EditorState, place: number): string | undefined {
  return marksKey.getState(state)?.marks.find(({ from, to }) => from <= place && place <= to)?.id;
}

function withKind(tr: Transaction, meta: MarksMeta): Transaction {
  return tr.setMeta(marksKey, meta);
}

function sentNow(doc: Node): Sent {
  return { doc, since: new Mapping() };
}

function mapped(before: MarksState, { docChanged, mapping }: Transaction): MarksState {
  if (!docChanged) return before;
  const marks = before.marks
    .map((mark) => ({ ...mark, from: mapping.map(mark.from, 1), to: mapping.map(mark.to, -1) }))
    .filter(({ from, to }) => to > from);
  const later = ({ doc, since }: Sent): Sent => {
    const longer = since.slice();
    longer.appendMapping(mapping);
    return { doc, since: longer };
  };
  return { ...before, marks, saved: later(before.saved), sending: before.sending && later(before.sending) };
}

function withMeta(state: MarksState, tr: Transaction): MarksState {
  const meta: MarksMeta | undefined = tr.getMeta(marksKey);
  if (!meta) return state;
  switch (meta.kind) {
    case 'sending':
      return { ...state, sending: sentNow(tr.doc) };
    case 'saved':
      return { ...state, saved: state.sending ?? sentNow(tr.doc), sending: undefined };
    case 'cards':
      return { ...state, marks: meta.cards.flatMap((card) => markOf(card, state.saved)) };
    case 'lit':
      return { ...state, lit: meta.id };
    default:
      return meta satisfies never;
  }
}

function markOf({ id, state, source, isInText }: MarkedCard, { doc, since }: Sent): Mark[] {
  const stretch = isInText ? stretchOfText(doc, source) : undefined;
  if (!stretch) return [];
  const from = since.map(stretch.from, 1);
  const to = since.map(stretch.to, -1);
  return to > from ? [{ id, state, from, to }] : [];
}

function draw(state: EditorState): DecorationSet {
  const { marks, lit } = marksKey.getState(state)!;
  const decorations = marks.map(({ id, state: cardState, from, to }) =>
    Decoration.inline(from, to, {
      class: `follow-up ${cardState}${id === lit ? ' lit' : ''}`,
      'data-follow-up': id,
    }),
  );
  return DecorationSet.create(state.doc, decorations);
}
