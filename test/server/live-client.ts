import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { LIVE_CLOSE, type LiveCloseName, LiveServerMessage } from '../../src/contracts/live.ts';
import type { ClientEnd } from '../live/dictating-client.ts';

/** A raw WebSocket to the server's live address, closed when the test has finished. */
export class RawClient implements ClientEnd {
  readonly socket: WebSocket;
  readonly received: LiveServerMessage[] = [];
  onMessage: (message: LiveServerMessage) => void = () => {};
  readonly #closed: Promise<unknown[]>;

  constructor(port: number, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/api/live`, { headers });
    this.socket.on('message', (data) => {
      const message = LiveServerMessage.parse(JSON.parse(String(data)));
      this.received.push(message);
      this.onMessage(message);
    });
    this.#closed = once(this.socket, 'close').catch(() => [0]);
    onTestFinished(() => this.socket.terminate());
  }

  static async open(port: number): Promise<RawClient> {
    const client = new RawClient(port);
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
