import { AppError } from '../contracts/errors.ts';
import { LIVE_PROTOCOL, type LiveClientMessage, type LiveServerMessage } from '../contracts/live.ts';
import type { LiveConnection, Start } from './connection.ts';
import type { LiveSocket } from './link.ts';
import type { LiveSessions } from './sessions.ts';

type Configure = Extract<LiveClientMessage, { type: 'configure' }>;

const SAMPLE_BYTES = 2;
/** Sound handed to the session at once; between two pieces it may say that it has enough. */
const PIECE_SECONDS = 0.5;
/**
 * How long a client may say nothing. Some do while nobody presses their key, and none has a ping of its own: whether
 * they are still there is found out by the socket's.
 */
const SILENCE_MS = 600_000;

export interface PacedClientOptions {
  readonly sessions: LiveSessions;
  readonly socket: Omit<LiveSocket, 'send'>;
  readonly accountId: string | null;
  readonly onMessage: (message: LiveServerMessage) => void;
  /** Sound that may wait for the recogniser before more of it is taken. */
  readonly maxBehindSeconds: number;
  /** Of one message, and of all that wait to be dealt with. */
  readonly maxMessageBytes: number;
}

/**
 * A client of another protocol, at a session that ends with its connection. Its messages are dealt with one after
 * another, each for as long as it takes: until its sound is taken, or what it asked for is reached. Until then those
 * behind it wait in the socket, so that whoever sends faster than words come is held back.
 */
export class PacedClient {
  readonly #options: PacedClientOptions;
  readonly #connection: LiveConnection;
  readonly #waiting: { readonly bytes: number; readonly deal: () => Promise<void> }[] = [];
  #isAtWork = false;
  #isOver = false;
  /** The session does not take anything before this. */
  #hold: PromiseWithResolvers<void> | undefined;
  /** What was asked for last is reached. */
  #reached = Promise.withResolvers<void>();
  #sampleRateHz: number | undefined;
  #lastSeq = 0;
  #takenBytes = 0;
  /** The first half of a sample that a message's end has cut. */
  #halfSample: Uint8Array = new Uint8Array(0);

  constructor(options: PacedClientOptions) {
    const { sessions, socket, accountId, maxBehindSeconds } = options;
    this.#options = options;
    this.#connection = sessions.connectPassing(
      {
        send: (message) => this.#told(message),
        close: (name) => {
          socket.close(name);
          this.#end();
        },
        get bufferedBytes() {
          return socket.bufferedBytes;
        },
        pause: () => {
          this.#hold ??= Promise.withResolvers();
        },
        resume: () => this.#release(),
      },
      accountId,
      { startMs: SILENCE_MS, idleMs: SILENCE_MS, maxBehindSeconds },
    );
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Undefined before the session has begun. */
  get sampleRateHz(): number | undefined {
    return this.#sampleRateHz;
  }

  /** Sound that was taken. */
  get soundSeconds(): number {
    return this.#sampleRateHz === undefined ? 0 : this.#takenBytes / SAMPLE_BYTES / this.#sampleRateHz;
  }

  /** A message came; `deal` may wait, and an AppError that it throws ends the connection. */
  receive(bytes: number, deal: () => Promise<void>): void {
    const { maxMessageBytes } = this.#options;
    this.#connection.receive(bytes, maxMessageBytes, () => {
      this.#waiting.push({ bytes, deal });
      const waitingBytes = this.#waiting.reduce((sum, waiting) => sum + waiting.bytes, 0);
      if (waitingBytes > maxMessageBytes) {
        throw new AppError('LIVE_TOO_FAST', 'too much was sent before it was dealt with', { retryable: true });
      }
      if (!this.#isAtWork) void this.#work();
    });
  }

  /** The socket is closed, by whomever. */
  closed(): void {
    this.#connection.closed();
    this.#end();
  }

  /** Begins the session; all that follows is for one that has begun. */
  async begin(start: Omit<Start, 'type' | 'protocol' | 'resume'>): Promise<void> {
    this.#sampleRateHz = start.sampleRateHz;
    await this.#send({ type: 'start', protocol: LIVE_PROTOCOL, ...start });
    await this.#untilFree();
  }

  /** @param bytes samples of 16 bits, little-endian, at the session's rate; the last may be cut */
  async sound(bytes: Uint8Array): Promise<void> {
    const whole = Buffer.concat([this.#halfSample, bytes]);
    const pieceBytes = SAMPLE_BYTES * Math.floor(PIECE_SECONDS * this.#sampleRateHz!);
    const endBytes = whole.length - (whole.length % SAMPLE_BYTES);
    // A copy, so that the rest of the message is let go.
    this.#halfSample = Uint8Array.from(whole.subarray(endBytes));
    for (let at = 0; at < endBytes; at += pieceBytes) {
      const samples = whole.subarray(at, Math.min(at + pieceBytes, endBytes));
      await this.#untilFree();
      this.#connection.frame({ seq: ++this.#lastSeq, samples });
      this.#takenBytes += samples.length;
    }
  }

  async configure(wishes: Omit<Configure, 'type'>): Promise<void> {
    await this.#send({ type: 'configure', ...wishes });
  }

  /** Ends the utterance; resolves when all before it is committed and told. */
  async finalize(): Promise<void> {
    await this.#ask({ type: 'finalize', id: 0 });
  }

  /** Ends the session; the socket is closed when all is committed and told. */
  async stop(): Promise<void> {
    await this.#ask({ type: 'stop', lastSeq: this.#lastSeq });
  }

  async #work(): Promise<void> {
    const { socket } = this.#options;
    this.#isAtWork = true;
    socket.pause();
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      try {
        await next.deal();
      } catch (thrown) {
        if (!(thrown instanceof ConnectionOver)) this.#connection.refuse(AppError.from(thrown));
      }
    }
    this.#isAtWork = false;
    socket.resume();
  }

  async #ask(message: LiveClientMessage): Promise<void> {
    this.#reached = Promise.withResolvers();
    await this.#send(message);
    await this.#reached.promise;
    if (this.#isOver) throw new ConnectionOver();
  }

  async #send(message: LiveClientMessage): Promise<void> {
    await this.#untilFree();
    this.#connection.message(message);
  }

  async #untilFree(): Promise<void> {
    while (this.#hold) await this.#hold.promise;
    if (this.#isOver) throw new ConnectionOver();
  }

  #told(message: LiveServerMessage): void {
    this.#options.onMessage(message);
    if (message.type === 'finalized' || message.type === 'done') this.#reached.resolve();
  }

  #release(): void {
    this.#hold?.resolve();
    this.#hold = undefined;
  }

  #end(): void {
    this.#isOver = true;
    this.#waiting.length = 0;
    this.#release();
    this.#reached.resolve();
  }
}

/** Ends what was being dealt with when the connection ended; nobody is left to be told. */
class ConnectionOver extends Error {}
