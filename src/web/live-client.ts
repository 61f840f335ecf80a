import type { ErrorCode } from '../contracts/errors.ts';
import { LiveServerMessage } from '../contracts/live.ts';
import { FRAME_SECONDS } from './live/frames.ts';
import type { LiveClientParts } from './live/live-client-parts.ts';
import { type ClosingVerdict, errorOnClose, verdictOn } from './live/live-closing.ts';
import { LiveConnection } from './live/live-connection.ts';
import { type Committed, type LiveStatus, shifted, WAITING } from './live/live-events.ts';
import { LiveOutbox } from './live/live-outbox.ts';
import { configureMessage, type LiveWishes, startMessage } from './live/live-requests.ts';
import { LiveSending } from './live/live-sending.ts';
import { type Heard, type LiveSession, restarted } from './live/live-store.ts';

/** A session of the server has a longest length, two hours unless a site changes it; another takes over long before. */
const SESSION_SECONDS = 3600;
/** Silence that a session begun anew hears again: the voice detector needs it to judge as if it had heard all. */
const HEARD_AGAIN_SECONDS = 2;

/**
 * The client's side of one live session: numbers and sends frames and keeps them until they are acknowledged, connects
 * again by itself and goes on where the server is. It knows no page: socket and store are given.
 */
export class LiveClient {
  readonly #parts: LiveClientParts;
  readonly #outbox: LiveOutbox;
  readonly #connection: LiveConnection;
  readonly #sending: LiveSending;
  #session: LiveSession;
  #heard: Heard;
  #status: LiveStatus;
  #wishes: LiveWishes;
  /** Whether they are others than those that the session was begun with. */
  #areWishesChanged = false;
  /** All sound before is committed or known to be silent; counted from the first local frame. */
  #settledSeconds = 0;
  #isSpeaking = false;
  /** What the server said before it closed the connection. */
  #refusal: ErrorCode | undefined;

  constructor(parts: LiveClientParts) {
    const { session, heard, frameCount, wishes, store, events } = parts;
    this.#parts = parts;
    this.#session = session;
    this.#wishes = wishes;
    this.#heard = heard.originFrame === session.originFrame ? heard : restarted(heard, session.originFrame);
    this.#outbox = new LiveOutbox({ ...session, frameCount, store, onStorageFailed: () => events.onStorageFailed() });
    this.#status = { ...WAITING, unacknowledgedSeconds: this.#outbox.unacknowledgedCount * FRAME_SECONDS };
    this.#connection = new LiveConnection(parts.connect, {
      onOpen: () => this.#start(),
      onMessage: (text) => this.#onMessage(text),
      onLost: (code) => this.#onLost(code),
      onQuiet: () => {
        if (this.#sending.isReady) this.#sending.tell({ type: 'ping', id: 0 });
      },
    });
    this.#sending = new LiveSending(this.#connection, this.#outbox);
  }

  /** As it must be kept to go on with it. */
  get session(): LiveSession {
    return this.#session;
  }

  get status(): LiveStatus {
    return this.#status;
  }

  get heard(): Heard {
    return this.#heard;
  }

  /** Whether more sound may be pushed. */
  get isAccepting(): boolean {
    return !this.#sending.isStopping && this.#status.connection !== 'ended';
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
    this.#sending.send();
    return true;
  }

  /** Asks for what was said so far to be committed without waiting for a pause; `onFinalized` tells the id back. */
  finalize(): number {
    const id = this.#outbox.finalize();
    this.#sending.send();
    return id;
  }

  /** Other words to expect and another pause, from now on. */
  configure(wishes: LiveWishes): void {
    this.#wishes = wishes;
    this.#areWishesChanged = true;
    if (this.#sending.isReady) this.#sending.tell(configureMessage(wishes));
  }

  /** Ends the session once all its sound is sent and committed. No frame may follow. */
  stop(): void {
    this.#sending.stop();
  }

  /** The network went or came, which a socket would notice much later. */
  networkChanged(isOnline: boolean): void {
    if (!isOnline && this.#connection.socket) this.#lose('again');
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
    this.#connection.open();
  }

  #disconnect(): void {
    this.#connection.close();
    this.#sending.lost();
  }

  #start(): void {
    // A new session gets them at once; one that goes on, by `configure`.
    if (!this.#session.credentials) this.#areWishesChanged = false;
    this.#sending.tell(startMessage(this.#session, this.#heard, this.#wishes));
  }

  #onLost(code: number | undefined): void {
    const refusal = this.#refusal;
    if (code === undefined) this.#lose('again');
    else this.#lose(verdictOn(code, refusal), errorOnClose(code) ?? refusal);
  }

  #lose(verdict: ClosingVerdict, errorCode = this.#status.errorCode): void {
    this.#disconnect();
    this.#refusal = undefined;
    if (verdict !== 'over') this.#connection.retryLater(() => this.#connect());
    if (verdict === 'anew') this.#beginAnew();
    const connection = verdict === 'over' ? 'failed' : 'offline';
    this.#tell({ connection, lagSeconds: 0, errorCode: verdict === 'anew' ? undefined : errorCode });
  }

  /** What is neither committed nor known to be silent is sent once more, to a session of another name. */
  #beginAnew(): void {
    const { localId, sampleRateHz } = this.#session;
    const fromSeconds = Math.max(this.#heard.endSeconds, this.#settledSeconds - HEARD_AGAIN_SECONDS);
    const originFrame = Math.floor(fromSeconds / FRAME_SECONDS);
    this.#isSpeaking = false;
    this.#session = { localId, sampleRateHz, originFrame };
    this.#heard = restarted(this.#heard, originFrame);
    this.#outbox.beginAnew(originFrame);
  }

  #onMessage(text: string): void {
    const message = LiveServerMessage.parse(JSON.parse(text));
    const { events } = this.#parts;
    switch (message.type) {
      case 'ready':
        this.#onReady(message);
        break;
      case 'ack':
        this.#outbox.acknowledge(message.seq);
        this.#tell({});
        this.#sending.send();
        break;
      case 'partial':
        events.onPartial(message);
        break;
      case 'committed':
        this.#onCommitted(message);
        break;
      case 'voice':
        this.#isSpeaking = message.speaking;
        events.onVoice(message.speaking);
        break;
      case 'lag':
        this.#onLag(message.seconds);
        break;
      case 'finalized':
        this.#outbox.finalized(message.id);
        this.#tell({ lagSeconds: 0 });
        events.onFinalized(message.id);
        break;
      case 'pong':
        break;
      case 'error':
        this.#refusal = message.code;
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
    this.#sending.ready();
    this.#connection.succeeded();
    if (this.#areWishesChanged) this.#sending.tell(configureMessage(this.#wishes));
    this.#tell({ connection: 'open', errorCode: undefined });
    this.#sending.send();
  }

  #onCommitted(committed: Committed): void {
    // After a gap the connection is made anew: the server is told what was received and tells the rest again.
    if (committed.index > this.#heard.count) this.#lose('again');
    if (committed.index !== this.#heard.count) return;
    const shiftSeconds = this.#heard.originFrame * FRAME_SECONDS;
    const endSeconds = committed.endSeconds + shiftSeconds;
    this.#heard = { ...this.#heard, count: committed.index + 1, endSeconds };
    this.#parts.events.onCommitted(shifted(committed, shiftSeconds));
    this.#takeOver();
  }

  /** In a pause, a session that has become long is followed by another, long before the server must end it. */
  #takeOver(): void {
    const { sessionSeconds = SESSION_SECONDS } = this.#parts;
    const seconds = this.#outbox.lastSeq * FRAME_SECONDS;
    if (seconds < sessionSeconds || this.#isSpeaking || this.#sending.isStopping) return;
    this.#beginAnew();
    this.#connect();
  }

  #onLag(lagSeconds: number): void {
    this.#tell({ lagSeconds });
    // The server counts what it received, which is at least what it acknowledged.
    this.#settledSeconds = Math.max(this.#settledSeconds, this.#outbox.ackedFrame * FRAME_SECONDS - lagSeconds);
  }

  #onDone(committedCount: number): void {
    if (committedCount > this.#heard.count) this.#lose('again');
    else {
      this.dispose();
      this.#parts.events.onEnded();
    }
  }

  #tell(change: Partial<LiveStatus>): void {
    const unacknowledgedSeconds = this.#outbox.unacknowledgedCount * FRAME_SECONDS;
    this.#status = { ...this.#status, ...change, unacknowledgedSeconds };
    this.#parts.events.onStatus();
  }
}
