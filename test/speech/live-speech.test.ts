import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';
import type { Draft, VoiceMemory } from '../../src/contracts/live-speech.ts';
import type { Utterance } from '../../src/contracts/speech-messages.ts';
import { TranscribeOptions } from '../../src/contracts/transcript.ts';
import { type SpeechPool, startSpeechPool } from '../../src/speech/pool.ts';
import { VOICE_WINDOW_SAMPLES, VoiceDetector } from '../../src/speech/voice-detector.ts';
import { CLIPS, clipBytes, clipSamples, noise, TEST_DATA } from './base-model.ts';

const CLEAR_CLIP = 'kan_du_vara.flac';
const PATIENCE = { timeout: 60_000 };
const FINAL = { language: 'sv', beamSize: 5, words: true };

let pool: SpeechPool;
let clear: Float32Array;
beforeAll(async () => {
  pool = await startSpeechPool({
    workers: 2,
    queueLimit: 8,
    dataDirectory: TEST_DATA,
    maxFileBytes: 1e8,
    maxAudioSeconds: 600,
  });
  clear = await clipSamples(CLEAR_CLIP);
  await vi.waitUntil(() => pool.status().ready, PATIENCE);
});
afterAll(() => pool.close());

/** A live session of its own. */
function session() {
  const owner = {};
  return {
    voice: (samples: Float32Array, memory: VoiceMemory | null = null) =>
      pool.live.voice({ samples, memory }, { owner }),
    draft: (samples: Float32Array, draft: readonly number[] = [], signal?: AbortSignal) =>
      pool.live.draft({ samples, language: 'sv', draft }, { owner, ...(signal && { signal }) }),
    recognise: (samples: Float32Array, options = FINAL) => pool.live.recognise(samples, options, { owner }),
  };
}

describe('final text', () => {
  test.each(CLIPS.map(({ file }) => file))(
    'of the segment of %s is what the file gives, with its times',
    async (file) => {
      const transcript = await pool.transcribe({ file: clipBytes(file), options: TranscribeOptions.parse(FINAL) });
      const samples = await clipSamples(file);
      const { recognise } = session();
      expect(transcript.segments.length).toBeGreaterThan(0);
      for (const { startSeconds, endSeconds, text, tokens, words } of transcript.segments) {
        const [from, to] = [startSeconds, endSeconds].map((seconds) => Math.round(seconds * SPEECH_RATE_HZ));
        const heard = await recognise(samples.subarray(from, to));
        expect(heard).toMatchObject({ text, tokens });
        const moved = heard.words!.map((word) => Math.min(startSeconds + word.startSeconds, endSeconds));
        expect(moved).toEqual(words!.map((word) => word.startSeconds));
      }
    },
  );

  test('of many sessions at once is what each gets alone', async () => {
    const clips = await Promise.all(CLIPS.slice(0, 4).map(({ file }) => clipSamples(file)));
    const alone: Utterance[] = [];
    for (const clip of clips) alone.push(await session().recognise(clip));
    expect(await Promise.all(clips.map((clip) => session().recognise(clip)))).toEqual(alone);
    expect(pool.live.waitingCalls).toBe(0);
  });
});

describe('drafts of an utterance that grows', () => {
  test('go on from each other and end at what greedy search makes of it', async () => {
    const { draft, recognise } = session();
    const drafts: Draft[] = [];
    for (let end = SPEECH_RATE_HZ; end - SPEECH_RATE_HZ < clear.length; end += SPEECH_RATE_HZ) {
      drafts.push(await draft(clear.subarray(0, end), drafts.at(-1)?.tokens));
    }
    const last = drafts.at(-1)!;
    expect(last.kept).toBeGreaterThan(0);
    expect(last.text).toBe((await recognise(clear, { ...FINAL, beamSize: 1 })).text);
  });

  test('that wait give way to the newest; the others are cancelled', async () => {
    const { draft } = session();
    // Two run, on two threads; of the rest only the last one stays.
    const results = await Promise.allSettled([1, 2, 3, 4, 5].map(() => draft(clear)));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(results[2]).toMatchObject({ reason: { code: 'CANCELLED' } });
  });

  test('that are not wanted any more are cancelled, and the session goes on', async () => {
    const { draft } = session();
    const controller = new AbortController();
    const unwanted = draft(clear, [], controller.signal);
    controller.abort();
    await expect(unwanted).rejects.toMatchObject({ code: 'CANCELLED' });
    expect((await draft(clear)).text).toMatch(/^Kan du/);
  });
});

describe('the voice', () => {
  test('is heard on whichever thread as in one go, to the last bit', async () => {
    const detector = await VoiceDetector.load();
    const windows = Math.floor(clear.length / VOICE_WINDOW_SAMPLES);
    const whole = await detector.continue(clear.subarray(0, windows * VOICE_WINDOW_SAMPLES), null);
    await detector.close();
    const { voice } = session();
    const heard: number[] = [];
    let memory: VoiceMemory | null = null;
    for (let window = 0; window < windows; window += 10) {
      const piece = clear.subarray(
        window * VOICE_WINDOW_SAMPLES,
        Math.min(window + 10, windows) * VOICE_WINDOW_SAMPLES,
      );
      const answer = await voice(piece, memory);
      heard.push(...answer.probabilities);
      memory = answer.memory;
    }
    expect(heard).toEqual(Array.from(whole.probabilities));
  });
});

describe('a call', () => {
  test('has its own copy of the sound: the caller may write over it at once', async () => {
    const { draft, recognise, voice } = session();
    const windows = clear.slice(0, 20 * VOICE_WINDOW_SAMPLES);
    const expected = [(await recognise(clear)).text, (await draft(clear)).text, (await voice(windows)).probabilities];
    const copies = [clear.slice(), clear.slice(), windows.slice()] as const;
    const asked = [recognise(copies[0]), draft(copies[1]), voice(copies[2])] as const;
    for (const copy of copies) copy.fill(0);
    const [final, drafted, heard] = await Promise.all(asked);
    expect([final.text, drafted.text, heard.probabilities]).toEqual(expected);
  });

  test('that is made of no whole windows fails alone', async () => {
    const { voice, draft } = session();
    await expect(voice(new Float32Array(100))).rejects.toMatchObject({ code: 'INTERNAL' });
    expect((await draft(clear)).text).not.toBe('');
    expect(pool.status().replacedWorkers).toBe(0);
  });
});

describe('where nothing is said', () => {
  test.each([
    ['digital silence', new Float32Array(5 * SPEECH_RATE_HZ)],
    ['faint noise', noise(5 * SPEECH_RATE_HZ, 1e-3)],
  ])('%s has no voice, no draft and no final text', async (_what, samples) => {
    const { draft, recognise, voice } = session();
    const whole = samples.subarray(0, 150 * VOICE_WINDOW_SAMPLES);
    expect(Math.max(...(await voice(whole)).probabilities)).toBeLessThan(0.3);
    expect(await draft(samples)).toMatchObject({ text: '', tokens: [], ends: [] });
    expect(await recognise(samples)).toMatchObject({ text: '', tokens: [], words: [] });
  });
});

describe('after closing', () => {
  test('calls are refused, to be tried again', async () => {
    const closing = await startSpeechPool({
      workers: 1,
      queueLimit: 1,
      dataDirectory: TEST_DATA,
      maxFileBytes: 1,
      maxAudioSeconds: 1,
    });
    await closing.close();
    const call = { owner: {} };
    const refused = { code: 'SPEECH_CLOSED', retryable: true };
    await expect(closing.live.voice({ samples: clear, memory: null }, call)).rejects.toMatchObject(refused);
    await expect(closing.live.recognise(clear, FINAL, call)).rejects.toMatchObject(refused);
  });
});
