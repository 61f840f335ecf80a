import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { joined, SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';
import type { Transcriber } from '../../src/contracts/transcriber.ts';
import { type Segment, TranscribeOptions } from '../../src/contracts/transcript.ts';
import { type SpeechPoolOptions, startSpeechPool } from '../../src/speech/pool.ts';
import { CLIPS, clipBytes, clipSamples, noise, TEST_DATA } from './base-model.ts';
import { wavFile } from './formats/fixtures.ts';

const CLEAR_CLIP = 'kan_du_vara.flac';
const PATIENCE = { timeout: 60_000 };
const GREEDY = TranscribeOptions.parse({ beamSize: 1 });

function startPool(options: Partial<SpeechPoolOptions> = {}): Promise<Transcriber> {
  return startSpeechPool({
    workers: 2,
    queueLimit: 8,
    dataDirectory: TEST_DATA,
    maxFileBytes: 1e8,
    maxAudioSeconds: 600,
    ...options,
  });
}

function wavOf(samples: Float32Array): Uint8Array<ArrayBuffer> {
  return wavFile(Int16Array.from(samples, (sample) => Math.round(sample * 32_767)));
}

/** The clips one after another with 3 s between them, each a segment of its own. */
async function recording(files: readonly string[]): Promise<Uint8Array<ArrayBuffer>> {
  const pause = noise(3 * SPEECH_RATE_HZ, 1e-4);
  const parts = await Promise.all(files.map(async (file) => [await clipSamples(file), pause]));
  return wavOf(joined(...parts.flat()));
}

let pool: Transcriber;
beforeAll(async () => {
  pool = await startPool();
  await vi.waitUntil(() => pool.status().ready, PATIENCE);
});
afterAll(() => pool.close());

async function textOf(file: string): Promise<string> {
  return (await pool.transcribe({ file: clipBytes(file), options: GREEDY })).text;
}

describe('files', () => {
  test('recognised all at once give the text that each gives alone', async () => {
    const files = CLIPS.map(({ file }) => file);
    const alone: string[] = [];
    for (const file of files) alone.push(await textOf(file));
    expect(await Promise.all(files.map(textOf))).toEqual(alone);
    expect(alone.every((text) => text.length > 5)).toBe(true);
    expect(pool.status()).toMatchObject({ ready: true, busyWorkers: 0, queuedJobs: 0, replacedWorkers: 0 });
  });

  test('of several segments are told segment by segment, in the order of the sound', async () => {
    const told: Segment[] = [];
    const doneSeconds: number[] = [];
    const transcript = await pool.transcribe({
      file: await recording([CLEAR_CLIP, 'ha_en_trevlig_dag.flac', CLEAR_CLIP]),
      options: { ...GREEDY, words: true },
      onSegment: (segment) => told.push(segment),
      onProgress: (progress) => doneSeconds.push(progress.doneSeconds),
    });
    expect(told).toEqual(transcript.segments);
    expect(told.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(told.map(({ text }) => text).join(' ')).toBe(transcript.text);
    expect(doneSeconds).toEqual(told.map(({ endSeconds }) => endSeconds));
    const times = told.flatMap(({ words = [] }) => words.flatMap((word) => [word.startSeconds, word.endSeconds]));
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    for (const { words, startSeconds, endSeconds, text } of told) {
      expect(words!.map((word) => word.text).join(' ')).toBe(text);
      expect(words![0]!.startSeconds).toBeGreaterThanOrEqual(startSeconds);
      expect(words!.at(-1)!.endSeconds).toBeLessThanOrEqual(endSeconds + 0.03);
    }
  });

  test('whose language is to be found have one language', async () => {
    const file = await recording([CLEAR_CLIP, 'ha_en_trevlig_dag.flac']);
    const transcript = await pool.transcribe({ file, options: { ...GREEDY, language: 'auto' } });
    expect(transcript.language).toBe('sv');
    expect(transcript.segments).toHaveLength(2);
  });

  test.each([
    ['faint noise', noise(10 * SPEECH_RATE_HZ, 1e-3)],
    ['loud noise', noise(10 * SPEECH_RATE_HZ, 0.5)],
    ['the hum of the mains', Float32Array.from({ length: 160_000 }, (_, at) => 0.1 * Math.sin(at / 50))],
  ])('of 10 s of %s have no text', async (_what, samples) => {
    const transcript = await pool.transcribe({ file: wavOf(samples), options: TranscribeOptions.parse({}) });
    expect(transcript).toMatchObject({ text: '', durationSeconds: 10 });
  });

  test('of digital silence are refused as silent, and what is no sound as no sound', async () => {
    const silent = pool.transcribe({ file: wavOf(new Float32Array(10 * SPEECH_RATE_HZ)), options: GREEDY });
    await expect(silent).rejects.toMatchObject({ code: 'AUDIO_SILENT', retryable: false });
    const text = pool.transcribe({ file: new TextEncoder().encode('not a sound'), options: GREEDY });
    await expect(text).rejects.toMatchObject({ code: 'AUDIO_NOT_AUDIO' });
  });

  test('for a model that is not here are refused with the models that are', async () => {
    const asked = pool.transcribe({ file: clipBytes(CLEAR_CLIP), options: { ...GREEDY, model: 'no/such-model' } });
    await expect(asked).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND', expected: 'whisper-base' });
    await expect(startPool({ defaultModel: 'no/such-model' })).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' });
  });
});

describe('while the threads recognise', () => {
  test('the main thread goes on with its own work', async () => {
    const between: number[] = [];
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 1);
    await pool.transcribe({
      file: await recording(CLIPS.map(({ file }) => file)),
      options: { ...GREEDY, beamSize: 5 },
      onSegment: () => between.push(ticks),
    });
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(50);
    expect(between.at(-1)).toBeGreaterThan(between[0]!);
  });
});

describe('cancelling', () => {
  test('a file that is being recognised ends it, and the next one is recognised', async () => {
    const controller = new AbortController();
    const told: Segment[] = [];
    const cancelled = pool.transcribe({
      file: await recording(CLIPS.map(({ file }) => file)),
      options: TranscribeOptions.parse({}),
      signal: controller.signal,
      onSegment: (segment) => {
        told.push(segment);
        controller.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED', retryable: false });
    expect(told).toHaveLength(1);
    expect(await textOf(CLEAR_CLIP)).toMatch(/^Kan du/);
    expect(pool.status()).toMatchObject({ queuedJobs: 0, replacedWorkers: 0 });
  });

  test('beforehand recognises nothing', async () => {
    const signal = AbortSignal.abort();
    const cancelled = pool.transcribe({ file: clipBytes(CLEAR_CLIP), options: GREEDY, signal });
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('limits', () => {
  test('one file more than the limit is refused as busy; when one is done there is room again', async () => {
    const small = await startPool({ workers: 1, queueLimit: 2 });
    try {
      const ask = () => small.transcribe({ file: clipBytes(CLEAR_CLIP), options: GREEDY });
      const taken = [ask(), ask()];
      await expect(ask()).rejects.toMatchObject({ code: 'SPEECH_BUSY', retryable: true });
      const [one, other] = await Promise.all(taken);
      expect(one!.text).toBe(other!.text);
      expect((await ask()).text).toBe(one!.text);
    } finally {
      await small.close();
    }
  });

  test('a file that is too large or too long is refused, each with its own code', async () => {
    const strict = await startPool({ workers: 1, maxFileBytes: 50_000, maxAudioSeconds: 2 });
    try {
      const ask = (file: Uint8Array<ArrayBuffer>) => strict.transcribe({ file, options: GREEDY });
      await expect(ask(await recording([CLEAR_CLIP]))).rejects.toMatchObject({ code: 'AUDIO_TOO_LARGE' });
      await expect(ask(clipBytes(CLEAR_CLIP))).rejects.toMatchObject({ code: 'AUDIO_TOO_LONG' });
    } finally {
      await strict.close();
    }
  });
});

describe('closing', () => {
  test('while files are being recognised fails each of them, and refuses the next', async () => {
    const closing = await startPool();
    const file = await recording(CLIPS.map((clip) => clip.file));
    const failures = [file.slice(), file.slice(), file].map((copy) =>
      expect(closing.transcribe({ file: copy, options: GREEDY })).rejects.toMatchObject({
        code: expect.stringMatching(/^SPEECH_(CLOSED|WORKER_DIED)$/),
        retryable: true,
      }),
    );
    await expect.poll(() => closing.status().busyWorkers, PATIENCE).toBe(2);
    await closing.close();
    await Promise.all(failures);
    const late = closing.transcribe({ file: clipBytes(CLEAR_CLIP), options: GREEDY });
    await expect(late).rejects.toMatchObject({ code: 'SPEECH_CLOSED', retryable: true });
  });
});
