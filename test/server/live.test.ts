import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import { frameBytes } from '../live/dictating-client.ts';
import { RawClient } from './live-client.ts';
import { runApp } from './running-app.ts';
import { dictateWhile, runLive, SOUND, START } from './running-live.ts';

describe('an attacker is refused by name, and a dictation beside goes on:', () => {
  const attacks: [string, (client: RawClient) => void, [string | undefined, string | number]][] = [
    ['no JSON', (client) => client.socket.send('{'), ['REQUEST_INVALID', 'badMessage']],
    ['no message of the protocol', (client) => client.text({ type: 'hack' }), ['REQUEST_INVALID', 'badMessage']],
    ['another protocol', (client) => client.text({ ...START, protocol: 2 }), ['REQUEST_INVALID', 'badMessage']],
    ['a wrong first message', (client) => client.text({ type: 'ping' }), ['REQUEST_INVALID', 'badMessage']],
    ['a frame first', (client) => client.binary(frameBytes(1, SOUND.slice(0, 100))), ['REQUEST_INVALID', 'badMessage']],
    [
      'a gap in the numbers',
      (client) => {
        client.text(START);
        client.binary(frameBytes(1, SOUND.slice(0, 100)));
        client.binary(frameBytes(3, SOUND.slice(0, 100)));
      },
      ['REQUEST_INVALID', 'badMessage'],
    ],
    [
      'a frame of more than a second',
      (client) => {
        client.text(START);
        client.binary(frameBytes(1, SOUND.slice(0, 16_001)));
      },
      ['REQUEST_TOO_LARGE', 'tooLarge'],
    ],
    ['a large message', (client) => client.socket.send('x'.repeat(70_000)), ['REQUEST_TOO_LARGE', 'tooLarge']],
    ['a huge message', (client) => client.socket.send(new Uint8Array(2 << 20)), [undefined, 1009]],
    [
      'text that is no UTF-8',
      (client) => client.socket.send(Buffer.from([0xff]), { binary: false }),
      [undefined, 1007],
    ],
    [
      'a session that there is not',
      (client) =>
        client.text({ ...START, resume: { sessionId: crypto.randomUUID(), token: 'x', committedReceived: 0 } }),
      ['LIVE_SESSION_UNKNOWN', 'sessionUnknown'],
    ],
    [
      'a flood of messages',
      (client) => {
        client.text(START);
        for (let id = 0; id < 600; id++) client.text({ type: 'ping', id });
      },
      ['LIVE_TOO_FAST', 'tooFast'],
    ],
    [
      'a flood of tiny frames',
      (client) => {
        client.text(START);
        for (let seq = 1; seq <= 600; seq++) client.binary(frameBytes(seq, SOUND.slice(0, 1)));
      },
      ['LIVE_TOO_FAST', 'tooFast'],
    ],
  ];
  test.each(attacks)('%s', async (_what, attack, told) => {
    const { port } = await runLive({ messageBurst: 500, messagesPerSecond: 1 });
    await dictateWhile(port, async () => {
      const client = await RawClient.open(port);
      attack(client);
      expect(await client.refusal()).toEqual(told);
    });
  });

  test('one who never reads what it asks for', async () => {
    const { port, refused } = await runLive({ maxUnreadBytes: 16 * 1024, slowReaderMs: 100, messageBurst: 1e9 });
    await dictateWhile(port, async () => {
      const client = await RawClient.open(port);
      client.text(START);
      await once(client.socket, 'message');
      client.socket.pause();
      // More answers than the buffers of both sockets hold.
      for (let id = 0; id < 400_000; id++) client.text({ type: 'ping', id });
      await expect.poll(() => refused, { timeout: 60_000 }).toEqual(['LIVE_TOO_SLOW']);
    });
  });

  test('one who breaks off in the middle of a frame', async () => {
    const { port, live } = await runLive();
    await dictateWhile(port, async () => {
      const socket = connect(port, '127.0.0.1');
      const lines = ['GET /api/live HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Connection: Upgrade', 'Upgrade: websocket'];
      const key = ['Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${btoa('0123456789abcdef')}`, '', ''];
      socket.write([...lines, ...key].join('\r\n'));
      await once(socket, 'data');
      socket.write(Uint8Array.of(0x82, 0xfe, 0xff, 0xff, 1, 2, 3, 4, 5));
      socket.destroy();
      await once(socket, 'close');
    });
    await expect.poll(() => live.sessionCount).toBe(0);
  });

  test('one who has the id of the dictation, but not its token', async () => {
    const { port } = await runLive();
    const victim = await RawClient.open(port);
    victim.text(START);
    await once(victim.socket, 'message');
    const [ready] = victim.received;
    const sessionId = ready?.type === 'ready' ? ready.sessionId : '';
    const thief = await RawClient.open(port);
    thief.text({ ...START, resume: { sessionId, token: 'guessed', committedReceived: 0 } });
    expect(await thief.refusal()).toEqual(['LIVE_NOT_ALLOWED', 'notAllowed']);
    victim.text({ type: 'ping', id: 1 });
    await once(victim.socket, 'message');
    expect(victim.received.at(-1)).toEqual({ type: 'pong', id: 1 });
  });
});

describe('the address', () => {
  test.each([
    [{ origin: 'http://evil.example' }, 403],
    [{ host: 'evil.example' }, 421],
  ])('is closed to pages of other sites: %j is %i', async (headers, status) => {
    const { port } = await runLive();
    const client = new RawClient(port, { headers });
    client.socket.on('error', () => {});
    const [, response] = await once(client.socket, 'unexpected-response');
    expect(response.statusCode).toBe(status);
  });

  test('says that it speaks WebSocket only', async () => {
    const { url } = await runLive();
    const answer = await fetch(`${url}/api/live`);
    expect(answer.status).toBe(426);
    expect(await answer.json()).toMatchObject({ code: 'REQUEST_INVALID' });
  });

  test('is not there on a server without live dictation', async () => {
    const { url } = await runApp();
    expect((await fetch(`${url}/api/live`)).status).toBe(404);
  });
});

test('a server that stops tells its clients, and does not wait for one that does not answer', async () => {
  const { port, app } = await runLive();
  const polite = await RawClient.open(port);
  const rude = await RawClient.open(port);
  for (const client of [polite, rude]) {
    client.text(START);
    await once(client.socket, 'message');
  }
  rude.socket.pause();
  await app.close();
  expect(await polite.refusal()).toEqual(['SPEECH_CLOSED', 'shuttingDown']);
});
