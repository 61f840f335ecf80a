import { once } from 'node:events';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { frameBytes } from '../live/dictating-client.ts';
import { RawClient } from './live-client.ts';
import { RawSocket, rawFrame } from './raw-socket.ts';
import { dictateWhile, runLive, SOUND, START } from './running-live.ts';

const FINAL_TEXT = 0x81;
const FINAL_BINARY = 0x82;
const PROTOCOL_ERROR = 1002;
const TOO_BIG = 1009;
const NOTHING = new Uint8Array(0);
const IMPATIENT = {
  maxConnections: 2000,
  maxPerAddress: 2000,
  headersMs: 100,
  handshakeMs: 100,
  bodyMs: 1000,
  checkEveryMs: 20,
};

describe('whoever breaks the WebSocket protocol is cut off by its code, and a dictation beside goes on:', () => {
  const attacks: [string, readonly Buffer[], number][] = [
    ['a frame without a mask', [rawFrame(FINAL_TEXT, Buffer.from('{}'), false)], PROTOCOL_ERROR],
    ['reserved bits', [rawFrame(FINAL_BINARY | 0x70, NOTHING)], PROTOCOL_ERROR],
    ['an opcode that there is not', [rawFrame(0x83, NOTHING)], PROTOCOL_ERROR],
    ['a continuation of nothing', [rawFrame(0x80, NOTHING)], PROTOCOL_ERROR],
    ['a ping in pieces', [rawFrame(0x09, NOTHING)], PROTOCOL_ERROR],
    ['a ping of more than 125 bytes', [rawFrame(0x89, new Uint8Array(126))], PROTOCOL_ERROR],
    ['a message within a message', [rawFrame(0x01, NOTHING), rawFrame(FINAL_TEXT, NOTHING)], PROTOCOL_ERROR],
    [
      'a message in pieces without an end',
      [rawFrame(0x02, new Uint8Array(60_000)), ...new Array(20).fill(rawFrame(0x00, new Uint8Array(60_000)))],
      TOO_BIG,
    ],
  ];
  test.each(attacks)('%s', async (_what, frames, code) => {
    const { port } = await runLive();
    await dictateWhile(port, async () => {
      const raw = await RawSocket.upgraded(port);
      for (const frame of frames) raw.socket.write(frame);
      expect(await raw.closeCode()).toBe(code);
    });
  });
});

describe('whoever sends the wrong kind of message is refused by name:', () => {
  const base64 = Buffer.from(frameBytes(1, SOUND.slice(0, 100))).toString('base64');
  const attacks: [string, (client: RawClient) => void][] = [
    ['sound as text', (client) => client.socket.send(base64)],
    ['sound inside a message', (client) => client.text({ type: 'audio', audio: base64 })],
    [
      'a frame that says it is text',
      (client) => client.socket.send(frameBytes(1, SOUND.slice(0, 100)), { binary: false }),
    ],
    ['a message as a frame', (client) => client.binary(Buffer.from(JSON.stringify({ type: 'ping', id: 1 })))],
    ['another start', (client) => client.text(START)],
    ['a stop before its frames', (client) => client.text({ type: 'stop', lastSeq: 7 })],
    ['numbers that are none', (client) => client.socket.send('{"type":"stop","lastSeq":1e999}')],
    [
      'names of the language itself',
      (client) => client.socket.send('{"__proto__":{"type":"stop"},"type":"constructor"}'),
    ],
  ];
  test.each(attacks)('%s', async (_what, attack) => {
    const { port } = await runLive();
    const client = await RawClient.open(port);
    client.text(START);
    await once(client.socket, 'message');
    attack(client);
    expect(await client.refusal()).toEqual(['REQUEST_INVALID', 'badMessage']);
  });
});

describe('a dictation goes on while', () => {
  test('somebody sends the lines of an upgrade one by one, until that is cut off', async () => {
    const { port } = await runLive({}, { connectionLimits: IMPATIENT });
    await dictateWhile(port, async () => {
      const raw = await RawSocket.open(port);
      raw.socket.write(`GET /api/live HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upg`);
      expect(await raw.answer()).toMatch(/^HTTP\/1\.1 408 /);
    });
  });

  test('somebody connects and says nothing, until that is cut off', async () => {
    const { port } = await runLive({}, { connectionLimits: IMPATIENT });
    await dictateWhile(port, async () => {
      const silent = await Promise.all(Array.from({ length: 50 }, () => RawSocket.open(port)));
      await Promise.all(silent.map((raw) => raw.answer()));
    });
  });

  test('a thousand clients connect, of whom all but a few are refused by name', async () => {
    const { port, live } = await runLive({ maxSessions: 4 });
    await dictateWhile(port, async () => {
      // As many as are let in beside the dictation, who say nothing.
      for (let count = 1; count < 8; count++) await RawClient.open(port);
      for (let batch = 0; batch < 20; batch++) {
        const clients = await Promise.all(Array.from({ length: 50 }, () => RawClient.open(port)));
        for (const client of clients) expect(await client.refusal()).toEqual(['LIVE_FULL', 'full']);
      }
      expect(live.connectionCount).toBe(8);
    });
  });

  test('more connect than the server holds, and when they have gone there is room again', async () => {
    const { port } = await runLive({}, { connectionLimits: { ...IMPATIENT, maxConnections: 20 } });
    await dictateWhile(port, async () => {
      const crowd = await Promise.all(Array.from({ length: 200 }, () => RawSocket.open(port)));
      await Promise.all(crowd.map((raw) => raw.answer()));
      expect((await RawClient.open(port)).received).toEqual([]);
    });
  });

  test('others try its id with tokens that they guess', async () => {
    const { port, live } = await runLive();
    const victim = await RawClient.open(port);
    victim.text(START);
    await once(victim.socket, 'message');
    const [ready] = victim.received;
    const { sessionId, token } = ready?.type === 'ready' ? ready : { sessionId: '', token: '' };
    for (const guess of ['', 'guessed', `${token} `, token.slice(0, -1), token.toLowerCase()]) {
      const thief = await RawClient.open(port);
      thief.text({ ...START, resume: { sessionId, token: guess, committedReceived: 0 } });
      thief.binary(frameBytes(1, SOUND.slice(0, 100)));
      thief.text({ type: 'stop', lastSeq: 0 });
      expect(await thief.refusal()).toEqual(['LIVE_NOT_ALLOWED', 'notAllowed']);
      expect(thief.received).toHaveLength(1);
    }
    expect(live.sessionCount).toBe(1);
    victim.binary(frameBytes(1, SOUND.slice(0, 100)));
    await expect.poll(() => victim.received.at(-1)).toMatchObject({ type: 'ack', seq: 1 });
  });
});

test('a client that is gone without a word is found by pings, and one that answers them stays', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const { port } = await runLive();
  const polite = await RawClient.open(port);
  const gone = await RawClient.open(port, { autoPong: false });
  for (const client of [polite, gone]) {
    client.text(START);
    await once(client.socket, 'message');
  }
  const pinged = Promise.all([polite, gone].map(({ socket }) => once(socket, 'ping')));
  vi.advanceTimersByTime(15_000);
  await pinged;
  // Its answer to the ping is before this on the wire.
  polite.text({ type: 'ping', id: 1 });
  await once(polite.socket, 'message');
  vi.advanceTimersByTime(15_000);
  const CUT_OFF = 1006;
  expect(await gone.refusal()).toEqual([undefined, CUT_OFF]);
  polite.text({ type: 'ping', id: 2 });
  await expect.poll(() => polite.received.at(-1)).toEqual({ type: 'pong', id: 2 });
});
