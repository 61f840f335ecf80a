import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floatToS16le } from '../../src/audio/pcm.ts';
import { loadConfig, PROJECT_DIRECTORY, recogniserSettings } from '../../src/config.ts';
import { LiveSessions } from '../../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS } from '../../src/live/settings.ts';
import { decodeAudio } from '../../src/speech/formats/decode-audio.ts';
import { type SpeechPool, startSpeechPool } from '../../src/speech/pool.ts';
import { DictatingClient } from '../live/dictating-client.ts';
import { RawClient } from './live-client.ts';
import { runApp } from './running-app.ts';

const CLIP = join(PROJECT_DIRECTORY, 'test/fixtures/audio/speech/kan_du_vara.flac');
const RATE_HZ = 16_000;
const FRAME_SAMPLES = 1_600;
const SILENCE_SECONDS = 1;

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

/** The clip between two silences, as 16 bits. */
async function clip(): Promise<Int16Array> {
  const { samples } = await decodeAudio(new Uint8Array(await readFile(CLIP)), { maxBytes: 1e6, maxSeconds: 60 });
  const sound = new Int16Array(samples.length + 2 * SILENCE_SECONDS * RATE_HZ);
  sound.set(new Int16Array(floatToS16le(samples).buffer), SILENCE_SECONDS * RATE_HZ);
  return sound;
}

/** Sends a sound in frames of 100 ms and gives what was committed. */
async function dictate(sound: Int16Array): Promise<DictatingClient> {
  const frames = Array.from({ length: Math.ceil(sound.length / FRAME_SAMPLES) }, (_, index) =>
    sound.slice(index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES),
  );
  const client = new DictatingClient({ frames, sampleRateHz: RATE_HZ });
  const settings = DEFAULT_LIVE_SETTINGS;
  const live = await LiveSessions.open({ speech: pool.live, folder, settings, log: () => {} });
  const { port } = await runApp({ live });
  const end = await RawClient.open(port);
  const isDone = Promise.withResolvers<void>();
  end.onMessage = (message) => {
    client.receive(message);
    if (message.type === 'done') isDone.resolve();
    if (message.type === 'error') isDone.reject(new Error(message.message));
    while (client.canSend) client.sendNext();
  };
  client.connected(end);
  await isDone.promise;
  return client;
}

describe('with the real recogniser a streamed clip gives', () => {
  test('the words that the recogniser gives for the same stretches of it', async () => {
    const sound = await clip();
    const { committed } = await dictate(sound);
    const text = committed.flatMap(({ words }) => words.map((word) => word.text)).join(' ');
    expect(text).toMatch(/kan du/i);
    for (const { startSeconds, endSeconds, words } of committed) {
      const stretch = sound.slice(startSeconds * RATE_HZ, endSeconds * RATE_HZ);
      const samples = Float32Array.from(stretch, (sample) => sample / 32_768);
      const options = { language: 'sv', beamSize: 5, words: true };
      const utterance = await pool.live.recognise(samples, options, { owner: {} });
      expect(words.map((word) => word.text)).toEqual(utterance.words?.map((word) => word.text));
    }
  });

  test('no words when there is nothing but silence and noise', async () => {
    let seed = 7;
    const noise = Int16Array.from({ length: 5 * RATE_HZ }, (_, at) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return at < 2 * RATE_HZ ? 0 : (seed % 600) - 300;
    });
    const { committed } = await dictate(noise);
    expect(committed.flatMap(({ words }) => words)).toEqual([]);
  });
});
