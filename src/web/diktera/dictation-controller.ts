import type { Node } from 'prosemirror-model';
import { type DictationChange, REFUSALS } from '../../contracts/dictation.ts';
import type { Committed } from '../live/live-events.ts';
import { connectTo } from '../live/live-socket.ts';
import { type Heard, type LiveSession, NOTHING_HEARD } from '../live/live-store.ts';
import { messages } from '../messages.sv.ts';
import { Observable } from '../observable.ts';
import { PageError } from '../page-error.ts';
import { announcementOf, withAnnouncement } from './announcements.ts';
import { DictationDevices } from './dictation-devices.ts';
import { DraftKeeper } from './draft-keeper.ts';
import type { KnownNote } from './known-note.ts';
import { Listening } from './listening.ts';
import { NoteEditor } from './note-editor.ts';
import type { Draft } from './note-store.ts';
import type { Stretch } from './note-text.ts';
import type { NoteKeeper, Opened } from './opened.ts';
import { type OwnSettings, rememberedSettings, rememberSettings, wishesOf } from './own-settings.ts';
import { FIRST_STATE, type PageState, statusChange } from './page-state.ts';
import { SessionLine } from './session-line.ts';
import { Settling } from './settling.ts';
import { SpeechPlace } from './speech-place.ts';
import type { Phase } from './status.ts';
import { dictatedWords } from './word-ids.ts';
import { WordPlayer } from './word-player.ts';

/** After this long in pause the server may forget the session; the next words begin another. */
const REST_MS = 60_000;
const FINISH_MS = 3000;

/** The page's work: joins microphone, live sessions, dictation, editor and what the browser keeps. */
export class DictationController {
  readonly state: Observable<PageState>;
  readonly editor: NoteEditor;
  readonly listening: Listening;
  /** Which note of the clinic an earlier visit left here. */
  readonly found: KnownNote | undefined;
  readonly #kept: DraftKeeper;
  readonly #keeper: NoteKeeper | undefined;
  readonly #line: SessionLine;
  readonly #place: SpeechPlace;
  readonly #player: WordPlayer;
  readonly #settling: Settling;
  #devices: DictationDevices | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;

  /** Goes on with the note and the sessions that an earlier visit left, or begins an empty note. */
  static async open(opened: Opened): Promise<DictationController> {
    const { store } = opened;
    const [draft, sessions] = await Promise.all([store.loadDraft(), store.loadSessions()]);
    const controller = new DictationController(opened, draft);
    for (const session of sessions) {
      const frameCount = await store.frameCount(session.localId);
      controller.#line.restore(session, frameCount, draft?.heard[session.localId] ?? NOTHING_HEARD);
    }
    await controller.listening.refreshMicrophones();
    // A page without a device's buttons is still a page.
    await controller.#openDevices().catch(() => {});
    return controller;
  }

  private constructor({ mount, store, storageFailure, keeper, onLevel }: Opened, draft: Draft | undefined) {
    const settings = rememberedSettings();
    const failure = window.isSecureContext ? undefined : 'MIC_INSECURE';
    this.state = new Observable({ ...FIRST_STATE, phase: 'paused', settings, storageFailure, failure });
    this.#kept = new DraftKeeper({
      store,
      heard: draft?.heard ?? {},
      isFailing: storageFailure !== undefined,
      onFailed: () => this.state.change({ storageFailure: 'STORAGE' }),
    });
    this.#keeper = keeper;
    this.found = draft?.known;
    this.#player = new WordPlayer(store, async (place) => keeper?.soundAt(place));
    this.editor = new NoteEditor(
      mount,
      {
        onChange: (isTyped) => this.#onNote(isTyped),
        onDictated: (changes) => this.#onDictated(changes),
        onCursorMoved: () => this.#onCursor(false),
        onWord: (place) => void this.play(place),
        onSelected: () => keeper?.onSelected(),
      },
      { settings, record: draft?.note, plugins: keeper?.plugins ?? [] },
    );
    const url = new URL('/api/live', location.href.replace(/^http/, 'ws'));
    this.#line = new SessionLine({
      connect: connectTo(url),
      store,
      wishes: wishesOf(settings),
      events: {
        onStatus: () => this.#showStatus(),
        onPartial: (partial) => {
          if (`${partial.stable}${partial.tail}` !== '') this.#onSpeech();
          this.editor.showProvisional(partial);
        },
        onCommitted: (session, heard, committed) => this.#onCommitted(session, heard, committed),
        onVoice: (speaking) => speaking && this.#onSpeech(),
        onStorageFailed: () => this.#kept.failed(),
      },
    });
    this.#settling = new Settling(
      () => this.#line.status,
      () => this.editor.settle(),
    );
    this.#place = new SpeechPlace(this.editor, () => this.#line.finalize());
    this.listening = new Listening(this.state, {
      mayListen: () => keeper?.isWritable !== false,
      onSpeech: (samples, sampleRateHz) => this.#line.push(samples, sampleRateHz),
      onLevel,
      onPhase: (phase) => this.#onPhase(phase),
    });
    this.#showNote();
    this.#showStatus();
    addEventListener('online', () => this.#line.networkChanged(true));
    addEventListener('offline', () => this.#line.networkChanged(false));
    addEventListener('beforeunload', (event) => {
      if (this.#kept.isFailing && !(this.editor.isEmpty && this.#line.isSettled)) event.preventDefault();
    });
  }

  /** Asks for a dictation microphone or pedal; only upon a press. */
  async addDevice(): Promise<void> {
    await this.#devices?.request();
  }

  goToSection(by: 1 | -1): void {
    this.editor.goToSection(by);
    this.#onCursor(true);
  }

  /** Pauses and has what was said written. False when that takes too long, as without a network. */
  async finish(): Promise<boolean> {
    this.listening.pause();
    const tooLong = new Promise<void>((resolve) => setTimeout(resolve, FINISH_MS));
    await Promise.race([this.#line.finalize(), tooLong]);
    if (this.#line.isSettled) this.editor.settle();
    return this.#line.isSettled;
  }

  /** Another note takes this one's place; what was said for it is gone from here. */
  async open(doc: Node): Promise<void> {
    await this.#forget();
    this.editor.open(doc);
    this.#onNote(false);
  }

  /** Undo gives the text back; the sound is gone. */
  async newNote(): Promise<void> {
    await this.#forget();
    this.editor.clear();
    this.state.change({ notice: messages.noteCleared, failure: undefined });
    this.editor.focus();
  }

  async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.editor.text);
      this.state.change({ notice: messages.noteCopied });
    } catch {
      this.#fail('COPY_FAILED');
    }
  }

  /** The user's own words, templates and pause: they hold from now on, and on the next visit. */
  changeSettings(change: Partial<OwnSettings>): void {
    const settings = { ...this.state.get().settings, ...change };
    this.state.change({ settings });
    rememberSettings(settings);
    this.editor.takeSettings(settings);
    this.#line.configure(wishesOf(settings));
  }

  /** After the server refused the session for good. */
  retry(): void {
    this.#line.retry();
  }

  /** Takes away the message that is shown. */
  dismiss(): void {
    const { failure, notice } = this.state.get();
    const isOfNow = failure !== undefined || notice !== '';
    this.state.change(isOfNow ? { failure: undefined, notice: '' } : { storageFailure: undefined });
  }

  async #forget(): Promise<void> {
    this.listening.release();
    this.#line.dispose();
    await this.#kept.forget();
  }

  #onPhase(phase: Phase): void {
    const isListening = phase === 'listening';
    this.editor.showPlace(isListening);
    this.#showStatus();
    void this.#devices?.showListening(isListening);
    clearTimeout(this.#resting);
    if (isListening) this.#begin();
    if (phase === 'paused') this.#rest();
  }

  #begin(): void {
    this.#line.retry();
    this.editor.focus();
    if (this.#line.isSettled) this.editor.speakAtCursor();
    else this.#onCursor(true);
  }

  /** What was said so far is written, also when the network is away for now. */
  #rest(): void {
    void this.#line.finalize().then(() => {
      if (!this.listening.isListening) this.editor.settle();
    });
    this.#resting = setTimeout(() => this.#line.rest(), REST_MS);
  }

  async #openDevices(): Promise<void> {
    this.#devices = await DictationDevices.open({
      onTalk: (isPressed) => this.listening.talk(isPressed),
      onStop: () => this.listening.pause(),
      onSection: (by) => this.goToSection(by),
      onUndo: () => this.editor.undo(),
      onPlay: () => this.editor.hearWordAtCursor(),
      onDevices: (deviceCount) => this.state.change({ deviceCount }),
    });
    this.state.change({ canAddDevice: this.#devices !== undefined });
  }

  #fail(code: string): void {
    this.state.change({ failure: code });
  }

  #showStatus(): void {
    const change = statusChange(this.state.get(), this.#line.status);
    if (change) this.state.change(change);
  }

  #onCommitted(session: LiveSession, heard: Heard, committed: Committed): void {
    this.#kept.heard(session, heard);
    if (committed.words.length > 0) {
      this.#onSpeech();
      this.#forgetRefusal();
    }
    this.#keeper?.onHeard(session, heard, committed);
    this.editor.hear(dictatedWords(session.localId, heard, committed));
    this.#settling.later();
  }

  /** That a command could not be followed is old news once something else is said. */
  #forgetRefusal(): void {
    if (REFUSALS.some((reason) => reason === this.state.get().failure)) this.state.change({ failure: undefined });
  }

  #onSpeech(): void {
    this.#settling.cancel();
    this.#place.speaks();
  }

  #onDictated(changes: readonly DictationChange[]): void {
    const { announcements } = this.state.get();
    const text = announcementOf(changes);
    if (text !== '') this.state.change({ announcements: withAnnouncement(announcements, text) });
    for (const change of changes) {
      if (change.kind === 'refused') this.#fail(change.reason);
      if (change.kind === 'stop') this.listening.pause();
    }
  }

  #onNote(isTyped: boolean): void {
    if (isTyped) this.#place.typed();
    this.#showNote();
    this.keep();
    this.#keeper?.onNote();
  }

  /** Keeps the note in the browser as it is. */
  keep(): void {
    this.#kept.save(this.editor.record, this.#keeper?.known);
  }

  #showNote(): void {
    this.state.change({ canUndo: this.editor.canUndo, isEmpty: this.editor.isEmpty });
  }

  #onCursor(isFirm: boolean): void {
    if (this.listening.isListening) void this.#place.cursorMoved(isFirm);
  }

  /** Lets the user hear words again, unless the microphone would hear them, too. */
  async play(place: Stretch): Promise<void> {
    if (this.listening.isListening) return;
    await this.#player.play(this.editor.state.doc, place).catch((error) => this.#fail(PageError.from(error).code));
  }
}
