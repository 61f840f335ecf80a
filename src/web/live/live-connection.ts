import { reconnectDelayMs } from './live-closing.ts';
import type { ConnectLive, LiveSocket } from './live-socket.ts';

/** A connection on which nothing came for two of these, though it was asked, is dead. */
const KEEP_ALIVE_MS = 8000;

export interface LiveConnectionEvents {
  onOpen(): void;
  onMessage(text: string): void;
  /** Closed by the other side, with its code, or dead without one. Not after `close`. */
  onLost(code: number | undefined): void;
  /** Something that the other side answers is to be sent. */
  onQuiet(): void;
}

/** One connection at a time: opened, watched for being alive, and opened again after a while. */
export class LiveConnection {
  readonly #connect: ConnectLive;
  readonly #events: LiveConnectionEvents;
  #socket: LiveSocket | undefined;
  #failedAttempts = 0;
  #reconnection: ReturnType<typeof setTimeout> | undefined;
  #keepAlive: ReturnType<typeof setInterval> | undefined;
  #isAnswering = true;

  constructor(connect: ConnectLive, events: LiveConnectionEvents) {
    this.#connect = connect;
    this.#events = events;
  }

  /** The socket of now; another one after each `open`. */
  get socket(): LiveSocket | undefined {
    return this.#socket;
  }

  open(): void {
    this.close();
    this.#isAnswering = true;
    const socket: LiveSocket = this.#connect({
      onOpen: () => {
        if (this.#socket === socket) this.#events.onOpen();
      },
      onMessage: (text) => {
        if (this.#socket !== socket) return;
        this.#isAnswering = true;
        this.#events.onMessage(text);
      },
      onClose: (code) => {
        if (this.#socket === socket) this.#lose(code);
      },
    });
    this.#socket = socket;
    this.#keepAlive = setInterval(() => this.#checkAlive(), KEEP_ALIVE_MS);
  }

  /** Calls `reopen` after a wait that grows with each attempt since `succeeded`. */
  retryLater(reopen: () => void): void {
    this.#reconnection = setTimeout(reopen, reconnectDelayMs(this.#failedAttempts));
    this.#failedAttempts += 1;
  }

  succeeded(): void {
    this.#failedAttempts = 0;
  }

  close(): void {
    clearTimeout(this.#reconnection);
    clearInterval(this.#keepAlive);
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close();
  }

  #checkAlive(): void {
    if (this.#isAnswering) {
      this.#isAnswering = false;
      this.#events.onQuiet();
    } else this.#lose(undefined);
  }

  #lose(code: number | undefined): void {
    this.close();
    this.#events.onLost(code);
  }
}
