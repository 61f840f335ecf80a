import { baseKeymap } from 'prosemirror-commands';
import { closeHistory, history, redo, undo, undoDepth } from 'prosemirror-history';
import { keymap } from 'prosemirror-keymap';
import { Node } from 'prosemirror-model';
import { EditorState, type Plugin, TextSelection, type Transaction } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import type { DictatedWord, DictationChange } from '../../contracts/dictation.ts';
import { type DictationState, pendingText } from '../../dictation/reducer.ts';
import { messages } from '../messages.sv.ts';
import { beginNote, hear, isFollowing, moveTo, settle, typed, type Written, withSettings } from './note-dictation.ts';
import { noteOf, schema } from './note-schema.ts';
import { plainTextOf, type Stretch } from './note-text.ts';
import type { OwnSettings } from './own-settings.ts';
import { speechDrawing } from './speech-drawing.ts';
import {
  NOTHING_PROVISIONAL,
  type Provisional,
  type SpeechMeta,
  speechKey,
  speechOf,
  speechPoint,
} from './speech-point.ts';
import { isSpeechInView, keepSpeechInView } from './speech-view.ts';

export interface NoteEditorEvents {
  /** The note or the place of speech is another, by hand or by dictation. */
  onChange(isTyped: boolean): void;
  /** Dictation did something. */
  onDictated(changes: readonly DictationChange[]): void;
  /** The cursor was put elsewhere by hand while speech goes somewhere. */
  onCursorMoved(): void;
  /** A word that was dictated was clicked. */
  onWord(place: Stretch): void;
  /** Other text is selected, or none. */
  onSelected(): void;
}

/** What the editor begins with. */
export interface EditorParts {
  readonly settings: OwnSettings;
  readonly record?: NoteRecord | undefined;
  readonly plugins?: readonly Plugin[];
}

/** All that is needed to go on with a note on another day. */
export interface NoteRecord {
  readonly doc: unknown;
  readonly at: Stretch;
  readonly dictation: DictationState;
}

/** The note on the page: an editor, and the place in it where speech goes, which is not the cursor. */
export class NoteEditor {
  readonly #view: EditorView;
  readonly #events: NoteEditorEvents;
  #settings: OwnSettings;
  #dictation: DictationState;
  #partial: Provisional = NOTHING_PROVISIONAL;

  constructor(mount: HTMLElement, events: NoteEditorEvents, { settings, record, plugins = [] }: EditorParts) {
    this.#events = events;
    this.#settings = settings;
    const doc = record ? Node.fromJSON(schema, record.doc) : noteOf();
    const at = record?.at ?? { from: firstPlace(doc), to: firstPlace(doc) };
    const state = EditorState.create({
      doc,
      selection: TextSelection.create(doc, at.from, at.to),
      plugins: [
        speechPoint(at),
        speechDrawing(),
        history(),
        keymap({ 'Mod-z': undo, 'Mod-y': redo, 'Mod-Shift-z': redo, 'Shift-Enter': baseKeymap.Enter! }),
        keymap(baseKeymap),
        ...plugins,
      ],
    });
    this.#dictation = record ? withSettings(state, record.dictation, settings) : beginNote(state, settings);
    this.#view = new EditorView(mount, {
      state,
      attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': messages.note, lang: 'sv' },
      dispatchTransaction: (tr) => this.#apply(tr),
      // No text of the database holds it.
      transformPastedText: (text) => text.replaceAll('\0', ''),
      handleClick: (_view, position) => this.#onClick(position),
      handleDOMEvents: { mousedown: (_view, event) => this.#onPress(event) },
      // Room for the bar at the top and the messages at the bottom.
      scrollThreshold: { top: 128, right: 0, bottom: 24, left: 0 },
      scrollMargin: { top: 136, right: 0, bottom: 112, left: 0 },
    });
  }

  get state(): EditorState {
    return this.#view.state;
  }

  get text(): string {
    return plainTextOf(this.#view.state.doc);
  }

  get isEmpty(): boolean {
    return this.text === '';
  }

  get canUndo(): boolean {
    return undoDepth(this.#view.state) > 0;
  }

  get record(): NoteRecord {
    const { doc } = this.#view.state;
    return { doc: doc.toJSON(), at: speechOf(this.#view.state).at, dictation: this.#dictation };
  }

  /** Whether the cursor stands where speech goes. */
  get isFollowing(): boolean {
    const { state } = this.#view;
    return isFollowing(state, speechOf(state).at);
  }

  /** Other words and templates, from now on. */
  takeSettings(settings: OwnSettings): void {
    this.#settings = settings;
    this.#dictation = withSettings(this.#view.state, this.#dictation, settings);
  }

  hear(words: readonly DictatedWord[]): void {
    this.#partial = NOTHING_PROVISIONAL;
    this.#write(hear(this.#view.state, this.#dictation, words));
  }

  /** Writes words that waited for what would follow. */
  settle(): void {
    if (this.#dictation.pending.length > 0) this.#write(settle(this.#view.state, this.#dictation));
  }

  /** Lets speech go on where the cursor is. */
  speakAtCursor(): void {
    const { state } = this.#view;
    if (!this.isFollowing) this.#write(moveTo(state, this.#dictation, state.selection));
  }

  showProvisional(partial: Provisional): void {
    this.#partial = partial;
    this.#draw({});
  }

  /** Whether the place where speech goes is drawn. */
  showPlace(isShown: boolean): void {
    this.#draw({ isShown });
  }

  /** Puts the cursor at the end of a section, so many after the one that it is in. */
  goToSection(by: number): void {
    const { doc, selection } = this.#view.state;
    const index = Math.min(doc.childCount - 1, Math.max(0, selection.$head.index(0) + by));
    this.#putCursor(sectionEnd(doc, index));
  }

  /** The sound of the word at the cursor. */
  hearWordAtCursor(): void {
    this.#onClick(this.#view.state.selection.head);
  }

  undo(): void {
    undo(this.#view.state, this.#view.dispatch);
  }

  /** An empty note; can be undone. */
  clear(): void {
    const { state } = this.#view;
    const tr = closeHistory(state.tr).replaceWith(0, state.doc.content.size, noteOf().children);
    const place = firstPlace(tr.doc);
    tr.setSelection(TextSelection.create(tr.doc, place));
    const meta: SpeechMeta = { at: { from: place, to: place } };
    this.#view.dispatch(tr.setMeta(speechKey, meta));
    this.#dictation = beginNote(this.#view.state, this.#settings);
    this.showProvisional(NOTHING_PROVISIONAL);
  }

  /** Another note: nothing of the one before is left, nor of its history. */
  open(doc: Node): void {
    const at = { from: firstPlace(doc), to: firstPlace(doc) };
    const selection = TextSelection.create(doc, at.from);
    const state = EditorState.create({ doc, selection, plugins: this.#view.state.plugins });
    const meta: SpeechMeta = { at };
    this.#view.updateState(state.apply(state.tr.setMeta(speechKey, meta)));
    this.#dictation = beginNote(this.#view.state, this.#settings);
    this.showProvisional(NOTHING_PROVISIONAL);
  }

  /** Whether it can be written in by hand. */
  setWritable(isWritable: boolean): void {
    this.#view.setProps({ editable: () => isWritable });
  }

  /** Makes a change or a drawing that is neither dictation nor typing of its own. */
  dispatch(make: (state: EditorState) => Transaction): void {
    this.#view.dispatch(make(this.#view.state));
  }

  /** Puts the cursor after some words and brings them into view. */
  show({ to }: Stretch): void {
    this.#putCursor(to);
  }

  /** The text takes the focus. */
  enter(): void {
    this.#view.focus();
  }

  /** Takes the focus from nowhere, but from nobody. */
  focus(): void {
    const { activeElement } = document;
    if (activeElement === null || activeElement === document.body) this.#view.focus();
  }

  #apply(tr: Transaction): void {
    const before = this.#view.state;
    const state = before.apply(tr);
    this.#view.updateState(state);
    if (tr.getMeta(speechKey)) return;
    if (tr.docChanged) this.#dictation = typed(state, this.#dictation);
    else if (!state.selection.eq(before.selection) && state.selection.empty) this.#events.onCursorMoved();
    if (!state.selection.eq(before.selection)) this.#events.onSelected();
    if (tr.docChanged) this.#events.onChange(true);
  }

  #write({ dictation, tr, changes }: Written): void {
    this.#dictation = dictation;
    const isAskedFor = changes.some(({ kind }) => kind === 'move');
    if (this.isFollowing && (isAskedFor || isSpeechInView(this.#view))) tr.scrollIntoView();
    this.#view.dispatch(tr);
    this.#draw({});
    this.#events.onDictated(changes);
    this.#events.onChange(false);
  }

  #draw(change: SpeechMeta): void {
    const { stable, tail } = this.#partial;
    const provisional = { stable: `${pendingText(this.#dictation).trim()} ${stable.trim()}`.trim(), tail };
    const meta: SpeechMeta = { provisional, ...change };
    const wasInView = this.isFollowing && isSpeechInView(this.#view);
    this.#view.dispatch(this.#view.state.tr.setMeta(speechKey, meta));
    if (wasInView) keepSpeechInView(this.#view);
  }

  #onClick(position: number): boolean {
    const { doc, selection } = this.#view.state;
    const at = doc.resolve(position);
    if (selection.empty && schema.marks.spoken!.isInSet(at.marks())) {
      const from = position - at.textOffset;
      this.#events.onWord({ from, to: from + at.parent.child(at.index()).nodeSize });
    }
    return false;
  }

  /** A heading is a way to the end of its section. */
  #onPress(event: MouseEvent): boolean {
    const heading = event.target instanceof Element && event.target.closest('.note-section > h2');
    if (!heading) return false;
    event.preventDefault();
    this.#putCursor(sectionEnd(this.#view.state.doc, [...this.#view.dom.children].indexOf(heading.parentElement!)));
    return true;
  }

  #putCursor(position: number): void {
    const { tr, doc } = this.#view.state;
    this.#view.dispatch(tr.setSelection(TextSelection.create(doc, position)).scrollIntoView());
    this.#view.focus();
  }
}

function firstPlace(doc: Node): number {
  return sectionEnd(doc, 0);
}

/** The last place for text in a section. */
function sectionEnd(doc: Node, index: number): number {
  const before = doc.children.slice(0, index).reduce((sum, section) => sum + section.nodeSize, 0);
  return before + doc.child(index).nodeSize - 2;
}
