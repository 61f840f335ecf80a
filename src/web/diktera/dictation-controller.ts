import { rmsDbfs } from '../../audio/levels.ts';
import type { DictationChange } from '../../contracts/dictation.ts';
import { CONSTRUCT_BREAK_SECONDS } from '../../dictation/pauses.ts';
import type { Committed } from '../live/live-events.ts';
import { connectTo } from '../live/live-socket.ts';
import { type Heard, NOTHING_HEARD } from '../live/live-store.ts';
import { messages } from '../messages.sv.ts';
import { PageError } from '../page-error.ts';
import { announcementOf, withAnnouncement } from './announcements.ts';
import { DictationDevices } from './dictation-devices.ts';
import type { Draft, DraftStore } from './draft-store.ts';
import { listMicrophones, rememberedMicrophone, rememberMicrophone } from './microphones.ts';
import { NoteEditor } from './note-editor.ts';
import type { Spoken } from './note-schema.ts';
import { FIRST_STATE, Observable, type PageState } from './page-state.ts';
import { SessionLine } from './session-line.ts';
import { SpeechPlace } from './speech-place.ts';
import { type Phase, statusOf } from './status.ts';
import { TalkKey } from './talk-key.ts';
import { Talking } from './talking.ts';
import { dictatedWords } from './word-ids.ts';
import { WordPlayer } from './word-player.ts';

/** After this long in pause the server may forget the session; the next words begin another. */
const REST_MS = 60_000;

/** The page's work: joins microphone, live sessions, dictation, editor and what the browser keeps. */
export class DictationController {
  readonly state: Observable<PageState>;
  readonly editor: NoteEditor;
  readonly #store: DraftStore;
  readonly #line: SessionLine;
  readonly #place: SpeechPlace;
  readonly #talking: Talking;
  readonly #player: WordPlayer;
  #heard: Record<string, Heard>;
  readonly #talkKey = new TalkKey();
  #devices: DictationDevices | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;

  /** Goes on with the note and the sessions that an earlier visit left, or begins an empty note. */
  static async open(
    mount: HTMLElement,
    store: DraftStore,
    onLevel: (levelDbfs: number) => void,
  ): Promise<DictationController> {
    const [draft, sessions] = await Promise.all([store.loadDraft(), store.loadSessions()]);
    const controller = new DictationController(mount, store, onLevel, draft);
    for (const session of sessions) {
      const frameCount = await store.frameCount(session.localId);
      controller.#line.restore(session, frameCount, draft?.heard[session.localId] ?? NOTHING_HEARD);
    }
    await controller.#refreshMicrophones();
    // A page without a device's buttons is still a page.
    await controller.#openDevices().catch(() => {});
    return controller;
  }

  private constructor(
    mount: HTMLElement,
    store: DraftStore,
    onLevel: (levelDbfs: number) => void,
    draft: Draft | undefined,
  ) {
    this.state = new Observable({ ...FIRST_STATE, phase: 'paused', microphoneId: rememberedMicrophone() });
    this.#store = store;
    this.#heard = { ...draft?.heard };
    this.#player = new WordPlayer(store);
    this.editor = new NoteEditor(
      mount,
      {
        onChange: (isTyped) => this.#onNote(isTyped),
        onDictated: (changes) => this.#onDictated(changes),
        onCursorMoved: () => this.#onCursor(false),
        onWord: (spoken) => void this.#play(spoken),
      },
      draft?.note,
    );
    const url = new URL('/api/live', location.href.replace(/^http/, 'ws'));
    this.#line = new SessionLine({
      connect: connectTo(url),
      store,
      events: {
        onStatus: () => this.#showStatus(),
        onPartial: (partial) => {
          if (`${partial.stable}${partial.tail}` !== '') this.#onSpeech();
          this.editor.showProvisional(partial);
        },
        onCommitted: (localId, heard, committed) => this.#onCommitted(localId, heard, committed),
        onVoice: (speaking) => {
          if (speaking) this.#onSpeech();
        },
        onStorageFailed: () => this.#fail('STORAGE'),
      },
    });
    this.#place = new SpeechPlace(this.editor, () => this.#line.finalize());
    this.#talking = new Talking({
      onSpeech: (samples, sampleRateHz) => {
        if (this.#line.push(samples, sampleRateHz)) return;
        this.pause();
        this.#fail('BACKLOG_FULL');
      },
      onSound: (samples) => onLevel(this.isListening ? rmsDbfs(samples) : Number.NEGATIVE_INFINITY),
      onUnplugged: () => {
        this.pause();
        this.#fail('MIC_UNPLUGGED');
      },
    });
    this.#showNote();
    this.#showStatus();
    addEventListener('online', () => this.#line.networkChanged(true));
    addEventListener('offline', () => this.#line.networkChanged(false));
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.#refreshMicrophones());
  }

  /** The key, record button or pedal for talking was pressed or let go. */
  talk(isPressed: boolean): void {
    const nowMs = performance.now();
    const command = isPressed
      ? this.#talkKey.press(this.state.get().phase !== 'paused', nowMs)
      : this.#talkKey.release(nowMs);
    if (command === 'start') void this.start();
    if (command === 'pause') this.pause();
  }

  /** Asks for a dictation microphone or pedal; only upon a press. */
  async addDevice(): Promise<void> {
    await this.#devices?.request();
  }

  get isListening(): boolean {
    return this.state.get().phase === 'listening';
  }

  async start(): Promise<void> {
    if (this.state.get().phase !== 'paused') return;
    clearTimeout(this.#resting);
    this.state.change({ failure: undefined, notice: '' });
    this.#enter('opening');
    try {
      await this.#talking.start(this.state.get().microphoneId || undefined);
    } catch (error) {
      this.#enter('paused');
      this.#fail(PageError.from(error).code);
      return;
    }
    // The key may have been let go while the microphone was being opened.
    if (this.state.get().phase !== 'opening') {
      this.#talking.pause();
      return;
    }
    this.#line.retry();
    this.#enter('listening');
    this.editor.focus();
    if (this.#line.isSettled) this.editor.speakAtCursor();
    else this.#onCursor(true);
    await this.#refreshMicrophones();
  }

  /** What was said so far is written, also when the network is away for now. */
  pause(): void {
    const { phase } = this.state.get();
    if (phase !== 'listening' && phase !== 'opening') return;
    this.#talking.pause();
    this.#enter('paused');
    void this.#line.finalize().then(() => {
      if (!this.isListening) this.editor.settle();
    });
    this.#resting = setTimeout(() => this.#line.rest(), REST_MS);
  }

  goToSection(by: 1 | -1): void {
    this.editor.goToSection(by);
    if (this.isListening) this.#onCursor(true);
  }

  /** Undo gives the text back; the sound is gone. */
  async newNote(): Promise<void> {
    this.pause();
    this.#talking.release();
    this.#line.dispose();
    this.#heard = {};
    await this.#store.clear();
    this.editor.clear();
    this.state.change({ notice: messages.noteCleared, failure: undefined });
    this.editor.focus();
  }

  async copy(): Promise<void> {
    await navigator.clipboard.writeText(this.editor.text);
    this.state.change({ notice: messages.noteCopied });
  }

  async chooseMicrophone(id: string): Promise<void> {
    rememberMicrophone(id);
    this.state.change({ microphoneId: id });
    const wasListening = this.isListening;
    this.pause();
    this.#talking.release();
    if (wasListening) await this.start();
  }

  /** After the server refused the session for good. */
  retry(): void {
    this.#line.retry();
  }

  dismiss(): void {
    this.state.change({ failure: undefined, notice: '' });
  }

  #enter(phase: Phase): void {
    this.state.change({ phase });
    this.editor.showPlace(phase === 'listening');
    this.#showStatus();
    void this.#devices?.showListening(phase === 'listening');
  }

  async #openDevices(): Promise<void> {
    this.#devices = await DictationDevices.open({
      onTalk: (isPressed) => this.talk(isPressed),
      onStop: () => this.pause(),
      onSection: (by) => this.goToSection(by),
      onUndo: () => this.editor.undo(),
      onDevices: (deviceCount) => this.state.change({ deviceCount }),
    });
    this.state.change({ canAddDevice: this.#devices !== undefined });
  }

  #fail(code: string): void {
    this.state.change({ failure: code });
  }

  #showStatus(): void {
    const { phase, status: before, liveFailure } = this.state.get();
    const live = this.#line.status;
    const status = statusOf(phase, live, before.word);
    const isSame = status.word === before.word && Math.round(status.seconds) === Math.round(before.seconds);
    const canRetry = live.connection === 'failed';
    if (!isSame || live.errorCode !== liveFailure) this.state.change({ status, liveFailure: live.errorCode, canRetry });
  }

  #onCommitted(localId: string, heard: Heard, committed: Committed): void {
    this.#heard = { ...this.#heard, [localId]: heard };
    if (committed.words.length > 0) this.#onSpeech();
    this.editor.hear(dictatedWords(localId, heard, committed));
    this.#settling = setTimeout(() => this.editor.settle(), CONSTRUCT_BREAK_SECONDS * 1000);
  }

  /** Something new is said: words that wait for their meaning may get it. */
  #onSpeech(): void {
    clearTimeout(this.#settling);
    this.#place.speaks();
  }

  #onDictated(changes: readonly DictationChange[]): void {
    const { announcements } = this.state.get();
    const text = announcementOf(changes);
    if (text !== '') this.state.change({ announcements: withAnnouncement(announcements, text) });
    if (changes.length > 0) this.dismiss();
    for (const change of changes) {
      if (change.kind === 'refused') this.#fail(change.reason);
      if (change.kind === 'stop') this.pause();
    }
  }

  #onNote(isTyped: boolean): void {
    if (isTyped) this.#place.typed();
    this.#showNote();
    this.#store
      .saveDraft({ note: this.editor.record, heard: this.#heard, savedMs: Date.now() })
      .catch(() => this.#fail('STORAGE'));
  }

  #showNote(): void {
    this.state.change({ canUndo: this.editor.canUndo, isEmpty: this.editor.isEmpty });
  }

  #onCursor(isFirm: boolean): void {
    if (this.isListening) void this.#place.cursorMoved(isFirm);
  }

  async #play(spoken: Spoken): Promise<void> {
    // The microphone would hear it.
    if (this.isListening) return;
    if (!(await this.#player.play(spoken))) this.#fail('SOUND_GONE');
  }

  async #refreshMicrophones(): Promise<void> {
    this.state.change({ microphones: await listMicrophones() });
  }
}
