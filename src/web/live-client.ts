import type { z } from 'zod';
import { LIVE_PROTOCOL, LiveServerMessage, type StartMessage } from '../contracts/live.ts';
import { FRAME_SECONDS } from './live/frames.ts';
import { type ClosingVerdict, errorOnClose, reconnectDelayMs, verdictOn } from './live/live-closing.ts';
import { type Committed, type LiveClientEvents, type LiveStatus, shifted, WAITING } from './live/live-events.ts';
import { LiveOutbox } from './live/live-outbox.ts';
import type { ConnectLive, LiveSocket } from './live/live-socket.ts';
import { type Heard, type LiveSession, type LiveStore, restarted } from './live/live-store.ts';

/** A connection on which nothing came for two of these, though it was asked, is dead. */
const KEEP_ALIVE_MS = 8000;

type ToServer =
  | z.input<typeof StartMessage>
  | { readonly type: 'finalize' | 'ping'; readonly id: number }
  | { readonly type: 'stop'; readonly lastSeq: number };

export interface LiveClientParts {
  readonly session: LiveSession;
  /** Frames that the store has of this session already. */
  readonly frameCount: number;
  readonly heard: Heard;
  /** Names and words to expect. */
  readonly vocabulary?: string[];
  readonly connect: ConnectLive;
  readonly store: LiveStore;
  readonly events: LiveClientEvents;
}

/**
 * The client's side of one live session: numbers and sends frames and keeps them until they are acknowledged, connects
 * again by itself and goes on where the server is. It knows no page: socket and store are given.
 */
export class LiveClient {
  readonly #parts: LiveClientParts;
  readonly #outbox: LiveOutbox;
  #session: LiveSession;
  #heard: Heard;
  #status: LiveStatus;
  #socket: LiveSocket | undefined;
  #isReady = false;
  #isSending = false;
  #isStopping = false;
  #isStopSent = false;
  #failedAttempts = 0;
  #reconnection: ReturnType<typeof setTimeout> | undefined;
  #keepAlive: ReturnType<typeof setInterval> | undefined;
  #isAnswering = true;

  constructor(parts: LiveClientParts) {
    const { session, heard, frameCount, store, events } = parts;
    this.#parts = parts;
    this.#session = session;
    this.#heard = heard.originFrame === session.originFrame ? heard : restarted(heard, session.originFrame);
    const onStorageFailed = () => events.onStorageFailed();
    this.#outbox = new LiveOutbox({ ...session, frameCount, store, onStorageFailed });
    const unacknowledgedSeconds = this.#outbox.unacknowledgedCount * FRAME_SECONDS;
    this.#status = { ...WAITING, unacknowledgedSeconds };
  }

  get localId(): string {
    return this.#session.localId;
  }

  get sampleRateHz(): number {
    return this.#session.sampleRateHz;
  }

  get status(): LiveStatus {
    return this.#status;
  }

  get heard(): Heard {
    return this.#heard;
  }

  /** Whether more sound may be pushed. */
  get isAccepting(): boolean {
    return !this.#isStopping && this.#status.connection !== 'ended';
  }

  /** Whether all sound is stored by the server, and all that was asked to be committed is committed. */
  get isSettled(): boolean {
    return this.#outbox.isSettled;
  }

  /** Connects, and keeps connecting until the session is over. */
  open(): void {
    if (this.#status.connection === 'waiting') this.#connect();
  }

  /** Takes the samples of one frame. False when ten minutes wait already: this frame was then not taken. */
  push(samples: Uint8Array<ArrayBuffer>): boolean {
    if (!this.#outbox.push(samples)) return false;
    this.#tell({});
    this.#send();
    return true;
  }

  /** Asks for what was said so far to be committed without waiting for a pause; `onFinalized` tells the id back. */
  finalize(): number {
    const id = this.#outbox.finalize();
    this.#send();
    return id;
  }

  /** Ends the session once all its sound is sent and committed. No frame may follow. */
  stop(): void {
    this.#isStopping = true;
    this.#send();
  }

  /** The network went or came, which a socket would notice much later. */
  networkChanged(isOnline: boolean): void {
    if (!isOnline && this.#socket) this.#lose('again');
    else if (isOnline && this.#status.connection === 'offline') this.#connect();
  }

  /** Another attempt after `failed`. */
  retry(): void {
    if (this.#status.connection === 'failed') this.#connect();
  }

  /** Lets go of the connection for good; what is unsent stays in the store. */
  dispose(): void {
    this.#disconnect();
    this.#tell({ connection: 'ended' });
  }

  #connect(): void {
    this.#disconnect();
    this.#tell({ connection: 'connecting' });
    this.#isAnswering = true;
    const socket: LiveSocket = this.#parts.connect({
      onOpen: () => {
        if (this.#socket === socket) this.#tellServer(this.#start());
      },
      onMessage: (text) => {
        if (this.#socket === socket) this.#onMessage(text);
      },
      onClose: (code) => {
        if (this.#socket === socket) this.#lose(verdictOn(code), errorOnClose(code));
      },
    });
    this.#socket = socket;
    this.#keepAlive = setInterval(() => this.#checkAlive(), KEEP_ALIVE_MS);
  }

  #start(): ToServer {
    const { sampleRateHz, credentials } = this.#session;
    const { vocabulary = [] } = this.#parts;
    const resume = credentials && { ...credentials, committedReceived: this.#heard.count };
    const start = { type: 'start', protocol: LIVE_PROTOCOL, sampleRateHz, vocabulary } as const;
    return resume ? { ...start, resume } : start;
  }

  #checkAlive(): void {
    if (this.#isAnswering) {
      this.#isAnswering = false;
      if (this.#isReady) this.#tellServer({ type: 'ping', id: 0 });
    } else this.#lose('again');
  }

  #disconnect(): void {
    clearTimeout(this.#reconnection);
    clearInterval(this.#keepAlive);
    const socket = this.#socket;
    this.#socket = undefined;
    this.#isReady = false;
    this.#isStopSent = false;
    socket?.close();
  }

  #lose(verdict: ClosingVerdict, errorCode = this.#status.errorCode): void {
    this.#disconnect();
    if (verdict !== 'over') {
      this.#reconnection = setTimeout(() => this.#connect(), reconnectDelayMs(this.#failedAttempts));
      this.#failedAttempts += 1;
    }
    if (verdict === 'anew') this.#beginAnew();
    this.#tell({ connection: verdict === 'over' ? 'failed' : 'offline', lagSeconds: 0, errorCode });
  }

  /** What came after the last committed word is sent once more, to a session of another name. */
  #beginAnew(): void {
    const { localId, sampleRateHz } = this.#session;
    const originFrame = Math.floor(this.#heard.endSeconds / FRAME_SECONDS);
    this.#session = { localId, sampleRateHz, originFrame };
    this.#heard = restarted(this.#heard, originFrame);
    this.#outbox.beginAnew(originFrame);
  }

  #onMessage(text: string): void {
    this.#isAnswering = true;
    const message = LiveServerMessage.parse(JSON.parse(text));
    const { events } = this.#parts;
    switch (message.type) {
      case 'ready':
        this.#onReady(message);
        break;
      case 'ack':
        this.#outbox.acknowledge(message.seq);
        this.#tell({});
        this.#send();
        break;
      case 'partial':
        events.onPartial(message);
        break;
      case 'committed':
        this.#onCommitted(message);
        break;
      case 'voice':
        events.onVoice(message.speaking);
        break;
      case 'lag':
        this.#tell({ lagSeconds: message.seconds });
        break;
      case 'finalized':
        this.#outbox.finalized(message.id);
        this.#tell({ lagSeconds: 0 });
        events.onFinalized(message.id);
        break;
      case 'pong':
        break;
      case 'error':
        this.#tell({ errorCode: message.code });
        break;
      case 'done':
        this.#onDone(message.committedCount);
        break;
      default:
        message satisfies never;
    }
  }

  #onReady({ sessionId, token, resumeFrom }: Extract<LiveServerMessage, { type: 'ready' }>): void {
    this.#session = { ...this.#session, credentials: { sessionId, token } };
    const { store, events } = this.#parts;
    store.saveSession(this.#session).catch(() => events.onStorageFailed());
    this.#outbox.resumeFrom(resumeFrom);
    this.#isReady = true;
    this.#failedAttempts = 0;
    this.#tell({ connection: 'open', errorCode: undefined });
    this.#send();
  }

  #onCommitted(committed: Committed): void {
    // After a gap the connection is made anew: the server is told what was received and tells the rest again.
    if (committed.index > this.#heard.count) this.#lose('again');
    if (committed.index !== this.#heard.count) return;
    const shiftSeconds = this.#heard.originFrame * FRAME_SECONDS;
    const endSeconds = committed.endSeconds + shiftSeconds;
    this.#heard = { ...this.#heard, count: committed.index + 1, endSeconds };
    this.#parts.events.onCommitted(shifted(committed, shiftSeconds));
  }

  #onDone(committedCount: number): void {
    if (committedCount > this.#heard.count) this.#lose('again');
    else {
      this.dispose();
      this.#parts.events.onEnded();
    }
  }

  #send(): void {
    if (!this.#isSending) void this.#sendAllDue();
  }

  async #sendAllDue(): Promise<void> {
    this.#isSending = true;
    for (;;) {
      const socket = this.#socket;
      const due = this.#isReady ? this.#outbox.nextDue() : undefined;
      if (!due || !socket) break;
      const ready = due instanceof Promise ? await due : due;
      // Meanwhile another connection may have been made, which begins where the server is.
      if (this.#socket !== socket) continue;
      if ('frame' in ready) socket.send(ready.frame);
      else this.#tellServer({ type: 'finalize', id: ready.finalizeId });
    }
    this.#isSending = false;
    if (this.#isStopping && this.#isReady && !this.#isStopSent && this.#outbox.isAllSent) {
      this.#isStopSent = true;
      this.#tellServer({ type: 'stop', lastSeq: this.#outbox.lastSeq });
    }
  }

  #tellServer(message: ToServer): void {
    this.#socket?.send(JSON.stringify(message));
  }

  #tell(change: Partial<LiveStatus>): void {
    const unacknowledgedSeconds = this.#outbox.unacknowledgedCount * FRAME_SECONDS;
    this.#status = { ...this.#status, ...change, unacknowledgedSeconds };
    this.#parts.events.onStatus();
  }
}
