import { WebSocket } from 'ws';
import { FRAME_HEADER_BYTES, LIVE_PROTOCOL, LiveServerMessage } from '../../src/contracts/live.ts';
import { type Dictation, FRAME_SECONDS, RATE_HZ } from './dictation.ts';
import { type SessionRecord, SessionRecorder } from './session-record.ts';

/** Frames sent beyond the newest acknowledged one, as the page does. */
const WINDOW_FRAMES = 100;
const RECONNECT_DELAY_MS = 100;
/** A client that only waits must show that it is there. */
const PING_EVERY_MS = 10_000;
const HANDSHAKE_TIMEOUT_MS = 5_000;
/** From the last sample to `done`; a server that takes longer is not worth measuring. */
const DONE_TIMEOUT_MS = 180_000;
const CLOSED_ABNORMALLY = 1006;

export interface DictatingOptions {
  /** Where the server is now: it may have been started anew. */
  readonly address: () => string;
  /** In real time, or as fast as the server takes it. */
  readonly pace: 'spoken' | 'fast';
  /** Whether a connection that breaks is made again; else it fails the session. */
  readonly reconnects: boolean;
}

/** One client of the live protocol, dictating: sends sound as it is spoken, keeps it until it is acknowledged. */
export class DictatingSession {
  readonly #dictation: Dictation;
  readonly #options: DictatingOptions;
  readonly #recorder: SessionRecorder;
  readonly #done = Promise.withResolvers<SessionRecord>();
  #frameCount: number;
  #socket: WebSocket | undefined;
  #credentials: { readonly sessionId: string; readonly token: string } | undefined;
  #isReady = false;
  #isStopSent = false;
  #sentFrames = 0;
  #ackedFrames = 0;
  #startMs = 0;
  #frameTimer: NodeJS.Timeout | undefined;
  #connectTimer: NodeJS.Timeout | undefined;
  #doneTimer: NodeJS.Timeout | undefined;
  #pingTimer: NodeJS.Timeout | undefined;

  constructor(dictation: Dictation, options: DictatingOptions) {
    this.#dictation = dictation;
    this.#options = options;
    this.#frameCount = dictation.frames.length;
    this.#recorder = new SessionRecorder(() => this.#nowSeconds());
    // Whoever awaits it is told; until then nobody need listen.
    this.#done.promise.catch(() => {});
  }

  /** Settles with what the server told, when it has said `done`. @throws Error when anything is against the protocol */
  get done(): Promise<SessionRecord> {
    return this.#done.promise;
  }

  get isReady(): boolean {
    return this.#isReady;
  }

  /** Connects; the first sample is spoken now. */
  start(): this {
    this.#startMs = performance.now();
    this.#pingTimer = setInterval(() => this.#ping(), PING_EVERY_MS);
    this.#connect();
    this.#speak();
    return this;
  }

  /** Breaks the connection off, whatever state it is in; the next attempt comes after so long. */
  cut(offlineMs: number): void {
    this.#recorder.lost();
    this.#disconnect();
    this.#connectTimer = setTimeout(() => this.#connect(), offlineMs);
  }

  /** Ends the dictation after the frame that is being spoken. @returns the number of its frames */
  finish(): number {
    this.#frameCount = Math.min(this.#frameCount, this.#spokenFrames);
    this.#speak();
    return this.#frameCount;
  }

  /** Goes without saying goodbye, and does not come back. */
  abandon(): void {
    this.#leave();
    this.#done.reject(new Error('the session was abandoned'));
  }

  #nowSeconds(): number {
    return (performance.now() - this.#startMs) / 1000;
  }

  get #spokenFrames(): number {
    if (this.#options.pace === 'fast') return this.#frameCount;
    return Math.min(this.#frameCount, Math.floor(this.#nowSeconds() / FRAME_SECONDS));
  }

  /** Sends what is due, and comes back when the next frame has been spoken. */
  #speak(): void {
    clearTimeout(this.#frameTimer);
    this.#guard(() => this.#sendAllDue());
    const spoken = this.#spokenFrames;
    if (spoken < this.#frameCount) {
      const dueMs = this.#startMs + (spoken + 1) * FRAME_SECONDS * 1000 - performance.now();
      this.#frameTimer = setTimeout(() => this.#speak(), Math.max(0, dueMs));
    } else {
      const late = () =>
        this.#fail(new Error(`expected \`done\` within ${DONE_TIMEOUT_MS / 1000} s of the last frame`));
      this.#doneTimer ??= setTimeout(late, DONE_TIMEOUT_MS);
    }
  }

  #connect(): void {
    clearTimeout(this.#connectTimer);
    this.#recorder.connecting();
    const socket = new WebSocket(this.#options.address(), { handshakeTimeout: HANDSHAKE_TIMEOUT_MS });
    this.#socket = socket;
    const whileCurrent = (act: () => void) => () => {
      if (this.#socket === socket) this.#guard(act);
    };
    socket.on(
      'open',
      whileCurrent(() => this.#begin()),
    );
    socket.on('message', (data) =>
      whileCurrent(() => this.#receive(LiveServerMessage.parse(JSON.parse(String(data)))))(),
    );
    // The close that follows says all that is needed.
    socket.on('error', () => {});
    socket.on('close', (code) => whileCurrent(() => this.#lost(code))());
  }

  #begin(): void {
    const resume = this.#credentials && { ...this.#credentials, committedReceived: this.#recorder.committedCount };
    this.#tell({ type: 'start', protocol: LIVE_PROTOCOL, sampleRateHz: RATE_HZ, ...(resume && { resume }) });
  }

  #lost(code: number): void {
    if (!this.#options.reconnects || code !== CLOSED_ABNORMALLY) {
      throw new Error(`expected the connection to last; it was closed with ${code}`);
    }
    if (this.#isReady) this.#recorder.lost();
    this.#disconnect();
    this.#connectTimer = setTimeout(() => this.#connect(), RECONNECT_DELAY_MS);
  }

  #receive(message: LiveServerMessage): void {
    this.#recorder.received(message);
    switch (message.type) {
      case 'ready':
        this.#resume(message);
        break;
      case 'ack':
        this.#ackedFrames = Math.max(this.#ackedFrames, message.seq);
        if (this.#ackedFrames >= this.#spokenFrames - 1) this.#recorder.caughtUp();
        this.#sendAllDue();
        break;
      case 'done':
        this.#leave();
        this.#done.resolve(this.#recorder.record);
        break;
      case 'error':
        throw new Error(`expected no error; got ${message.code}`);
      case 'partial':
      case 'committed':
      case 'voice':
      case 'lag':
      case 'finalized':
      case 'pong':
        break;
      default:
        message satisfies never;
    }
  }

  #resume({ sessionId, token, resumeFrom }: Extract<LiveServerMessage, { type: 'ready' }>): void {
    if (resumeFrom <= this.#ackedFrames || resumeFrom > this.#sentFrames + 1) {
      throw new Error(`expected to go on after frame ${this.#ackedFrames} at least; got ${resumeFrom}`);
    }
    this.#credentials = { sessionId, token };
    this.#isReady = true;
    this.#sentFrames = resumeFrom - 1;
    // What came before the newest frame stored is stored, a `finalize` too; one after it may not be, and harms not twice.
    this.#finalizeIfDue();
    this.#sendAllDue();
  }

  #sendAllDue(): void {
    if (!this.#isReady) return;
    const spoken = this.#spokenFrames;
    while (this.#sentFrames < spoken && this.#sentFrames - this.#ackedFrames < WINDOW_FRAMES) {
      this.#sentFrames++;
      this.#socket?.send(numbered(this.#sentFrames, this.#dictation.frames[this.#sentFrames - 1]!));
      this.#finalizeIfDue();
    }
    if (this.#sentFrames < this.#frameCount || this.#isStopSent) return;
    this.#isStopSent = true;
    this.#tell({ type: 'stop', lastSeq: this.#frameCount });
  }

  #finalizeIfDue(): void {
    if (!this.#dictation.finalizeAfterFrames.has(this.#sentFrames)) return;
    this.#recorder.finalizing(this.#sentFrames);
    this.#tell({ type: 'finalize', id: this.#sentFrames });
  }

  #ping(): void {
    if (this.#isReady) this.#tell({ type: 'ping', id: 0 });
  }

  #tell(message: object): void {
    this.#socket?.send(JSON.stringify(message));
  }

  #disconnect(): void {
    clearTimeout(this.#connectTimer);
    const socket = this.#socket;
    this.#socket = undefined;
    this.#isReady = false;
    this.#isStopSent = false;
    socket?.terminate();
  }

  #leave(): void {
    clearTimeout(this.#frameTimer);
    clearTimeout(this.#doneTimer);
    clearInterval(this.#pingTimer);
    this.#disconnect();
  }

  #guard(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#leave();
    this.#done.reject(error);
  }
}

function numbered(seq: number, samples: Uint8Array): Uint8Array {
  const frame = new Uint8Array(FRAME_HEADER_BYTES + samples.length);
  new DataView(frame.buffer).setUint32(0, seq, true);
  frame.set(samples, FRAME_HEADER_BYTES);
  return frame;
}
