import type { LiveCloseName, LiveServerMessage } from '../../src/contracts/live.ts';
import type { LiveConnection } from '../../src/live/connection.ts';
import type { LiveSocket } from '../../src/live/link.ts';
import type { LiveSessions } from '../../src/live/sessions.ts';
import type { ClientEnd } from './dictating-client.ts';

/** Both ends of a connection without a network: what is sent arrives in order, some turns of the event loop later. */
export class MemorySocket implements LiveSocket, ClientEnd {
  bufferedBytes = 0;
  isPaused = false;
  closedAs: LiveCloseName | undefined;
  readonly received: LiveServerMessage[] = [];
  readonly #connection: LiveConnection;
  readonly #onMessage: (message: LiveServerMessage) => void;
  readonly #toServer: (() => void)[] = [];
  #isCut = false;

  constructor(
    sessions: LiveSessions,
    onMessage: (message: LiveServerMessage) => void = () => {},
    accountId: string | null = null,
  ) {
    this.#onMessage = onMessage;
    this.#connection = sessions.connect(this, accountId);
  }

  /** Of the server. */
  send(message: LiveServerMessage): void {
    if (this.#isCut || this.closedAs) return;
    this.received.push(message);
    this.#onMessage(message);
  }

  close(name: LiveCloseName): void {
    this.closedAs ??= name;
  }

  pause(): void {
    this.isPaused = true;
  }

  resume(): void {
    this.isPaused = false;
    this.#deliver();
  }

  /** Of the client. */
  text(message: object): void {
    this.raw(JSON.stringify(message));
  }

  raw(text: string): void {
    this.#toServer.push(() => this.#connection.text(text));
    this.#deliver();
  }

  binary(bytes: Uint8Array): void {
    this.#toServer.push(() => this.#connection.binary(bytes));
    this.#deliver();
  }

  /** The network fails: nothing more arrives on either side. The server may not even notice. */
  cut({ isNoticed }: { readonly isNoticed: boolean }): void {
    this.#isCut = true;
    this.#toServer.length = 0;
    if (isNoticed) this.#connection.closed();
  }

  get errors(): string[] {
    return this.received.flatMap((message) => (message.type === 'error' ? [message.code] : []));
  }

  #deliver(): void {
    while (!this.isPaused && !this.#isCut && !this.closedAs) {
      const act = this.#toServer.shift();
      if (!act) return;
      act();
    }
  }
}
