import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { AppError } from '../../src/contracts/errors.ts';
import { LiveSessions } from '../../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS, type LiveSettings } from '../../src/live/settings.ts';
import { frameBytes } from './dictating-client.ts';
import { MemorySocket } from './memory-socket.ts';
import { plant, SimulatedSpeech } from './simulated-speech.ts';

const START = { type: 'start', protocol: 1, sampleRateHz: 16_000 };
const SILENCE = new Int16Array(1600);

async function openSessions(changed: Partial<LiveSettings> = {}, speech = new SimulatedSpeech()) {
  const folder = await mkdtemp(join(tmpdir(), 'taltid-live-'));
  const settings = { ...DEFAULT_LIVE_SETTINGS, syncEveryMs: 0, retryDelaysMs: [0], ...changed };
  const sessions = await LiveSessions.open({ speech, folder, settings, log: () => {} });
  onTestFinished(async () => {
    await sessions.close();
    await rm(folder, { recursive: true, force: true });
  });
  return sessions;
}

/** A client whose session is ready. */
async function begun(sessions: LiveSessions, start: object = START) {
  const socket = new MemorySocket(sessions);
  socket.text(start);
  const [ready] = await received(socket, 'ready');
  return { socket, ready: ready! };
}

async function received<T extends string>(socket: MemorySocket, type: T) {
  await expect.poll(() => socket.received.map((message) => message.type as string)).toContain(type);
  return socket.received.filter((message) => message.type === type) as Extract<
    MemorySocket['received'][number],
    { type: T }
  >[];
}

async function refusal(socket: MemorySocket) {
  await expect.poll(() => socket.closedAs).toBeDefined();
  return [socket.errors.at(-1), socket.closedAs];
}

describe('a session is refused by name', () => {
  test('when there is no room for another, while the others go on', async () => {
    const sessions = await openSessions({ maxSessions: 2 });
    const others = [await begun(sessions), await begun(sessions)];
    const third = new MemorySocket(sessions);
    third.text(START);
    expect(await refusal(third)).toEqual(['LIVE_FULL', 'full']);
    others[0]!.socket.text({ type: 'ping', id: 5 });
    expect(await received(others[0]!.socket, 'pong')).toEqual([{ type: 'pong', id: 5 }]);
  });

  test('not for the room of one that lost its connection, which is taken up from its journal later', async () => {
    const sessions = await openSessions({ maxSessions: 1 });
    const { socket, ready } = await begun(sessions);
    socket.binary(frameBytes(1, SILENCE));
    await received(socket, 'ack');
    socket.cut({ isNoticed: true });
    const second = await begun(sessions);
    second.socket.cut({ isNoticed: true });
    const { sessionId, token } = ready;
    const again = await begun(sessions, { ...START, resume: { sessionId, token, committedReceived: 0 } });
    expect(again.ready.resumeFrom).toBe(2);
  });

  test('when its rate would need a large filter', async () => {
    const socket = new MemorySocket(await openSessions());
    socket.text({ ...START, sampleRateHz: 44_101 });
    expect(await refusal(socket)).toEqual(['REQUEST_INVALID', 'badMessage']);
  });

  test('when it is longer than sessions may be', async () => {
    const { socket } = await begun(await openSessions({ maxSessionSeconds: 0.25 }));
    for (const seq of [1, 2, 3]) socket.binary(frameBytes(seq, SILENCE));
    expect(await refusal(socket)).toEqual(['AUDIO_TOO_LONG', 'tooLarge']);
  });

  test('when it stays silent, before and after its start', async () => {
    const sessions = await openSessions({ startMs: 20, idleMs: 20 });
    expect(await refusal(new MemorySocket(sessions))).toEqual(['LIVE_IDLE', 'idle']);
    const { socket } = await begun(sessions);
    expect(await refusal(socket)).toEqual(['LIVE_IDLE', 'idle']);
  });

  test('when the server stops', async () => {
    const sessions = await openSessions();
    const { socket } = await begun(sessions);
    await sessions.close();
    expect(await refusal(socket)).toEqual(['SPEECH_CLOSED', 'shuttingDown']);
    expect(await refusal(new MemorySocket(sessions))).toEqual(['SPEECH_CLOSED', 'shuttingDown']);
  });

  test('when the recogniser fails for good; the utterance is recognised when it is taken up again', async () => {
    let isBroken = true;
    const speech = new SimulatedSpeech(async (kind) => {
      if (isBroken && kind === 'recognise') throw new AppError('MODEL_INVALID', 'planted');
    });
    const sessions = await openSessions({}, speech);
    const { socket, ready } = await begun(sessions);
    socket.binary(frameBytes(1, plant([{ word: 7, startSample: 4_000, endSample: 9_000 }], 16_000)));
    socket.text({ type: 'finalize', id: 1 });
    expect(await refusal(socket)).toEqual(['MODEL_INVALID', 'failed']);
    isBroken = false;
    const { sessionId, token } = ready;
    const again = await begun(sessions, { ...START, resume: { sessionId, token, committedReceived: 0 } });
    const [committed] = await received(again.socket, 'committed');
    expect(committed!.words.map(({ text }) => text)).toEqual(['w7']);
  });
});

describe('another one’s session', () => {
  test('is neither shown nor disturbed by whoever has its id but not its token', async () => {
    const sessions = await openSessions();
    const { socket, ready } = await begun(sessions);
    const { sessionId, token } = ready;
    for (const wrong of ['', `${token}x`, 'x'.repeat(token.length)]) {
      const thief = new MemorySocket(sessions);
      thief.text({ ...START, resume: { sessionId, token: wrong, committedReceived: 0 } });
      expect(await refusal(thief)).toEqual(['LIVE_NOT_ALLOWED', 'notAllowed']);
      expect(thief.received.map(({ type }) => type)).toEqual(['error']);
    }
    socket.binary(frameBytes(1, SILENCE));
    expect(await received(socket, 'ack')).toEqual([{ type: 'ack', seq: 1 }]);
  });

  test('is taken over with its token; the connection before is told so', async () => {
    const sessions = await openSessions();
    const { socket, ready } = await begun(sessions);
    const { sessionId, token } = ready;
    await begun(sessions, { ...START, resume: { sessionId, token, committedReceived: 0 } });
    expect(await refusal(socket)).toEqual(['LIVE_TAKEN_OVER', 'takenOver']);
  });

  test('is unknown by any other id', async () => {
    const sessions = await openSessions();
    for (const sessionId of ['', '../../etc/passwd', crypto.randomUUID()]) {
      const socket = new MemorySocket(sessions);
      socket.text({ ...START, resume: { sessionId, token: 'x', committedReceived: 0 } });
      expect(await refusal(socket)).toEqual(['LIVE_SESSION_UNKNOWN', 'sessionUnknown']);
    }
  });
});

describe('a client that is too much', () => {
  test('with messages is refused', async () => {
    const { socket } = await begun(await openSessions({ messageBurst: 50, messagesPerSecond: 1 }));
    for (let id = 0; id < 60; id++) socket.text({ type: 'ping', id });
    expect(await refusal(socket)).toEqual(['LIVE_TOO_FAST', 'tooFast']);
  });

  test('with sound is not read for a while, and loses none', async () => {
    const { socket } = await begun(await openSessions({ soundBurstSeconds: 0.5, soundSecondsPerSecond: 50 }));
    for (let seq = 1; seq <= 20; seq++) socket.binary(frameBytes(seq, SILENCE));
    expect(socket.isPaused).toBe(true);
    await expect.poll(() => socket.received.at(-1)).toEqual({ type: 'ack', seq: 20 });
  });

  test('for a slow recogniser is not read until it has caught up', async () => {
    const gate = Promise.withResolvers<void>();
    const speech = new SimulatedSpeech(() => gate.promise);
    const { socket } = await begun(await openSessions({ maxBehindSeconds: 1 }, speech));
    for (let seq = 1; seq <= 30; seq++) socket.binary(frameBytes(seq, SILENCE));
    expect(socket.isPaused).toBe(true);
    gate.resolve();
    await expect.poll(() => socket.received.findLast(({ type }) => type === 'ack')).toEqual({ type: 'ack', seq: 30 });
    expect(socket.isPaused).toBe(false);
  });

  test('because it does not read is not read either, and then refused', async () => {
    const { socket } = await begun(await openSessions({ maxUnreadBytes: 100, slowReaderMs: 40 }));
    socket.bufferedBytes = 101;
    socket.text({ type: 'ping', id: 1 });
    expect(socket.isPaused).toBe(true);
    expect(await refusal(socket)).toEqual(['LIVE_TOO_SLOW', 'tooSlow']);
  });

  test('because it read slowly for a moment goes on', async () => {
    const { socket } = await begun(await openSessions({ maxUnreadBytes: 100, slowReaderMs: 400 }));
    socket.bufferedBytes = 101;
    socket.text({ type: 'ping', id: 1 });
    socket.bufferedBytes = 0;
    await vi.waitFor(() => expect(socket.isPaused).toBe(false));
    socket.text({ type: 'ping', id: 2 });
    expect(await received(socket, 'pong')).toHaveLength(2);
  });
});

describe('out of order:', () => {
  test.each<[string, (socket: MemorySocket) => void]>([
    ['a frame that leaves others out', (socket) => socket.binary(frameBytes(3, SILENCE))],
    ['a stop that leaves frames out', (socket) => socket.text({ type: 'stop', lastSeq: 4 })],
    ['a second start', (socket) => socket.text(START)],
    [
      'a frame after the stop',
      (socket) => {
        socket.text({ type: 'stop', lastSeq: 0 });
        socket.binary(frameBytes(1, SILENCE));
      },
    ],
    ['a frame without a sample', (socket) => socket.binary(new Uint8Array(4))],
    ['a frame of half a sample', (socket) => socket.binary(new Uint8Array(7))],
  ])('%s', async (_what, act) => {
    const { socket } = await begun(await openSessions());
    act(socket);
    expect(await refusal(socket)).toEqual(['REQUEST_INVALID', 'badMessage']);
  });
});

test('lag is told while sound waits, and that none is left', async () => {
  const gate = Promise.withResolvers<void>();
  const { socket } = await begun(await openSessions({}, new SimulatedSpeech(() => gate.promise)));
  socket.binary(frameBytes(1, new Int16Array(16_000)));
  const [lag] = await received(socket, 'lag');
  expect(lag!.seconds).toBeCloseTo(1, 2);
  gate.resolve();
  await expect.poll(() => socket.received.at(-1)).toEqual({ type: 'lag', seconds: 0 });
});

test('finalize is answered when the words before it are committed, and at once when there are none', async () => {
  const { socket } = await begun(await openSessions());
  socket.text({ type: 'finalize', id: 1 });
  socket.binary(frameBytes(1, plant([{ word: 3, startSample: 4_000, endSample: 12_345 }], 12_345)));
  socket.text({ type: 'finalize', id: 2 });
  await expect.poll(() => socket.received).toContainEqual({ type: 'finalized', id: 2 });
  const told = socket.received.filter(({ type }) => type === 'finalized' || type === 'committed');
  expect(told.map(({ type }) => type)).toEqual(['finalized', 'committed', 'finalized']);
});

test('a client that was cut off before `done` may say finalize and stop again, also after the end', async () => {
  const sessions = await openSessions();
  const { socket, ready } = await begun(sessions);
  const { sessionId, token } = ready;
  socket.binary(frameBytes(1, plant([{ word: 3, startSample: 4_000, endSample: 9_000 }], 12_000)));
  for (const again of [false, true, true]) {
    const client = again ? new MemorySocket(sessions) : socket;
    if (again) client.text({ ...START, resume: { sessionId, token, committedReceived: 0 } });
    client.text({ type: 'finalize', id: 1 });
    client.text({ type: 'stop', lastSeq: 1 });
    await expect.poll(() => client.closedAs).toBe('done');
    expect(client.received.filter(({ type }) => type === 'committed')).toHaveLength(1);
    expect(client.received.at(-1)).toEqual({ type: 'done', committedCount: 1 });
  }
});
