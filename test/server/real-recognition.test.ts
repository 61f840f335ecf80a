import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { floatToS16le } from '../../src/audio/pcm.ts';
import { loadConfig, PROJECT_DIRECTORY, recogniserSettings } from '../../src/config.ts';
import type { TranscribeRequest, Transcriber } from '../../src/contracts/transcriber.ts';
import { TranscribeOptions } from '../../src/contracts/transcript.ts';
import { ensurePageBuilt } from '../../src/server/page-build.ts';
import { decodeAudio } from '../../src/speech/formats/decode-audio.ts';
import { startSpeechPool } from '../../src/speech/pool.ts';
import { wavFile } from '../../src/web/wav.ts';
import { chromiumPath, launchChromium } from '../chromium.ts';
import { requirePart } from '../require-part.ts';
import { runApp } from './running-app.ts';

const SPEECH = join(PROJECT_DIRECTORY, 'test/fixtures/audio/speech');
const CLIP = 'kan_du_vara.flac';
const SPOKEN = /kan du/i;

let pool: Transcriber;
beforeAll(async () => {
  const workers = Math.min(2, availableParallelism());
  pool = await startSpeechPool({ ...recogniserSettings(loadConfig()), workers, queueLimit: 8 });
});
afterAll(() => pool?.close());

async function clip(): Promise<File> {
  return new File([await readFile(join(SPEECH, CLIP))], CLIP);
}

async function realClient(): Promise<OpenAI> {
  return (await runApp({}, pool)).client;
}

describe('a file of a clinic', () => {
  const hear = async (language: string, wishes: Partial<TranscribeRequest>) => {
    const file = new Uint8Array(await readFile(join(SPEECH, CLIP)));
    return (await pool.transcribe({ file, options: TranscribeOptions.parse({ language }), ...wishes })).text;
  };

  test('is written with its terms, where its language is spoken', async () => {
    const clinicVocabulary = [{ term: 'MINO', soundsLike: 'kan du' }];
    expect(await hear('sv', { clinicVocabulary })).toMatch(/^MINO vara/);
    expect(await hear('en', { clinicVocabulary })).not.toMatch(/MINO/);
  });

  test('is refused when it is longer than was wanted', async () => {
    await expect(hear('sv', { maxAudioSeconds: 1 })).rejects.toMatchObject({ code: 'AUDIO_TOO_LONG' });
  });
});

describe('with the real recogniser the official client gets', () => {
  test('the same text as json, as text and at the end of a stream', async () => {
    const client = await realClient();
    const request = { model: 'whisper-1', language: 'sv' };
    const { text } = await client.audio.transcriptions.create({ ...request, file: await clip() });
    expect(text).toMatch(SPOKEN);
    const plain = await client.audio.transcriptions.create({ ...request, file: await clip(), response_format: 'text' });
    expect(plain.trimEnd()).toBe(text);
    let deltas = '';
    let done = '';
    const stream = await client.audio.transcriptions.create({ ...request, file: await clip(), stream: true });
    for await (const event of stream) {
      if (event.type === 'transcript.text.delta') deltas += event.delta;
      if (event.type === 'transcript.text.done') done = event.text;
    }
    expect([deltas, done]).toEqual([text, text]);
  });

  test('words and segments whose times rise and lie within the audio', async () => {
    const client = await realClient();
    const answer = await client.audio.transcriptions.create({
      file: await clip(),
      model: 'whisper-1',
      response_format: 'verbose_json',
      timestamp_granularities: ['word', 'segment'],
    });
    const times = (answer.words ?? []).flatMap(({ start, end }) => [start, end]);
    expect(times.length).toBeGreaterThan(4);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times.at(-1)).toBeLessThanOrEqual(answer.duration);
    expect(answer.segments?.map(({ text }) => text.trim()).join(' ')).toBe(answer.text);
    expect(answer.words?.map(({ word }) => word).join(' ')).toBe(answer.text);
  });

  test('subtitles', async () => {
    const client = await realClient();
    const request = { file: await clip(), model: 'whisper-1' };
    const srt = await client.audio.transcriptions.create({ ...request, response_format: 'srt' });
    expect(srt).toMatch(/^1\n00:00:0\d,\d{3} --> 00:00:0\d,\d{3}\n.*kan du/i);
    const vtt = await client.audio.transcriptions.create({ ...request, response_format: 'vtt' });
    expect(vtt).toMatch(/^WEBVTT\n\n00:00:0\d\.\d{3} --> 00:00:0\d\.\d{3}\n.*kan du/i);
  });

  test.each([
    ['what is no audio', new TextEncoder().encode('this is no audio'), 'audio_not_audio'],
    ['an empty file', new Uint8Array(0), 'audio_empty'],
  ])('%s refused with its own code', async (_what, bytes, code) => {
    const client = await realClient();
    const request = { file: new File([bytes], 'a.wav'), model: 'whisper-1' };
    await expect(client.audio.transcriptions.create(request)).rejects.toMatchObject({
      status: 400,
      code,
      param: 'file',
    });
  });

  test('an unknown model refused as not found', async () => {
    const client = await realClient();
    const request = { file: await clip(), model: 'nobody/nothing' };
    await expect(client.audio.transcriptions.create(request)).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
      param: 'model',
    });
  });

  test('the bundled model in the list, and by its name', async () => {
    const client = await realClient();
    const [model] = (await client.models.list()).data;
    expect(model).toMatchObject({ object: 'model' });
    expect(await client.models.retrieve(model!.id)).toEqual(model);
  });
});

describe.skipIf(requirePart('chromium', chromiumPath !== undefined))('the page with the real recogniser', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'taltid-page-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** The clip as the fake microphone wants it. */
  async function microphoneWav() {
    const file = new Uint8Array(await readFile(join(SPEECH, CLIP)));
    const { samples, rateHz } = await decodeAudio(file, { maxBytes: 1e6, maxSeconds: 60 });
    const path = join(folder, 'microphone.wav');
    await writeFile(path, await wavFile([floatToS16le(samples)], rateHz).bytes());
    return { path, seconds: samples.length / rateHz };
  }

  test('shows what a chosen file says, and what the microphone heard', async () => {
    const pageDirectory = await ensurePageBuilt(PROJECT_DIRECTORY);
    const { url } = await runApp({ pageDirectory }, pool);
    const microphone = await microphoneWav();
    const browser = await launchChromium(microphone.path);
    try {
      const page = await browser.newPage();
      await page.goto(url);
      await page.setInputFiles('input[type=file]', join(SPEECH, CLIP));
      await page.getByText(`Klar: ${CLIP}`).waitFor();
      expect(await page.getByRole('log').textContent()).toMatch(SPOKEN);
      await page.keyboard.press('r');
      await page.getByText('Spelar in', { exact: true }).waitFor();
      await page.getByText(`0:0${Math.ceil(microphone.seconds)}`, { exact: true }).waitFor();
      await page.keyboard.press('r');
      await page.getByText('Klar: Inspelning.wav').waitFor();
      expect(await page.getByRole('log').textContent()).toMatch(SPOKEN);
    } finally {
      await browser.close();
    }
  });
});
