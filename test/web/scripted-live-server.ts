import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { ErrorCode } from '../../src/contracts/errors.ts';
import { FRAME_HEADER_BYTES, LIVE_CLOSE, LiveClientMessage, type LiveServerMessage } from '../../src/contracts/live.ts';

type Start = Extract<LiveClientMessage, { type: 'start' }>;
type Configure = Extract<LiveClientMessage, { type: 'configure' }>;
type Committed = Extract<LiveServerMessage, { type: 'committed' }>;

/** What the server knows of one session. */
export interface ScriptedSession {
  readonly id: string;
  readonly starts: Start[];
  /** Samples of the frames, in their order. */
  readonly frames: Buffer[];
  readonly committed: Committed[];
  /** What was asked of the recogniser while the session ran. */
  readonly configured: Configure[];
  stoppedAfter: number | undefined;
}

/**
 * The server's side of the live protocol with words that a test gives it: stores, acknowledges and resumes for real, and
 * refuses what breaks the contract.
 */
export class ScriptedLiveServer {
  readonly sessions: ScriptedSession[] = [];
  /** What broke the contract. */
  readonly complaints: string[] = [];
  /** Whether frames are acknowledged when they come. */
  acknowledges = true;
  /** The close code that greets every `start`, if any, and the error before it. */
  refusal: { readonly code: number; readonly error?: Extract<LiveServerMessage, { type: 'error' }> } | undefined;
  /** Whether connections are let in. */
  isReachable = true;
  readonly #sockets = new WebSocketServer({ noServer: true });
  #current: { readonly socket: WebSocket; readonly session: ScriptedSession } | undefined;
  readonly #watchers = new Set<() => void>();
  /** Words that are committed when their turn has come. */
  onFinalize: (() => void) | undefined;

  constructor(http: Server, path = '/api/live') {
    // It speaks in the place of the application's own live sessions.
    http.removeAllListeners('upgrade');
    http.on('upgrade', (request, socket, head) => {
      if (request.url !== path || !this.isReachable) socket.destroy();
      else this.#sockets.handleUpgrade(request, socket, head, (connection) => this.#serve(connection));
    });
  }

  get session(): ScriptedSession {
    return this.sessions.at(-1)!;
  }

  /** Of all sessions. */
  get frameCount(): number {
    return this.sessions.reduce((sum, { frames }) => sum + frames.length, 0);
  }

  /** Resolves when the condition holds; it is looked at after everything that comes in. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#watchers.add(resolve));
  }

  partial(stable: string, tail = ''): void {
    this.#tell({ type: 'partial', utteranceId: this.session.committed.length, stable, tail });
  }

  voice(speaking: boolean): void {
    this.#tell({ type: 'voice', speaking, atSeconds: this.session.frames.length / 10 });
  }

  /** Words a third of a second apart; "word?" is an uncertain one. */
  commit(text: string): void {
    const { committed } = this.session;
    const startSeconds = (committed.at(-1)?.endSeconds ?? 0) + 1;
    const words = text.split(' ').map((word, index) => ({
      text: word.replace(/\?$/, ''),
      startSeconds: startSeconds + index / 3,
      endSeconds: startSeconds + index / 3 + 0.3,
      probability: word.endsWith('?') ? 0.3 : 0.95,
    }));
    const message: Committed = {
      type: 'committed',
      index: committed.length,
      utteranceId: committed.length,
      startSeconds,
      endSeconds: words.at(-1)!.endSeconds,
      words,
    };
    committed.push(message);
    this.#tell(message);
  }

  acknowledgeAll(): void {
    this.#tell({ type: 'ack', seq: this.session.frames.length });
  }

  /** Ends the connection without a word, as a network does. */
  drop(): void {
    this.#current?.socket.terminate();
    this.#current = undefined;
  }

  /** Ends the connection as the server does: with an error first, where there is one. */
  close(name: keyof typeof LIVE_CLOSE, code?: ErrorCode): void {
    if (code) this.#tell({ type: 'error', code, message: 'planted', retryable: false });
    this.#current?.socket.close(LIVE_CLOSE[name]);
    this.#current = undefined;
  }

  /** As after the loss of the journal. */
  forgetSessions(): void {
    this.sessions.length = 0;
  }

  #serve(socket: WebSocket): void {
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.#onFrame(socket, data);
      else this.#onMessage(socket, LiveClientMessage.parse(JSON.parse(data.toString())));
      this.#notify();
    });
    socket.on('close', () => {
      if (this.#current?.socket === socket) this.#current = undefined;
      this.#notify();
    });
    socket.on('error', (error) => this.complaints.push(String(error)));
  }

  #notify(): void {
    const watchers = [...this.#watchers];
    this.#watchers.clear();
    for (const watcher of watchers) watcher();
  }

  #onFrame(socket: WebSocket, data: Buffer): void {
    if (this.#current?.socket !== socket) return;
    const { session } = this.#current;
    const seq = data.readUInt32LE(0);
    if (seq !== session.frames.length + 1) {
      this.complaints.push(`expected frame ${session.frames.length + 1}; got ${seq}`);
    }
    session.frames.push(data.subarray(FRAME_HEADER_BYTES));
    if (this.acknowledges) this.#tell({ type: 'ack', seq });
  }

  #onMessage(socket: WebSocket, message: LiveClientMessage): void {
    switch (message.type) {
      case 'start':
        this.#onStart(socket, message);
        break;
      case 'finalize':
        this.onFinalize?.();
        this.#tell({ type: 'finalized', id: message.id });
        break;
      case 'ping':
        this.#tell({ type: 'pong', id: message.id });
        break;
      case 'stop':
        if (message.lastSeq !== this.session.frames.length) this.complaints.push(`stop after ${message.lastSeq}`);
        this.session.stoppedAfter = message.lastSeq;
        this.#tell({ type: 'done', committedCount: this.session.committed.length });
        socket.close(LIVE_CLOSE.done);
        break;
      case 'configure':
        this.session.configured.push(message);
        break;
      default:
        message satisfies never;
    }
  }

  #onStart(socket: WebSocket, start: Start): void {
    if (this.refusal) {
      if (this.refusal.error) socket.send(JSON.stringify(this.refusal.error));
      socket.close(this.refusal.code);
      return;
    }
    const known = start.resume && this.sessions.find(({ id }) => id === start.resume?.sessionId);
    if (start.resume && (!known || start.resume.token !== `token of ${known.id}`)) {
      socket.close(LIVE_CLOSE.sessionUnknown);
      return;
    }
    const session = known ?? {
      id: crypto.randomUUID(),
      starts: [],
      frames: [],
      committed: [],
      configured: [],
      stoppedAfter: undefined,
    };
    if (!known) this.sessions.push(session);
    session.starts.push(start);
    this.#current = { socket, session };
    this.#tell({
      type: 'ready',
      sessionId: session.id,
      token: `token of ${session.id}`,
      resumeFrom: session.frames.length + 1,
      pauseSeconds: start.pauseSeconds,
    });
    for (const message of session.committed.slice(start.resume?.committedReceived ?? 0)) this.#tell(message);
  }

  #tell(message: LiveServerMessage): void {
    this.#current?.socket.send(JSON.stringify(message));
  }
}
