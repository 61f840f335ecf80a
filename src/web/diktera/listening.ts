import { rmsDbfs } from '../../audio/levels.ts';
import { messages } from '../messages.sv.ts';
import type { Observable } from '../observable.ts';
import { PageError } from '../page-error.ts';
import { listMicrophones, rememberedMicrophone, rememberMicrophone } from './microphones.ts';
import type { PageState } from './page-state.ts';
import type { Phase } from './status.ts';
import { TalkKey } from './talk-key.ts';
import { Talking } from './talking.ts';

/** A microphone that comes back this soon was a loose cable: dictation goes on with it by itself. */
const LOOSE_CABLE_MS = 30_000;

export interface ListeningEvents {
  /** Whether there is something to dictate into. */
  mayListen(): boolean;
  /** Samples of 16 bits that belong to the dictation; false when there is no room for them. */
  onSpeech(samples: Uint8Array<ArrayBuffer>, sampleRateHz: number): boolean;
  /** Decibels below full scale, minus infinity while nobody dictates. */
  onLevel(levelDbfs: number): void;
  /** The phase is another. */
  onPhase(phase: Phase): void;
}

/** The microphone's side of the page: which one, whether it listens, and what happens when it goes away. */
export class Listening {
  readonly #state: Observable<PageState>;
  readonly #events: ListeningEvents;
  readonly #talking: Talking;
  readonly #talkKey = new TalkKey();
  /** Until when (`performance.now()`) dictation goes on by itself with a microphone that comes. */
  #awaitsUntilMs = 0;

  constructor(state: Observable<PageState>, events: ListeningEvents) {
    this.#state = state;
    this.#events = events;
    state.change({ microphoneId: rememberedMicrophone() });
    this.#talking = new Talking({
      onSpeech: (samples, sampleRateHz) => {
        if (events.onSpeech(samples, sampleRateHz)) return;
        this.pause();
        this.#fail('BACKLOG_FULL');
      },
      onSound: (samples) => events.onLevel(this.isListening ? rmsDbfs(samples) : Number.NEGATIVE_INFINITY),
      onSilent: () => this.#fail('MIC_SILENT'),
      onHeard: () => {
        if (state.get().failure === 'MIC_SILENT') state.change({ failure: undefined });
      },
      onUnplugged: () => void this.#onUnplugged(),
    });
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.#onDeviceChange());
  }

  get isListening(): boolean {
    return this.#state.get().phase === 'listening';
  }

  /** The key, record button or pedal for talking was pressed or let go. */
  talk(isPressed: boolean): void {
    const nowMs = performance.now();
    const command = isPressed
      ? this.#talkKey.press(this.#state.get().phase !== 'paused', nowMs)
      : this.#talkKey.release(nowMs);
    if (command === 'start') void this.start();
    if (command === 'pause') this.pause();
  }

  /** Listens with the chosen microphone, or tells why not. */
  async start(): Promise<void> {
    await this.#start(this.#state.get().microphoneId || undefined);
  }

  pause(): void {
    this.#awaitsUntilMs = 0;
    const { phase } = this.#state.get();
    if (phase !== 'listening' && phase !== 'opening') return;
    this.#talking.pause();
    this.#enter('paused');
  }

  /** Pauses, and lets go of the microphone at once. */
  release(): void {
    this.pause();
    this.#talking.release();
  }

  async choose(id: string): Promise<void> {
    rememberMicrophone(id);
    this.#state.change({ microphoneId: id });
    const wasListening = this.isListening;
    this.release();
    if (wasListening) await this.start();
  }

  async refreshMicrophones(): Promise<void> {
    this.#state.change({ microphones: await listMicrophones() });
  }

  async #start(microphoneId: string | undefined): Promise<void> {
    if (this.#state.get().phase !== 'paused' || !this.#events.mayListen()) return;
    this.#awaitsUntilMs = 0;
    this.#state.change({ failure: undefined, notice: '' });
    this.#enter('opening');
    try {
      await this.#talking.start(microphoneId);
    } catch (error) {
      this.#enter('paused');
      this.#fail(PageError.from(error).code);
      return;
    }
    // The key may have been let go while the microphone was being opened.
    if (this.#state.get().phase !== 'opening') {
      this.#talking.pause();
      return;
    }
    this.#enter('listening');
    await this.refreshMicrophones();
  }

  /** Goes on with another microphone, and says so; without one, waits a while for one. */
  async #onUnplugged(): Promise<void> {
    const wasListening = this.isListening;
    this.release();
    await this.refreshMicrophones();
    if (!wasListening) return;
    if (this.#state.get().microphones.length > 0) await this.#goOn();
    else {
      this.#fail('MIC_UNPLUGGED');
      this.#awaitsUntilMs = performance.now() + LOOSE_CABLE_MS;
    }
  }

  async #onDeviceChange(): Promise<void> {
    await this.refreshMicrophones();
    if (performance.now() < this.#awaitsUntilMs && this.#state.get().microphones.length > 0) await this.#goOn();
  }

  async #goOn(): Promise<void> {
    const { microphones, microphoneId } = this.#state.get();
    const isChosenThere = microphones.some(({ id }) => id === microphoneId);
    await this.#start(isChosenThere ? microphoneId : undefined);
    if (this.isListening) this.#state.change({ notice: messages.microphoneChanged(this.#talking.microphoneName) });
  }

  #enter(phase: Phase): void {
    this.#state.change({ phase });
    this.#events.onPhase(phase);
  }

  #fail(code: string): void {
    this.#state.change({ failure: code });
  }
}
