import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { LIVE_CLOSE } from '../../src/contracts/live.ts';
import { UNACKNOWLEDGED_LIMIT_FRAMES } from '../../src/web/live/live-outbox.ts';
import { connectTo } from '../../src/web/live/live-socket.ts';
import { type Heard, type LiveSession, NOTHING_HEARD } from '../../src/web/live/live-store.ts';
import { LiveClient } from '../../src/web/live-client.ts';
import { RememberingStore } from './remembering-store.ts';
import { ScriptedLiveServer } from './scripted-live-server.ts';

async function startServer() {
  const http = createServer();
  const live = new ScriptedLiveServer(http);
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    live.drop();
    http.close();
  });
  return { live, connect: connectTo(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/api/live`) };
}

type Server = Awaited<ReturnType<typeof startServer>>;

const SESSION: LiveSession = { localId: 'a', sampleRateHz: 16_000, originFrame: 0 };

function startClient({ connect }: Server, store = new RememberingStore(), restored: Partial<RestoredSession> = {}) {
  const words: string[] = [];
  const times: number[] = [];
  const finalized: number[] = [];
  const connections: string[] = [];
  const watchers = new Set<() => void>();
  const ended = Promise.withResolvers<void>();
  const notify = () => {
    const waiting = [...watchers];
    watchers.clear();
    for (const watcher of waiting) watcher();
  };
  const client: LiveClient = new LiveClient({
    session: SESSION,
    frameCount: 0,
    heard: NOTHING_HEARD,
    wishes: { vocabulary: [], pauseSeconds: 0.7 },
    ...restored,
    connect,
    store,
    events: {
      onStatus() {
        const connection = client.status.connection;
        if (connections.at(-1) !== connection) connections.push(connection);
        notify();
      },
      onPartial: notify,
      onCommitted(committed) {
        words.push(...committed.words.map(({ text }) => text));
        times.push(...committed.words.map(({ startSeconds }) => startSeconds));
        notify();
      },
      onVoice: notify,
      onFinalized(id) {
        finalized.push(id);
        notify();
      },
      onEnded: ended.resolve,
      onStorageFailed: notify,
    },
  });
  onTestFinished(() => client.dispose());
  const until = async (condition: () => boolean) => {
    while (!condition()) await new Promise<void>((resolve) => watchers.add(resolve));
  };
  return { client, store, words, times, finalized, connections, ended: ended.promise, until };
}

interface RestoredSession {
  readonly session: LiveSession;
  readonly frameCount: number;
  readonly heard: Heard;
}

/** A frame that tells its number. */
function frame(number: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(3200).fill(number % 256);
}

function talk(client: LiveClient, from: number, to: number): void {
  for (let number = from; number <= to; number += 1) client.push(frame(number));
}

function numbersOf(frames: readonly Buffer[]): number[] {
  return frames.map((samples) => samples[0]!);
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

test('frames from before the connection come in their order, and words come back', async () => {
  const server = await startServer();
  const { live } = server;
  const { client, words, until } = startClient(server);
  talk(client, 1, 5);
  client.open();
  await live.until(() => live.sessions[0]?.frames.length === 5);
  talk(client, 6, 9);
  await live.until(() => live.session.frames.length === 9);
  expect(numbersOf(live.session.frames)).toEqual(range(1, 9));
  live.commit('hosta i tre veckor');
  await until(() => words.length === 4);
  await until(() => client.isSettled);
  expect(live.session.starts[0]).toMatchObject({ sampleRateHz: 16_000, language: 'sv', protocol: 1 });
  expect(live.complaints).toEqual([]);
});

test('many lost connections lose and double neither sound nor words', async () => {
  const server = await startServer();
  const { live } = server;
  const { client, words, until } = startClient(server);
  client.open();
  let said = 0;
  for (const round of range(1, 8)) {
    await live.until(() => live.sessions[0]?.starts.length === round);
    talk(client, said + 1, said + 12);
    said += 12;
    const heardCount = said - (round % 2 === 0 ? 0 : 7);
    await live.until(() => live.session.frames.length >= heardCount);
    live.commit(`ord ${round}`);
    live.drop();
  }
  await live.until(() => live.session.frames.length === said && live.session.starts.length === 9);
  await until(() => words.length === 16);
  expect(words.filter((word) => word !== 'ord')).toEqual(range(1, 8).map(String));
  expect(numbersOf(live.session.frames)).toEqual(range(1, said));
  expect(live.sessions).toHaveLength(1);
  expect(live.complaints).toEqual([]);
});

test('what was said without a network is sent when it is there, at most ten seconds ahead of the server', async () => {
  const server = await startServer();
  const { live } = server;
  live.isReachable = false;
  live.acknowledges = false;
  const { client, connections, until } = startClient(server);
  client.open();
  await until(() => connections.includes('offline'));
  talk(client, 1, 250);
  expect(client.status.unacknowledgedSeconds).toBeCloseTo(25);
  live.isReachable = true;
  client.networkChanged(true);
  await live.until(() => live.sessions[0]?.frames.length === 100);
  live.acknowledgeAll();
  await live.until(() => live.session.frames.length === 200);
  live.acknowledgeAll();
  await live.until(() => live.session.frames.length === 250);
  live.acknowledgeAll();
  await until(() => client.isSettled);
  expect(client.status).toMatchObject({ connection: 'open', unacknowledgedSeconds: 0 });
  expect(numbersOf(live.session.frames)).toEqual(range(1, 250));
});

test('ten minutes that wait are the limit, and the frame beyond it is refused', async () => {
  const { client } = startClient(await startServer());
  const samples = frame(1);
  for (let number = 1; number <= UNACKNOWLEDGED_LIMIT_FRAMES; number += 1) expect(client.push(samples)).toBe(true);
  expect(client.push(samples)).toBe(false);
});

test('finalize comes after the sound that was before it, once more after a lost connection', async () => {
  const server = await startServer();
  const { live } = server;
  const { client, finalized, until } = startClient(server);
  const framesAtFinalize: number[] = [];
  live.onFinalize = () => {
    framesAtFinalize.push(live.session.frames.length);
    if (framesAtFinalize.length === 1) live.drop();
  };
  talk(client, 1, 3);
  client.finalize();
  talk(client, 4, 4);
  client.open();
  await until(() => finalized.length === 1);
  expect(framesAtFinalize[0]).toBe(3);
  expect(framesAtFinalize).toHaveLength(2);
  expect(finalized).toEqual([1]);
});

test('stop drains: all sound is sent, the last words come, and the session is over', async () => {
  const server = await startServer();
  const { live } = server;
  const { client, words, ended, connections } = startClient(server);
  client.open();
  talk(client, 1, 30);
  await live.until(() => live.sessions[0]?.frames.length === 30);
  live.commit('sista ordet');
  client.stop();
  await ended;
  expect(live.session.stoppedAfter).toBe(30);
  expect(words).toEqual(['sista', 'ordet']);
  expect(connections.at(-1)).toBe('ended');
});

test('a session that another visit began goes on from what the store has', async () => {
  const server = await startServer();
  const { live } = server;
  const first = startClient(server);
  first.client.open();
  talk(first.client, 1, 4);
  await live.until(() => live.sessions[0]?.frames.length === 4);
  live.commit('ett');
  live.commit('två');
  await first.until(() => first.words.length === 2);
  live.acknowledges = false;
  live.isReachable = false;
  live.drop();
  talk(first.client, 5, 9);
  first.client.dispose();

  live.commit('tre');
  live.isReachable = true;
  const { store } = first;
  // Only the first committed message was written before the page was closed.
  const heard = { originFrame: 0, count: 1, endSeconds: 1.3 };
  const second = startClient(server, store, { session: store.session!, frameCount: 9, heard });
  second.client.open();
  await second.until(() => second.words.length === 2);
  await live.until(() => live.session.frames.length === 9);
  expect(second.words).toEqual(['två', 'tre']);
  expect(numbersOf(live.session.frames)).toEqual(range(1, 9));
});

test('when the server has lost the session, all that was not committed is sent to another', async () => {
  const server = await startServer();
  const { live } = server;
  const { client, words, times, until } = startClient(server);
  client.open();
  talk(client, 1, 40);
  await live.until(() => live.sessions[0]?.frames.length === 40);
  live.commit('klart');
  await until(() => words.length === 1);
  live.forgetSessions();
  live.drop();
  await live.until(() => live.sessions.length === 1 && live.session.frames.length > 0);
  live.commit('nytt');
  await until(() => words.length === 2);
  await live.until(() => live.session.frames.length === 40 - 13);
  // The first word ended 1.3 s in: what comes after is frame 14 and on, and the times go on from there.
  expect(numbersOf(live.session.frames)).toEqual(range(14, 40));
  expect(times).toEqual([1, 1 + 1.3]);
});

test.each([
  ['takenOver', 'LIVE_TAKEN_OVER'],
  ['notAllowed', 'LIVE_NOT_ALLOWED'],
] as const)('%s is told by name and nothing is tried until somebody asks for it', async (name, errorCode) => {
  const server = await startServer();
  const { live } = server;
  live.refusal = { code: LIVE_CLOSE[name] };
  const { client, connections, until } = startClient(server);
  talk(client, 1, 3);
  client.open();
  await until(() => connections.includes('failed'));
  expect(client.status.errorCode).toBe(errorCode);
  live.refusal = undefined;
  client.retry();
  await live.until(() => live.sessions[0]?.frames.length === 3);
  await until(() => client.status.connection === 'open');
  expect(client.status.errorCode).toBeUndefined();
});

test('a full server is tried again until it has room', async () => {
  const server = await startServer();
  const { live } = server;
  live.refusal = {
    code: LIVE_CLOSE.full,
    error: { type: 'error', code: 'LIVE_FULL', message: 'full', retryable: true },
  };
  const { client, until } = startClient(server);
  talk(client, 1, 3);
  client.open();
  await until(() => client.status.errorCode === 'LIVE_FULL');
  live.refusal = undefined;
  await live.until(() => live.sessions[0]?.frames.length === 3);
});

test('a message that is too large for the server is not sent again and again', async () => {
  const server = await startServer();
  const { live } = server;
  live.refusal = {
    code: LIVE_CLOSE.tooLarge,
    error: { type: 'error', code: 'REQUEST_TOO_LARGE', message: 'too large', retryable: false },
  };
  const { client, until, connections } = startClient(server);
  client.open();
  await until(() => connections.includes('failed'));
  expect(client.status.errorCode).toBe('REQUEST_TOO_LARGE');
});

test('other words and another pause hold from then on, over lost connections too', async () => {
  const server = await startServer();
  const { live } = server;
  const { client } = startClient(server);
  client.open();
  await live.until(() => live.sessions[0]?.starts.length === 1);
  client.configure({ vocabulary: ['Eliquis'], pauseSeconds: 1 });
  live.drop();
  await live.until(() => live.session.configured.length > 0);
  const vocabulary = [{ term: 'Eliquis' }];
  expect(live.session.configured.at(-1)).toEqual({ type: 'configure', vocabulary, pauseSeconds: 1 });
});
