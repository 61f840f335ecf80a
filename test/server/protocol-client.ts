import { once } from 'node:events';
import { expect, onTestFinished } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { LIVE_CLOSE, type LiveCloseName } from '../../src/contracts/live.ts';
import { LiveSessions } from '../../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS, type LiveSettings } from '../../src/live/settings.ts';
import { LevelSpeech } from '../live/level-speech.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { runApp } from './running-app.ts';

/** A server whose recogniser hears words by their loudness, gone when the test has finished. */
export async function runLevels(changed: Partial<LiveSettings> = {}, speech = new LevelSpeech()) {
  const folder = await scratchFolder();
  const settings = { ...DEFAULT_LIVE_SETTINGS, syncEveryMs: 0, retryDelaysMs: [0], ...changed };
  const refused: string[] = [];
  const live = await LiveSessions.open({
    speech,
    folder,
    settings,
    log: (event) => event.event === 'live-refused' && refused.push(event.err.code),
  });
  return { ...(await runApp({ live })), live, speech, folder, refused };
}

/** A raw WebSocket of which all messages are kept as JSON, closed when the test has finished. */
export class ProtocolClient<Message> {
  readonly socket: WebSocket;
  readonly received: Message[] = [];
  readonly #closed: Promise<unknown[]>;

  constructor(url: string, subprotocols: string[] = [], options: ClientOptions = {}) {
    this.socket = new WebSocket(url, subprotocols, options);
    this.socket.on('message', (data) => this.received.push(JSON.parse(String(data))));
    this.#closed = once(this.socket, 'close').catch(() => [0]);
    onTestFinished(() => this.socket.terminate());
  }

  static async open<Message>(url: string, subprotocols?: string[], options?: ClientOptions) {
    const client = new ProtocolClient<Message>(url, subprotocols, options);
    await once(client.socket, 'open');
    return client;
  }

  send(message: object): void {
    this.socket.send(JSON.stringify(message));
  }

  /** Once so many messages have come. */
  async first(count: number): Promise<Message[]> {
    await expect.poll(() => this.received.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(count);
    return this.received.slice(0, count);
  }

  /** The name of the code that the connection was closed with. */
  async closedAs(): Promise<LiveCloseName | number> {
    const [code] = (await this.#closed) as [number];
    return (Object.keys(LIVE_CLOSE) as LiveCloseName[]).find((name) => LIVE_CLOSE[name] === code) ?? code;
  }
}

export function bytesOf(samples: Int16Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}
