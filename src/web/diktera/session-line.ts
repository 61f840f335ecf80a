import { FrameCutter } from '../live/frames.ts';
import { type Committed, type LiveStatus, type PartialText, WAITING } from '../live/live-events.ts';
import type { LiveWishes } from '../live/live-requests.ts';
import type { ConnectLive } from '../live/live-socket.ts';
import { type Heard, type LiveSession, type LiveStore, NOTHING_HEARD } from '../live/live-store.ts';
import { LiveClient } from '../live-client.ts';

export interface SessionLineEvents {
  onStatus(): void;
  onPartial(partial: PartialText): void;
  onCommitted(session: LiveSession, heard: Heard, committed: Committed): void;
  onVoice(speaking: boolean): void;
  onStorageFailed(): void;
}

export interface SessionLineParts {
  readonly wishes: LiveWishes;
  readonly connect: ConnectLive;
  readonly store: LiveStore;
  readonly events: SessionLineEvents;
}

/**
 * The sessions of one note, one after the other: a session has one sample rate and may end while the note goes on. Only
 * the first is connected, so that words come in the order in which they were said.
 */
export class SessionLine {
  readonly #parts: SessionLineParts;
  #clients: LiveClient[] = [];
  #cutter: FrameCutter | undefined;
  #wishes: LiveWishes;
  #finalized: { readonly localId: string; readonly id: number; resolve(): void }[] = [];

  constructor(parts: SessionLineParts) {
    this.#parts = parts;
    this.#wishes = parts.wishes;
  }

  /** A session that an earlier visit to the page left unfinished; it takes no more sound. */
  restore(session: LiveSession, frameCount: number, heard: Heard): void {
    const client = this.#join(session, frameCount, heard);
    client.stop();
  }

  get status(): LiveStatus {
    const [first, ...others] = this.#clients;
    if (!first) return WAITING;
    const waiting = others.reduce((sum, { status }) => sum + status.unacknowledgedSeconds, 0);
    return { ...first.status, unacknowledgedSeconds: first.status.unacknowledgedSeconds + waiting };
  }

  /** Whether all that was said is written, as far as it was asked for. */
  get isSettled(): boolean {
    return this.#clients.every(({ isSettled }) => isSettled);
  }

  /** Takes samples of 16 bits. False when too much waits for the network: some of these were not taken. */
  push(samples: Uint8Array, sampleRateHz: number): boolean {
    let client = this.#clients.at(-1);
    if (!client?.isAccepting || client.session.sampleRateHz !== sampleRateHz) {
      client?.stop();
      client = this.#begin(sampleRateHz);
    }
    const target = client;
    return this.#cutter!.push(samples).every((frame) => target.push(frame));
  }

  /** Has what was said committed without waiting for a pause; resolves when it is, also after a lost connection. */
  finalize(): Promise<void> {
    const client = this.#clients.at(-1);
    if (!client?.isAccepting) return Promise.resolve();
    for (const frame of this.#cutter?.flush() ?? []) client.push(frame);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#finalized.push({ localId: client.session.localId, id: client.finalize(), resolve });
    return promise;
  }

  /** Nothing will be said for a while: lets the server forget the session once all is written. */
  rest(): void {
    this.#clients.at(-1)?.stop();
  }

  configure(wishes: LiveWishes): void {
    this.#wishes = wishes;
    for (const client of this.#clients) client.configure(wishes);
  }

  networkChanged(isOnline: boolean): void {
    for (const client of this.#clients) client.networkChanged(isOnline);
  }

  retry(): void {
    this.#clients[0]?.retry();
  }

  /** Lets go of all sessions, wherever they are. */
  dispose(): void {
    for (const client of this.#clients.splice(0)) client.dispose();
    for (const { resolve } of this.#finalized.splice(0)) resolve();
  }

  #begin(sampleRateHz: number): LiveClient {
    const session: LiveSession = { localId: crypto.randomUUID(), sampleRateHz, originFrame: 0 };
    this.#cutter = new FrameCutter(sampleRateHz);
    const { store, events } = this.#parts;
    store.saveSession(session).catch(() => events.onStorageFailed());
    return this.#join(session, 0, NOTHING_HEARD);
  }

  #join(session: LiveSession, frameCount: number, heard: Heard): LiveClient {
    const { connect, store, events } = this.#parts;
    const { localId } = session;
    const client: LiveClient = new LiveClient({
      session,
      frameCount,
      heard,
      wishes: this.#wishes,
      connect,
      store,
      events: {
        onStatus: () => events.onStatus(),
        onPartial: (partial) => events.onPartial(partial),
        onCommitted: (committed) => events.onCommitted(client.session, client.heard, committed),
        onVoice: (speaking) => events.onVoice(speaking),
        onFinalized: (id) => this.#settle((each) => each.localId === localId && each.id <= id),
        onEnded: () => this.#onEnded(client),
        onStorageFailed: () => events.onStorageFailed(),
      },
    });
    this.#clients.push(client);
    this.#clients[0]!.open();
    return client;
  }

  #settle(isDone: (each: { localId: string; id: number }) => boolean): void {
    const done = this.#finalized.filter(isDone);
    this.#finalized = this.#finalized.filter((each) => !isDone(each));
    for (const { resolve } of done) resolve();
  }

  #onEnded(client: LiveClient): void {
    const { store, events } = this.#parts;
    const { localId } = client.session;
    store.endSession(localId).catch(() => events.onStorageFailed());
    this.#clients = this.#clients.filter((each) => each !== client);
    this.#settle((each) => each.localId === localId);
    this.#clients[0]?.open();
    events.onStatus();
  }
}
