import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/contracts/errors.ts';
import type { LiveCall } from '../../src/contracts/live-speech.ts';
import type { Utterance } from '../../src/contracts/speech-messages.ts';
import { LevelSpeech, plantLevels } from '../live/level-speech.ts';
import { RawClient } from './live-client.ts';
import { ProtocolClient, runLevels } from './protocol-client.ts';
import { FAILED, type RealtimeEvent, RealtimeRaw, runRealtime } from './realtime-events.ts';

const RATE_HZ = 24_000;
const MIB = 1024 * 1024;
const WORD = plantLevels([{ level: 1, startSeconds: 0.2, endSeconds: 0.7 }], 1, RATE_HZ);
const SECRET = 'Anna Andersson';

describe('what cannot be dealt with is told in the form of the API, and the session goes on:', () => {
  const faults: [string, (client: RealtimeRaw) => void, string, string | null][] = [
    ['no JSON', (client) => client.socket.send('{'), 'invalid_value', null],
    ['sound as it is', (client) => client.socket.send(new Uint8Array(2)), 'invalid_value', null],
    ['an unknown event', (client) => client.send({ type: 'response.create' }), 'invalid_value', 'type'],
    ['no event', (client) => client.send([SECRET]), 'invalid_value', null],
    [
      'a conversation',
      (client) => client.send({ type: 'session.update', session: { type: 'realtime', instructions: SECRET } }),
      'invalid_value',
      'session.type',
    ],
    [
      'another detector',
      (client) => client.update({ turn_detection: { type: 'semantic_vad' } }),
      'invalid_value',
      'session.audio.input.turn_detection.type',
    ],
    [
      'another rate',
      (client) => client.update({ format: { type: 'audio/pcm', rate: 16_000 } }),
      'invalid_value',
      'session.audio.input.format.rate',
    ],
    [
      'another model',
      (client) => client.update({ transcription: { model: 'KBLab/kb-whisper-large' } }),
      'model_not_found',
      'session.audio.input.transcription.model',
    ],
    [
      'a prompt without end',
      (client) => client.update({ transcription: { prompt: SECRET.repeat(1000) } }),
      'invalid_value',
      'session.audio.input.transcription.prompt',
    ],
    [
      'audio that is no base64',
      (client) => client.send({ type: 'input_audio_buffer.append', audio: `${SECRET}!` }),
      'invalid_value',
      'audio',
    ],
    [
      'more audio than an event may hold',
      (client) => client.send({ type: 'input_audio_buffer.append', audio: 'A'.repeat(15 * MIB + 4) }),
      'buffer_overflow',
      'audio',
    ],
    ['a commit of nothing', (client) => client.commit(), 'input_audio_buffer_commit_empty', null],
  ];
  test.each(faults)('%s', async (_what, act, code, param) => {
    const { client, logLines } = await runRealtime();
    act(client);
    expect(await client.error()).toMatchObject({ type: 'invalid_request_error', code, param });
    client.append(WORD);
    client.commit();
    expect((await client.until('completed'))[0]!.transcript).toBe('l1');
    expect(JSON.stringify(client.received) + logLines.join()).not.toContain('Anna');
  });

  test('with the id that the client gave its event', async () => {
    const { client } = await runRealtime();
    client.send({ type: 'input_audio_buffer.commit', event_id: 'mine' });
    expect(await client.error()).toMatchObject({ event_id: 'mine' });
  });

  test('a change of format or language once sound has come', async () => {
    const { client } = await runRealtime();
    client.append(WORD);
    client.update({ format: { type: 'audio/pcmu' } });
    expect(await client.error()).toMatchObject({ code: 'invalid_value', param: 'session.audio.input' });
    client.update({ transcription: { prompt: 'Alvedon' }, turn_detection: null });
    await client.until('updated');
  });
});

describe('large messages', () => {
  test('of 15 MiB of sound come through, and are heard to the last word', async () => {
    const { client } = await runRealtime({ soundBurstSeconds: 1e6 });
    client.update({ turn_detection: null });
    const sound = new Int16Array((15 * MIB * 3) / 4 / 2);
    sound.set(WORD, sound.length - WORD.length);
    client.append(sound);
    client.commit();
    expect((await client.until('completed'))[0]!.transcript).toBe('l1');
  });

  test('are refused above that, and at other addresses above what was allowed before', async () => {
    const { client, port } = await runRealtime();
    client.socket.send('x'.repeat(16 * MIB));
    expect(await client.closedAs()).toBe(1009);
    for (const path of ['/api/live', '/vosk']) {
      const other = await ProtocolClient.open(`ws://127.0.0.1:${port}${path}`);
      other.socket.send(new Uint8Array(MIB + 1));
      expect(await other.closedAs()).toBe(1009);
    }
  });
});

describe('a session is refused, or ended, by name', () => {
  test('when as many are live as there may be, those of other protocols included', async () => {
    const { client, port } = await runRealtime({ maxSessions: 1 });
    const other = await RawClient.open(port);
    other.text({ type: 'start', protocol: 1, sampleRateHz: 16_000 });
    await once(other.socket, 'message');
    client.append(WORD);
    expect(await client.error()).toMatchObject({ code: 'too_many_sessions', type: 'server_error' });
    expect(await client.closedAs()).toBe('full');
  });

  test('when there are more connections than could ever have a session', async () => {
    const { port } = await runLevels({ maxSessions: 0 });
    const client = await ProtocolClient.open<RealtimeEvent>(`ws://127.0.0.1:${port}/v1/realtime`);
    expect(await client.closedAs()).toBe('full');
    expect(client.received).toMatchObject([{ type: 'error', error: { code: 'too_many_sessions' } }]);
    const vosk = await ProtocolClient.open(`ws://127.0.0.1:${port}/vosk`);
    expect(await vosk.closedAs()).toBe('full');
  });

  test('when too many events come', async () => {
    const { client } = await runRealtime({ messageBurst: 100, messagesPerSecond: 1 });
    for (let sent = 0; sent < 200; sent++) client.append(new Uint8Array(2));
    expect(await client.error()).toMatchObject({ code: 'live_too_fast', type: 'rate_limit_error' });
    expect(await client.closedAs()).toBe('tooFast');
  });

  test('when the client does not read', async () => {
    const { client, refused } = await runRealtime({ maxUnreadBytes: 16 * 1024, slowReaderMs: 100, messageBurst: 1e9 });
    client.socket.pause();
    // More answers than the buffers of both sockets hold.
    for (let sent = 0; sent < 60_000; sent++) client.update({});
    await expect.poll(() => refused, { timeout: 60_000 }).toEqual(['LIVE_TOO_SLOW']);
  });

  test('when it is longer than sessions may be', async () => {
    const { client } = await runRealtime({ maxSessionSeconds: 2 });
    for (let sent = 0; sent < 3; sent++) client.append(WORD);
    expect(await client.error()).toMatchObject({ code: 'audio_too_long' });
    expect(await client.closedAs()).toBe('tooLarge');
  });

  test('when the recogniser fails for good: items that were committed are told to have failed', async () => {
    class Broken extends LevelSpeech {
      override async recognise(_samples: Float32Array, _options: object, _call: LiveCall): Promise<Utterance> {
        throw new AppError('MODEL_INVALID', 'planted');
      }
    }
    const { client } = await runRealtime({}, new Broken());
    client.append(WORD);
    client.commit();
    expect(await client.closedAs()).toBe('failed');
    const [committed] = client.ofType('input_audio_buffer.committed');
    expect(client.received.slice(-2)).toMatchObject([
      { type: FAILED, item_id: committed!.item_id, error: { code: 'model_invalid' } },
      { type: 'error', error: { code: 'model_invalid', type: 'server_error' } },
    ]);
  });

  test('when the server stops', async () => {
    const { client, app } = await runRealtime();
    client.append(WORD);
    await client.until('started');
    await app.close();
    expect(await client.closedAs()).toBe('shuttingDown');
    expect(await client.error()).toMatchObject({ code: 'speech_closed' });
  });
});

describe('the address', () => {
  test('speaks the subprotocol that browsers ask for, and does not say their key back', async () => {
    const { port } = await runRealtime();
    const client = await RealtimeRaw.connect(port, ['realtime', 'openai-insecure-api-key.secret']);
    expect(client.socket.protocol).toBe('realtime');
    const other = new ProtocolClient<RealtimeEvent>(`ws://127.0.0.1:${port}/v1/realtime`, [
      'openai-insecure-api-key.x',
    ]);
    const [error] = await once(other.socket, 'error');
    expect(String(error)).toContain('no subprotocol');
  });

  test('is closed to pages of other sites', async () => {
    const { port } = await runRealtime();
    const headers = { origin: 'http://evil.example' };
    const client = new ProtocolClient(`ws://127.0.0.1:${port}/v1/realtime`, [], { headers });
    client.socket.on('error', () => {});
    const [, response] = await once(client.socket, 'unexpected-response');
    expect(response.statusCode).toBe(403);
  });

  test('says that it speaks WebSocket only, and counts what it refuses', async () => {
    const { url, client } = await runRealtime();
    const answer = await fetch(`${url}/v1/realtime?model=gpt-realtime`);
    expect(answer.status).toBe(426);
    expect(await answer.json()).toMatchObject({ error: { code: 'request_invalid' } });
    client.commit();
    await client.error();
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(metrics).toContain('taltid_errors_total{code="REQUEST_INVALID"} 2');
  });
});
