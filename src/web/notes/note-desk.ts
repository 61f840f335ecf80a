import type { SignedInStaff } from '../../contracts/access-api.ts';
import type { NoteView, Visit } from '../../contracts/notes-api.ts';
import type { FollowUpCard } from '../../contracts/notes-api-cards.ts';
import type { DictationController } from '../diktera/dictation-controller.ts';
import { isDictated } from '../diktera/heard-words.ts';
import type { KnownNote } from '../diktera/known-note.ts';
import type { Stretch } from '../diktera/note-text.ts';
import type { NoteKeeper } from '../diktera/opened.ts';
import type { Committed } from '../live/live-events.ts';
import type { Heard, LiveSession } from '../live/live-store.ts';
import { Observable } from '../observable.ts';
import { PageError } from '../page-error.ts';
import { startLiveHints } from '../queue/live-hints.ts';
import { noteUse } from '../shell/idle.ts';
import { CorrectionWatch } from '../vocabulary/corrections/correction-watch.ts';
import { type DeskState, FIRST_DESK, isWritable } from './desk-state.ts';
import { cardAt, followUpMarks, markLit, stretchOfCard } from './follow-up-marks.ts';
import { followUpPointing } from './follow-up-pointing.ts';
import { textBetween } from './note-content.ts';
import { NoteDecisions } from './note-decisions.ts';
import type { NotesClient } from './notes-client.ts';
import { OpenNote } from './open-note.ts';
import { QuestionDesk } from './question-desk.ts';

/** In the page's address. */
const WANTED_NOTE = 'anteckning';

/** A clinician's work with notes: the day's list, which note is open, and what is pointed at in it. */
export class NoteDesk implements NoteKeeper {
  readonly state = new Observable<DeskState>(FIRST_DESK);
  readonly corrections = new CorrectionWatch();
  readonly plugins = [followUpMarks(), followUpPointing((id) => this.point(id)), this.corrections.plugin];
  readonly decisions: NoteDecisions;
  readonly questions: QuestionDesk;
  readonly staffId: string;
  /** Others correct what was recorded, and have no visits and notes of their own. */
  readonly isClinician: boolean;
  readonly #client: NotesClient;
  #controller: DictationController | undefined;
  #open: OpenNote | undefined;

  constructor(client: NotesClient, { id, roles }: Pick<SignedInStaff, 'id' | 'roles'>) {
    this.#client = client;
    this.staffId = id;
    this.isClinician = roles.includes('clinician');
    this.decisions = new NoteDecisions(this, client);
    this.questions = new QuestionDesk(this, client.questions);
  }

  get isWritable(): boolean {
    return isWritable(this.state.get());
  }

  get note(): NoteView {
    return this.state.get().note!;
  }

  get known(): KnownNote | undefined {
    return this.#open?.known;
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
    return this.#open?.flush();
  }

  /** The words that are selected, by their place in the note's text. */
  get selection(): { start: number; end: number } | undefined {
    const { state } = this.#controller!.editor;
    return textBetween(state.doc, state.selection);
  }

  notify(notice: string): void {
    this.#controller!.state.change({ notice, failure: undefined });
  }

  fail(error: unknown): void {
    const { code } = PageError.from(error);
    this.#controller!.state.change({ failure: code });
    if (code === 'FOLLOW_UPS_UNDECIDED') this.state.change({ isLeftShown: true });
  }

  /** Goes on with the note that an earlier visit to the page left. Gives what ends the work. */
  begin(controller: DictationController): () => void {
    const open = new OpenNote({
      client: this.#client,
      controller,
      state: this.state,
      onFailure: (error) => this.fail(error),
    });
    this.#controller = controller;
    this.#open = open;
    controller.editor.setWritable(false);
    const { found } = controller;
    void (found ? open.resume(found) : Promise.resolve()).then(() => this.#openWanted());
    const endHints = startLiveHints((changed) => this.#onHint(changed === undefined), ['question', 'note']);
    void this.refreshList();
    const onOnline = () => open.retry();
    addEventListener('online', onOnline);
    return () => {
      endHints();
      removeEventListener('online', onOnline);
      open.stop();
    };
  }

  async refreshList(): Promise<void> {
    if (!this.isClinician) return;
    try {
      const [worklist, questions, reminders] = await Promise.all([
        this.#client.worklist(),
        this.#client.questions.list(),
        this.#client.questions.reminders(),
      ]);
      this.state.change({ worklist, questions, reminders, hasListFailed: false });
    } catch {
      this.state.change({ hasListFailed: true });
    }
  }

  /** The visit's note, which is begun if there is none. */
  async openVisit({ encounterId, patient, note }: Visit): Promise<void> {
    await this.#show(async () => note?.id ?? (await this.#client.create({ patientId: patient.id, encounterId })).id);
  }

  async openNote(id: string): Promise<void> {
    await this.#show(async () => id);
  }

  /** The note as it is on the server. */
  async reload(): Promise<void> {
    await this.#open!.show(await this.#client.note(this.note.id));
    void this.refreshList();
  }

  showCards(): void {
    this.#open?.showCards();
  }

  /** Lights up a card and its words. */
  point(id: string | undefined): void {
    if (this.state.get().lit === id) return;
    this.state.change({ lit: id });
    this.#controller?.editor.dispatch((editor) => markLit(editor, id));
  }

  showWords(card: Pick<FollowUpCard, 'id'>): void {
    const stretch = this.#stretchOf(card);
    if (stretch) this.#controller!.editor.show(stretch);
  }

  canHear(card: Pick<FollowUpCard, 'id'>): boolean {
    const stretch = this.#stretchOf(card);
    return stretch !== undefined && isDictated(this.#controller!.editor.state.doc, stretch);
  }

  hear(card: Pick<FollowUpCard, 'id'>): void {
    const stretch = this.#stretchOf(card);
    if (stretch) void this.#controller!.play(stretch);
  }

  onNote(): void {
    if (!this.known || !this.isWritable) return;
    noteUse();
    this.#open?.changed();
    this.onSelected();
  }

  onSelected(): void {
    const { state } = this.#controller!.editor;
    const words = textBetween(state.doc, state.selection)?.text.trim() ?? '';
    if (words !== this.state.get().selected) this.state.change({ selected: words });
    this.point(cardAt(state, state.selection.head));
  }

  onHeard(session: LiveSession, heard: Heard, committed: Committed): void {
    this.#open?.heard(session, heard, committed);
  }

  async soundAt(place: Stretch): Promise<ArrayBuffer | undefined> {
    return this.#open?.soundAt(place);
  }

  /** The note that the page's address names; once, so that another can be opened and the page loaded again. */
  async #openWanted(): Promise<void> {
    const wanted = new URLSearchParams(location.search).get(WANTED_NOTE);
    if (wanted === null) return;
    history.replaceState(null, '', location.pathname);
    if (wanted !== this.state.get().note?.id) await this.openNote(wanted);
  }

  /** Others work too: a question may be answered. When anything may have changed, the server may be back. */
  #onHint(isAnything: boolean): void {
    if (isAnything) this.#open?.retry();
    void this.refreshList();
    const isWaiting = this.state.get().note?.followUps.some(({ state }) => state === 'asked');
    if (isWaiting && this.#open?.isDirty === false) void this.decisions.refresh();
  }

  #stretchOf({ id }: Pick<FollowUpCard, 'id'>): Stretch | undefined {
    return this.#controller && stretchOfCard(this.#controller.editor.state, id);
  }

  /** One note takes another's place only when all of the first is written and saved. */
  async #show(noteIdOf: () => Promise<string>): Promise<void> {
    const controller = this.#controller!;
    const open = this.#open!;
    if (this.state.get().isOpening) return;
    controller.state.change({ failure: undefined, notice: '' });
    this.state.change({ isOpening: true });
    try {
      if (!(await this.finish())) throw new PageError('SWITCH_SPEAKING');
      if (!(await open.mayBeLeft())) throw new PageError('SWITCH_UNSAVED');
      await open.show(await this.#client.note(await noteIdOf()));
      void this.refreshList();
    } catch (error) {
      this.fail(error);
    } finally {
      this.state.change({ isOpening: false });
    }
  }
}
