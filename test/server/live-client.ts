import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { LIVE_CLOSE, type LiveCloseName, LiveServerMessage } from '../../src/contracts/live.ts';
import type { ClientEnd } from '../live/dictating-client.ts';

/** A raw WebSocket to the server's live address, closed when the test has finished. */
export class RawClient implements ClientEnd {
  readonly socket: WebSocket;
  readonly received: LiveServerMessage[] = [];
  onMessage: (message: LiveServerMessage) => void = () => {};
  readonly #closed: Promise<unknown[]>;

  /** @param server the server's port here, or its whole address with ws: or wss: */
  constructor(server: number | string, options: ClientOptions = {}) {
    const base = typeof server === 'number' ? `ws://127.0.0.1:${server}` : server;
    this.socket = new WebSocket(`${base}/api/live`, options);
    this.socket.on('message', (data) => {
      const message = LiveServerMessage.parse(JSON.parse(String(data)));
      this.received.push(message);
      this.onMessage(message);
    });
    this.#closed = once(this.socket, 'close').catch(() => [0]);
    onTestFinished(() => this.socket.terminate());
  }

  static async open(server: number | string, options: ClientOptions = {}): Promise<RawClient> {
    const client = new RawClient(server, options);
    await once(client.socket, 'open');
    return client;
  }

  text(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  binary(bytes: Uint8Array): void {
    this.socket.send(bytes);
  }

  /** The code of the error told, and the name of the code that the connection was closed with. */
  async refusal(): Promise<[string | undefined, LiveCloseName | number]> {
    const [code] = (await this.#closed) as [number];
    const error = this.received.find((message) => message.type === 'error');
    const name = (Object.keys(LIVE_CLOSE) as LiveCloseName[]).find((each) => LIVE_CLOSE[each] === code);
    return [error?.type === 'error' ? error.code : undefined, name ?? code];
  }
}
