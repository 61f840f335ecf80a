import type { NoteContent } from '../../contracts/notes.ts';
import type { NoteView, SavedText, Visit } from '../../contracts/notes-api.ts';
import type { FollowUpCard } from '../../contracts/notes-api-cards.ts';
import type { DictationController } from '../diktera/dictation-controller.ts';
import type { KnownNote } from '../diktera/known-note.ts';
import type { NoteKeeper } from '../diktera/opened.ts';
import { Observable } from '../diktera/page-state.ts';
import type { Committed } from '../live/live-events.ts';
import type { Heard } from '../live/live-store.ts';
import { NOTE_MESSAGES } from '../messages/notes.sv.ts';
import { PageError } from '../page-error.ts';
import { startLiveHints } from '../queue/live-hints.ts';
import { noteUse } from '../shell/idle.ts';
import { type DeskState, FIRST_DESK, isWritable } from './desk-state.ts';
import { cardAt, followUpMarks, markCards, markLit, markSaved, markSending, stretchOfCard } from './follow-up-marks.ts';
import { followUpPointing } from './follow-up-pointing.ts';
import { soundOf } from './heard-words.ts';
import type { Merged } from './merge-sections.ts';
import { contentOf, documentOf, sectionTextsOf, textBetween } from './note-content.ts';
import { NoteDecisions } from './note-decisions.ts';
import { NoteSaver } from './note-saver.ts';
import type { NotesClient } from './notes-client.ts';
import { takeTexts } from './take-texts.ts';
import { UtteranceSender } from './utterance-sender.ts';

const RESUME_AGAIN_MS = 5000;

/** A clinician's work with notes: which one is open, and what becomes of its text and its follow-ups. */
export class NoteDesk implements NoteKeeper {
  readonly state = new Observable<DeskState>(FIRST_DESK);
  readonly plugins = [followUpMarks(), followUpPointing((id) => this.point(id))];
  readonly decisions: NoteDecisions;
  readonly #client: NotesClient;
  readonly #utterances: UtteranceSender;
  #controller: DictationController | undefined;
  #saver: NoteSaver | undefined;
  #noteId: string | undefined;

  constructor(client: NotesClient) {
    this.#client = client;
    this.decisions = new NoteDecisions(this, client);
    this.#utterances = new UtteranceSender((utterances) => client.tellHeard(this.#noteId!, utterances));
  }

  get isWritable(): boolean {
    return isWritable(this.state.get());
  }

  /** Nothing is written while this is done; nor afterwards, unless it fails. */
  async locked(change: () => Promise<unknown>): Promise<void> {
    const { editor } = this.#controller!;
    editor.setWritable(false);
    await change().catch((error: unknown) => {
      editor.setWritable(true);
      throw error;
    });
  }

  /** Pauses, and has all that was said written. False when that takes too long. */
  finish(): Promise<boolean> {
    return this.#controller!.finish();
  }

  /** Saves now. The version of the text on the server when that is all that is here. */
  async flush(): Promise<number | undefined> {
    return (await this.#saver?.flush()) ? this.#saver?.known.version : undefined;
  }

  /** The words that are selected, by their place in the note's text. */
  get selection(): { start: number; end: number } | undefined {
    const { state } = this.#controller!.editor;
    return textBetween(state.doc, state.selection);
  }

  notify(notice: string): void {
    this.#controller!.state.change({ notice, failure: undefined });
  }

  get known(): KnownNote | undefined {
    return this.#noteId === undefined || !this.#saver ? undefined : { noteId: this.#noteId, ...this.#saver.known };
  }

  /** Goes on with the note that an earlier visit to the page left. Gives what ends the work. */
  begin(controller: DictationController): () => void {
    this.#controller = controller;
    controller.editor.setWritable(false);
    const { found } = controller;
    if (found) void this.#resume(found);
    const endHints = startLiveHints(() => this.#onHint());
    void this.refreshList();
    const onOnline = () => this.#saver?.retry();
    addEventListener('online', onOnline);
    return () => {
      endHints();
      removeEventListener('online', onOnline);
      this.#saver?.stop();
    };
  }

  async refreshList(): Promise<void> {
    try {
      this.state.change({ worklist: await this.#client.worklist(), hasListFailed: false });
    } catch {
      this.state.change({ hasListFailed: true });
    }
  }

  /** The visit's note, which is begun if there is none. */
  async openVisit({ encounterId, patient, note }: Visit): Promise<void> {
    await this.#open(async () => note?.id ?? (await this.#client.create({ patientId: patient.id, encounterId })).id);
  }

  async openNote(id: string): Promise<void> {
    await this.#open(async () => id);
  }

  /** Lights up a card and its words. */
  point(id: string | undefined): void {
    if (this.state.get().lit === id) return;
    this.state.change({ lit: id });
    this.#controller?.editor.dispatch((editor) => markLit(editor, id));
  }

  showWords({ id }: Pick<FollowUpCard, 'id'>): void {
    const { editor } = this.#controller!;
    const stretch = stretchOfCard(editor.state, id);
    if (stretch) editor.show(stretch);
  }

  canHear({ id }: Pick<FollowUpCard, 'id'>): boolean {
    return this.#soundOf(id) !== undefined;
  }

  hear({ id }: Pick<FollowUpCard, 'id'>): void {
    const sound = this.#soundOf(id);
    if (sound) void this.#controller!.play(sound);
  }

  onNote(): void {
    if (!this.#saver || !this.isWritable) return;
    noteUse();
    this.#saver.changed();
    this.onSelected();
  }

  onSelected(): void {
    const { state } = this.#controller!.editor;
    const words = textBetween(state.doc, state.selection)?.text.trim() ?? '';
    if (words !== this.state.get().selected) this.state.change({ selected: words });
    this.point(cardAt(state, state.selection.head));
  }

  onHeard(localId: string, heard: Heard, committed: Committed): void {
    this.#utterances.push(localId, heard, committed);
  }

  get note(): NoteView {
    return this.state.get().note!;
  }

  /** Others work too: a question may be answered. */
  #onHint(): void {
    void this.refreshList();
    const isWaiting = this.state.get().note?.followUps.some(({ state }) => state === 'asked');
    if (isWaiting && this.#saver?.isDirty === false) void this.decisions.refresh();
  }

  #soundOf(id: string) {
    if (!this.#controller) return undefined;
    const { state } = this.#controller.editor;
    const stretch = stretchOfCard(state, id);
    return stretch && soundOf(state.doc, stretch);
  }

  /** One note takes another's place only when all of the first is written and saved. */
  async #open(noteIdOf: () => Promise<string>): Promise<void> {
    const controller = this.#controller!;
    if (this.state.get().isOpening) return;
    controller.state.change({ failure: undefined, notice: '' });
    this.state.change({ isOpening: true });
    try {
      if (!(await this.finish())) throw new PageError('SWITCH_SPEAKING');
      if (!(await this.#mayLeave())) throw new PageError('SWITCH_UNSAVED');
      await this.#show(await this.#client.note(await noteIdOf()));
      void this.refreshList();
    } catch (error) {
      this.fail(error);
    } finally {
      this.state.change({ isOpening: false });
    }
  }

  /** Text that the server refuses for good, which was told, holds nobody back. */
  async #mayLeave(): Promise<boolean> {
    if (!this.#saver) return this.#noteId === undefined;
    return (await this.#saver.flush()) || this.state.get().save === 'refused';
  }

  async #show(note: NoteView): Promise<void> {
    const controller = this.#controller!;
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
  async #resume(found: KnownNote): Promise<void> {
    const controller = this.#controller!;
    this.#noteId = found.noteId;
    this.state.change({ isOpening: true });
    try {
      const note = await this.#client.note(found.noteId);
      const isUnsent = !sameTexts(found.sections, sectionTextsOf(controller.editor.state.doc));
      if (!isUnsent && note.text.version !== found.version) await this.#show(note);
      else {
        this.#join(note, found.sections, found.version);
        if (isUnsent) controller.state.change({ notice: NOTE_MESSAGES.unsent });
      }
    } catch (error) {
      const { code } = PageError.from(error);
      if (code !== 'CONNECTION') {
        this.#noteId = undefined;
        return this.fail(error);
      }
      setTimeout(() => void this.#resume(found), RESUME_AGAIN_MS);
    } finally {
      this.state.change({ isOpening: false });
    }
  }

  #join(note: NoteView, sections: NoteContent['sections'], version = note.text.version): void {
    const controller = this.#controller!;
    const { editor } = controller;
    this.state.change({ note, save: 'saved', isLeftShown: false, selected: '' });
    editor.setWritable(note.may.write);
    this.#saver = new NoteSaver({
      noteId: note.id,
      known: { version: version ?? 0, sections },
      client: {
        note: (id) => this.#client.note(id),
        saveText: async (id, known, content) => {
          await this.#utterances.flush();
          return this.#client.saveText(id, known, content);
        },
      },
      content: () => contentOf(editor.state.doc),
      onSending: () => editor.dispatch(markSending),
      onSaved: (saved) => this.#onSaved(saved),
      onMerged: (merged) => this.#onMerged(merged),
      onState: (save) => this.state.change({ save }),
      onRefused: (code) => this.fail(new PageError(code)),
    });
    editor.dispatch(markSaved);
    this.showCards();
    controller.keep();
    if (note.may.write && !sameTexts(sections, sectionTextsOf(editor.state.doc))) this.#saver.changed();
  }

  #onSaved({ version, denials, followUps, left }: SavedText): void {
    const { note } = this.state.get();
    if (!note) return;
    this.#controller!.editor.dispatch(markSaved);
    this.state.change({ note: { ...note, followUps, left, text: { ...note.text, version, denials } } });
    this.showCards();
    this.#controller!.keep();
  }

  #onMerged({ sections, clashes }: Merged): void {
    const { editor, state } = this.#controller!;
    editor.dispatch((before) => takeTexts(before, sections));
    state.change({ notice: NOTE_MESSAGES.merged(clashes) });
  }

  /** The note as it is on the server. */
  async reload(): Promise<void> {
    await this.#show(await this.#client.note(this.note.id));
    void this.refreshList();
  }

  showCards(): void {
    this.#controller!.editor.dispatch((editor) => markCards(editor, this.note.followUps));
  }

  fail(error: unknown): void {
    const { code } = PageError.from(error);
    this.#controller!.state.change({ failure: code });
    if (code === 'FOLLOW_UPS_UNDECIDED') this.state.change({ isLeftShown: true });
  }
}

function sameTexts(one: NoteContent['sections'], other: NoteContent['sections']): boolean {
  const textsOf = (sections: NoteContent['sections']) =>
    JSON.stringify(sections.filter(({ text }) => text !== '').map(({ id, text }) => [id, text]));
  return textsOf(one) === textsOf(other);
}
