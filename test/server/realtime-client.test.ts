import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { floatToS16le } from '../../src/audio/pcm.ts';
import { resample } from '../../src/audio/resampler.ts';
import { loadConfig, PROJECT_DIRECTORY, recogniserSettings } from '../../src/config.ts';
import { LiveSessions } from '../../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS } from '../../src/live/settings.ts';
import { decodeAudio } from '../../src/speech/formats/decode-audio.ts';
import { type SpeechPool, startSpeechPool } from '../../src/speech/pool.ts';
import { madeCertificate } from './made-certificate.ts';
import { runApp } from './running-app.ts';

const CLIP = join(PROJECT_DIRECTORY, 'test/fixtures/audio/speech/kan_du_vara.flac');
const RATE_HZ = 24_000;
const SILENCE_SECONDS = 1;
const APPEND_BYTES = RATE_HZ / 5;

type Target = { intent: 'transcription' } | { model: string };
type Event<Type> = Extract<RealtimeServerEvent, { type: Type }>;

let pool: SpeechPool;
let folder: string;
beforeAll(async () => {
  pool = await startSpeechPool({ ...recogniserSettings(loadConfig()), workers: 2, queueLimit: 8 });
  folder = await mkdtemp(join(tmpdir(), 'taltid-live-'));
});
afterAll(async () => {
  await pool?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The clip between two silences, as clients send it: 16 bits at 24 kHz. */
async function clip(): Promise<Buffer> {
  const { samples } = await decodeAudio(new Uint8Array(await readFile(CLIP)), { maxBytes: 1e6, maxSeconds: 60 });
  const silence = Buffer.alloc(2 * SILENCE_SECONDS * RATE_HZ);
  return Buffer.concat([silence, floatToS16le(resample(samples, 16_000, RATE_HZ)), silence]);
}

/** The official client at a server with a certificate of its own making. */
async function connect(target: Target): Promise<{ rt: OpenAIRealtimeWS; events: RealtimeServerEvent[] }> {
  const { ca, certificate } = await madeCertificate();
  const live = await LiveSessions.open({ speech: pool.live, folder, settings: DEFAULT_LIVE_SETTINGS, log: () => {} });
  const { port } = await runApp({ live, certificate });
  const client = new OpenAI({ baseURL: `https://localhost:${port}/v1`, apiKey: 'none' });
  const rt = new OpenAIRealtimeWS({ ...target, options: { ca } }, client);
  onTestFinished(() => rt.close());
  const events: RealtimeServerEvent[] = [];
  rt.on('event', (event) => events.push(event));
  rt.on('error', (error) =>
    events.push({ type: 'error', event_id: '', error: { type: 'sdk', message: error.message } }),
  );
  await once(rt.socket, 'open');
  return { rt, events };
}

async function ofType<Type extends RealtimeServerEvent['type']>(events: RealtimeServerEvent[], type: Type, count = 1) {
  const found = () => events.filter((event): event is Event<Type> => event.type === type);
  await expect.poll(() => found().length, { timeout: 60_000 }).toBeGreaterThanOrEqual(count);
  return found();
}

async function append(rt: OpenAIRealtimeWS, sound: Buffer): Promise<void> {
  for (let at = 0; at < sound.length; at += APPEND_BYTES) {
    const audio = sound.subarray(at, at + APPEND_BYTES).toString('base64');
    rt.send({ type: 'input_audio_buffer.append', audio });
  }
}

describe('the official client, over TLS,', () => {
  test.each<[string, Target]>([
    ['with its intent', { intent: 'transcription' }],
    ['with a model', { model: 'gpt-realtime' }],
  ])('%s, gets what was said as deltas and as a whole', async (_how, target) => {
    const { rt, events } = await connect(target);
    rt.send({
      type: 'session.update',
      session: {
        type: 'transcription',
        audio: {
          input: {
            format: { type: 'audio/pcm', rate: RATE_HZ },
            transcription: { model: 'gpt-4o-transcribe', language: 'sv' },
            turn_detection: { type: 'server_vad', threshold: 0.5, prefix_padding_ms: 300, silence_duration_ms: 500 },
          },
        },
      },
    });
    await ofType(events, 'session.updated');
    await append(rt, await clip());
    const completed = await ofType(events, 'conversation.item.input_audio_transcription.completed');
    const deltas = await ofType(events, 'conversation.item.input_audio_transcription.delta');
    expect(completed[0]!.transcript).toMatch(/kan du/i);
    const ofItem = deltas.filter(({ item_id }) => item_id === completed[0]!.item_id);
    expect(ofItem.map(({ delta }) => delta).join('')).toBe(completed[0]!.transcript);
    expect(events.map(({ type }) => type)).not.toContain('error');
  });

  test('commits by itself, and says things wrong without losing its session', async () => {
    const { rt, events } = await connect({ intent: 'transcription' });
    rt.send({ type: 'input_audio_buffer.commit', event_id: 'too-early' });
    const [error] = await ofType(events, 'error');
    expect(error!.error).toMatchObject({ code: 'input_audio_buffer_commit_empty', event_id: 'too-early' });
    rt.send({ type: 'session.update', session: { type: 'transcription', audio: { input: { turn_detection: null } } } });
    await append(rt, await clip());
    rt.send({ type: 'input_audio_buffer.commit' });
    const [completed] = await ofType(events, 'conversation.item.input_audio_transcription.completed');
    const [committed] = await ofType(events, 'input_audio_buffer.committed');
    expect(completed!.transcript).toMatch(/kan du/i);
    expect(completed!.item_id).toBe(committed!.item_id);
  });
});
