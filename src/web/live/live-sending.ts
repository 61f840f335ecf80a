import type { LiveConnection } from './live-connection.ts';
import type { LiveOutbox } from './live-outbox.ts';
import type { ToServer } from './live-requests.ts';

/**
 * Sends what is due over whichever connection there is, one thing after another; when no more is to come and all of it
 * is sent, `stop`.
 */
export class LiveSending {
  readonly #connection: LiveConnection;
  readonly #outbox: LiveOutbox;
  #isReady = false;
  #isSending = false;
  #isStopping = false;
  #isStopSent = false;

  constructor(connection: LiveConnection, outbox: LiveOutbox) {
    this.#connection = connection;
    this.#outbox = outbox;
  }

  /** Whether the server has said on this connection that it takes sound. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Whether no more sound may be pushed. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  ready(): void {
    this.#isReady = true;
  }

  /** The connection is gone: the next one begins where the server is. */
  lost(): void {
    this.#isReady = false;
    this.#isStopSent = false;
  }

  stop(): void {
    this.#isStopping = true;
    this.send();
  }

  /** Sends what may be sent now, unless that is being done already. */
  send(): void {
    if (!this.#isSending) void this.#sendAllDue();
  }

  /** Sends a message at once, past all that is due. */
  tell(message: ToServer): void {
    this.#connection.socket?.send(JSON.stringify(message));
  }

  async #sendAllDue(): Promise<void> {
    this.#isSending = true;
    for (;;) {
      const { socket } = this.#connection;
      const due = this.#isReady ? this.#outbox.nextDue() : undefined;
      if (!due || !socket) break;
      const ready = due instanceof Promise ? await due : due;
      // Meanwhile another connection may have been made, which begins where the server is.
      if (this.#connection.socket !== socket) continue;
      if ('frame' in ready) socket.send(ready.frame);
      else this.tell(ready.finalize);
    }
    this.#isSending = false;
    if (this.#isStopping && this.#isReady && !this.#isStopSent && this.#outbox.isAllSent) {
      this.#isStopSent = true;
      this.tell({ type: 'stop', lastSeq: this.#outbox.lastSeq });
    }
  }
}
