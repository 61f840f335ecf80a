import type { NoteContent } from '../../contracts/notes.ts';
import type { NoteView, SavedText } from '../../contracts/notes-api.ts';
import type { DictationController } from '../diktera/dictation-controller.ts';
import type { KnownNote } from '../diktera/known-note.ts';
import type { Stretch } from '../diktera/note-text.ts';
import type { Committed } from '../live/live-events.ts';
import type { Heard, LiveSession } from '../live/live-store.ts';
import { NOTE_MESSAGES } from '../messages/notes.sv.ts';
import type { Observable } from '../observable.ts';
import { PageError } from '../page-error.ts';
import type { DeskState } from './desk-state.ts';
import { markCards, markSaved, markSending } from './follow-up-marks.ts';
import type { Merged } from './merge-sections.ts';
import { contentOf, documentOf, sectionTextsOf, textBetween } from './note-content.ts';
import { NoteSaver } from './note-saver.ts';
import type { NotesClient } from './notes-client.ts';
import { takeTexts } from './take-texts.ts';
import { UtteranceSender } from './utterance-sender.ts';

const RESUME_AGAIN_MS = 5000;

interface OpenNoteParts {
  readonly client: NotesClient;
  readonly controller: DictationController;
  readonly state: Observable<DeskState>;
  onFailure(error: unknown): void;
}

/** The note that is in the editor: keeps what is written there, in the browser and on the server the same. */
export class OpenNote {
  readonly #parts: OpenNoteParts;
  readonly #utterances: UtteranceSender;
  #saver: NoteSaver | undefined;
  #noteId: string | undefined;

  constructor(parts: OpenNoteParts) {
    this.#parts = parts;
    this.#utterances = new UtteranceSender((utterances) => parts.client.tellHeard(this.#noteId!, utterances));
  }

  get known(): KnownNote | undefined {
    return this.#noteId === undefined || !this.#saver ? undefined : { noteId: this.#noteId, ...this.#saver.known };
  }

  /** Whether the server lacks something of what is shown. */
  get isDirty(): boolean {
    return this.#saver?.isDirty !== false;
  }

  /** Saves now. The version of the text on the server when that is all that is here. */
  async flush(): Promise<number | undefined> {
    return (await this.#saver?.flush()) ? this.#saver?.known.version : undefined;
  }

  /** Something was written: it is saved soon. */
  changed(): void {
    this.#saver?.changed();
  }

  retry(): void {
    this.#saver?.retry();
  }

  stop(): void {
    this.#saver?.stop();
  }

  heard(session: LiveSession, heard: Heard, committed: Committed): void {
    this.#utterances.push(session, heard, committed);
  }

  /** The sound of words that the server has; undefined for words of which it has nothing. Throws PageError. */
  async soundAt(place: Stretch): Promise<ArrayBuffer | undefined> {
    if (this.#noteId === undefined) return undefined;
    // Places count in the text that the server has.
    if (this.isDirty && (await this.flush()) === undefined) throw new PageError('CONNECTION');
    const words = textBetween(this.#parts.controller.editor.state.doc, place);
    return words && this.#parts.client.sound(this.#noteId, words);
  }

  /** Text that the server refuses for good, which was told, holds nobody back. */
  async mayBeLeft(): Promise<boolean> {
    if (!this.#saver) return this.#noteId === undefined;
    return (await this.#saver.flush()) || this.#parts.state.get().save === 'refused';
  }

  /** Puts a note into the editor as the server has it. */
  async show(note: NoteView): Promise<void> {
    const { controller } = this.#parts;
    this.#saver?.stop();
    this.#saver = undefined;
    this.#utterances.clear();
    this.#noteId = note.id;
    const { content } = note.text;
    await controller.open(documentOf(content));
    this.#join(note, content.sections);
    if (note.may.write) controller.editor.enter();
  }

  /** The note of an earlier visit with what was written there since; once the server answers. */
  async resume(found: KnownNote): Promise<void> {
    const { client, controller, state } = this.#parts;
    this.#noteId = found.noteId;
    state.change({ isOpening: true });
    try {
      const note = await client.note(found.noteId);
      const isUnsent = !sameTexts(found.sections, sectionTextsOf(controller.editor.state.doc));
      if (!isUnsent && note.text.version !== found.version) await this.show(note);
      else {
        this.#join(note, found.sections, found.version);
        if (isUnsent) controller.state.change({ notice: NOTE_MESSAGES.unsent });
      }
    } catch (error) {
      const { code } = PageError.from(error);
      if (code !== 'CONNECTION') {
        this.#noteId = undefined;
        return this.#parts.onFailure(error);
      }
      setTimeout(() => void this.resume(found), RESUME_AGAIN_MS);
    } finally {
      state.change({ isOpening: false });
    }
  }

  /** The cards of the note in its text. */
  showCards(): void {
    const { controller, state } = this.#parts;
    const { note } = state.get();
    if (note) controller.editor.dispatch((editor) => markCards(editor, note.followUps));
  }

  #join(note: NoteView, sections: NoteContent['sections'], version = note.text.version): void {
    const { client, controller, state, onFailure } = this.#parts;
    const { editor } = controller;
    state.change({ note, save: 'saved', isLeftShown: false, selected: '' });
    editor.setWritable(note.may.write);
    this.#saver = new NoteSaver({
      noteId: note.id,
      known: { version: version ?? 0, sections },
      client: {
        note: (id) => client.note(id),
        saveText: async (id, known, content) => {
          await this.#utterances.flush();
          return client.saveText(id, known, content);
        },
      },
      content: () => contentOf(editor.state.doc),
      onSending: () => editor.dispatch(markSending),
      onSaved: (saved) => this.#onSaved(saved),
      onMerged: (merged) => this.#onMerged(merged),
      onState: (save) => state.change({ save }),
      onRefused: (code) => onFailure(new PageError(code)),
    });
    editor.dispatch(markSaved);
    this.showCards();
    controller.keep();
    if (note.may.write && !sameTexts(sections, sectionTextsOf(editor.state.doc))) this.#saver.changed();
  }

  #onSaved({ version, denials, setAside, followUps, left }: SavedText): void {
    const { controller, state } = this.#parts;
    const { note } = state.get();
    if (!note) return;
    controller.editor.dispatch(markSaved);
    state.change({ note: { ...note, followUps, left, text: { ...note.text, version, denials, setAside } } });
    this.showCards();
    controller.keep();
  }

  #onMerged({ sections, clashes }: Merged): void {
    const { editor, state } = this.#parts.controller;
    editor.dispatch((before) => takeTexts(before, sections));
    state.change({ notice: NOTE_MESSAGES.merged(clashes) });
  }
}

function sameTexts(one: NoteContent['sections'], other: NoteContent['sections']): boolean {
  const textsOf = (sections: NoteContent['sections']) =>
    JSON.stringify(sections.filter(({ text }) => text !== '').map(({ id, text }) => [id, text]));
  return textsOf(one) === textsOf(other);
}
