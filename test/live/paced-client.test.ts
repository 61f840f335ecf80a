import { readdir } from 'node:fs/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { AppError } from '../../src/contracts/errors.ts';
import type { LiveCloseName, LiveServerMessage } from '../../src/contracts/live.ts';
import { PacedClient } from '../../src/live/paced-client.ts';
import { type LiveEvent, LiveSessions } from '../../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS, type LiveSettings } from '../../src/live/settings.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { MemorySocket } from './memory-socket.ts';
import { type Interference, plant, SimulatedSpeech } from './simulated-speech.ts';

const START = { sampleRateHz: 16_000, language: 'sv', vocabulary: [], prompt: '', pauseSeconds: 0.7 };
const SOUND = plant([{ word: 7, startSample: 8_000, endSample: 16_000 }], 24_000);
const BYTES = new Uint8Array(SOUND.buffer);
const MAX_MESSAGE_BYTES = 100_000;

async function openSessions(changed: Partial<LiveSettings> = {}, interfere?: Interference) {
  const folder = await scratchFolder();
  const settings = { ...DEFAULT_LIVE_SETTINGS, syncEveryMs: 0, retryDelaysMs: [0], ...changed };
  const events: string[] = [];
  const log = ({ event }: LiveEvent) => void events.push(event);
  const sessions = await LiveSessions.open({ speech: new SimulatedSpeech(interfere), folder, settings, log });
  onTestFinished(() => sessions.close());
  return { sessions, folder, events };
}

/** A client without a network, whose socket can be seen to be read or not. */
function connect(sessions: LiveSessions, maxBehindSeconds = 30) {
  const received: LiveServerMessage[] = [];
  const socket = {
    isPaused: false,
    closedAs: undefined as LiveCloseName | undefined,
    bufferedBytes: 0,
    close: (name: LiveCloseName) => {
      socket.closedAs ??= name;
    },
    pause: () => {
      socket.isPaused = true;
    },
    resume: () => {
      socket.isPaused = false;
    },
  };
  const client = new PacedClient({
    sessions,
    socket,
    accountId: null,
    maxBehindSeconds,
    maxMessageBytes: MAX_MESSAGE_BYTES,
    onMessage: (message) => received.push(message),
  });
  const words = () => received.flatMap((message) => (message.type === 'committed' ? message.words : []));
  return { client, socket, received, texts: () => words().map(({ text }) => text) };
}

describe('messages are dealt with in their order,', () => {
  test('each when the one before is done, and the socket is not read meanwhile', async () => {
    const { sessions } = await openSessions();
    const { client, socket } = connect(sessions);
    const first = Promise.withResolvers<void>();
    const order: string[] = [];
    client.receive(1, async () => {
      await first.promise;
      order.push('first');
    });
    client.receive(1, async () => void order.push('second'));
    expect(socket.isPaused).toBe(true);
    expect(order).toEqual([]);
    first.resolve();
    await expect.poll(() => socket.isPaused).toBe(false);
    expect(order).toEqual(['first', 'second']);
  });

  test('finalize is done when all before it is told', async () => {
    const { sessions } = await openSessions();
    const { client, texts } = connect(sessions);
    const told = Promise.withResolvers<string[]>();
    client.receive(1, async () => {
      await client.begin(START);
      // The second part begins in the middle of a sample.
      await client.sound(BYTES.subarray(0, 30_001));
      await client.sound(BYTES.subarray(30_001));
      await client.finalize();
      told.resolve(texts());
    });
    expect(await told.promise).toEqual(['w7']);
    expect(client.soundSeconds).toBe(1.5);
  });

  test('sound is not taken while the recogniser is behind, and all of it after that', async () => {
    const gate = Promise.withResolvers<void>();
    const { sessions } = await openSessions({}, () => gate.promise);
    const { client, socket, texts } = connect(sessions, 1);
    client.receive(1, async () => {
      await client.begin(START);
      for (let times = 0; times < 4; times++) await client.sound(BYTES);
      await client.stop();
    });
    // The piece that went beyond the limit is the last one.
    await expect.poll(() => client.soundSeconds).toBe(1.5);
    expect(socket.isPaused).toBe(true);
    gate.resolve();
    await expect.poll(() => socket.closedAs).toBe('done');
    expect(client.soundSeconds).toBe(6);
    expect(texts()).toEqual(['w7', 'w7', 'w7', 'w7']);
  });
});

describe('a connection ends by name', () => {
  test('when a message is too large, or too many wait', async () => {
    const { sessions } = await openSessions();
    const large = connect(sessions);
    large.client.receive(MAX_MESSAGE_BYTES + 1, async () => {});
    expect(large.socket.closedAs).toBe('tooLarge');
    const many = connect(sessions);
    for (let sent = 0; sent < 4; sent++) many.client.receive(MAX_MESSAGE_BYTES / 2, () => new Promise(() => {}));
    expect(many.socket.closedAs).toBe('tooFast');
    expect(many.socket.isPaused).toBe(true);
  });

  test('while something waits for it: nothing more is dealt with', async () => {
    const { sessions } = await openSessions({}, () => new Promise(() => {}));
    const { client, socket } = connect(sessions);
    let isDealtWith = false;
    client.receive(1, async () => {
      await client.begin(START);
      await client.sound(BYTES);
      await client.finalize();
      isDealtWith = true;
    });
    client.receive(1, async () => {
      isDealtWith = true;
    });
    await expect.poll(() => client.soundSeconds).toBe(1.5);
    client.closed();
    await expect.poll(() => socket.isPaused).toBe(false);
    expect(isDealtWith).toBe(false);
    expect(client.isOver).toBe(true);
    await expect.poll(() => sessions.sessionCount).toBe(0);
  });

  test('when nothing came for ten minutes', async () => {
    const { sessions } = await openSessions();
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { client, socket } = connect(sessions);
    vi.advanceTimersByTime(599_999);
    client.receive(1, async () => {});
    vi.advanceTimersByTime(599_999);
    expect(socket.closedAs).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(socket.closedAs).toBe('idle');
  });

  test('when there is no room beside the sessions of the live protocol, and the other way round', async () => {
    const { sessions } = await openSessions({ maxSessions: 1 });
    const { client, socket } = connect(sessions);
    client.receive(1, () => client.begin(START));
    await expect.poll(() => sessions.sessionCount).toBe(1);
    const other = new MemorySocket(sessions);
    other.text({ type: 'start', protocol: 1, sampleRateHz: 16_000 });
    await expect.poll(() => other.closedAs).toBe('full');
    const third = connect(sessions);
    third.client.receive(1, () => third.client.begin(START));
    await expect.poll(() => third.socket.closedAs).toBe('full');
    expect(socket.closedAs).toBeUndefined();
  });
});

describe('a session is over once', () => {
  test('when its client goes in the middle of it', async () => {
    const { sessions, events } = await openSessions({}, () => new Promise(() => {}));
    const { client } = connect(sessions);
    client.receive(1, async () => {
      await client.begin(START);
      await client.sound(BYTES);
    });
    await expect.poll(() => client.soundSeconds).toBe(1.5);
    client.closed();
    await expect.poll(() => events).toEqual(['live-begun', 'live-done']);
    await expect.poll(() => sessions.sessionCount).toBe(0);
  });

  test('when its client stops, and is gone then', async () => {
    const { sessions, events } = await openSessions();
    const { client, socket } = connect(sessions);
    client.receive(1, async () => {
      await client.begin(START);
      await client.stop();
    });
    await expect.poll(() => socket.closedAs).toBe('done');
    client.closed();
    await sessions.close();
    expect(events).toEqual(['live-begun', 'live-done']);
  });

  test('when the recogniser fails for good', async () => {
    const broken = new AppError('MODEL_INVALID', 'planted');
    const { sessions, events } = await openSessions({}, () => Promise.reject(broken));
    const { client, socket } = connect(sessions);
    client.receive(1, async () => {
      await client.begin(START);
      await client.sound(BYTES);
    });
    await expect.poll(() => socket.closedAs).toBe('failed');
    await sessions.close();
    expect(events).toEqual(['live-begun', 'live-refused', 'live-failed']);
  });
});

test('nothing of a session is stored, also when the server stops in the middle of it', async () => {
  const { sessions, folder } = await openSessions();
  const { client, socket } = connect(sessions);
  client.receive(1, async () => {
    await client.begin(START);
    await client.sound(BYTES);
  });
  await expect.poll(() => client.soundSeconds).toBe(1.5);
  await sessions.close();
  expect(socket.closedAs).toBe('shuttingDown');
  expect(await readdir(folder)).toEqual([]);
});

test('that somebody fell silent is told also when the cut after 15 s fell on the last of the voice', async () => {
  const { sessions } = await openSessions();
  const { client, received } = connect(sessions);
  const long = plant([{ word: 7, startSample: 8_000, endSample: 8_000 + 14.6 * 16_000 }], 17 * 16_000);
  client.receive(1, async () => {
    await client.begin(START);
    await client.sound(new Uint8Array(long.buffer));
  });
  const voices = () => received.flatMap((message) => (message.type === 'voice' ? [message.speaking] : []));
  await expect.poll(voices).toEqual([true, false]);
});
