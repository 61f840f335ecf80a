import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joined, SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';
import type { VoiceAnswer, VoiceMemory } from '../../src/contracts/live-speech.ts';
import { decodeAudio } from '../../src/speech/formats/decode-audio.ts';
import { speechSegments } from '../../src/speech/segments.ts';
import { VOICE_WINDOW_SAMPLES, VoiceDetector } from '../../src/speech/voice-detector.ts';

const SPEECH = join(import.meta.dirname, '../fixtures/audio/speech');
/** Written by scripts/make-voice-detector.py. */
const PUBLISHED = join(import.meta.dirname, '../fixtures/voice-probabilities.json');
const PUBLISHED_CLIP = join(import.meta.dirname, '../fixtures/audio/formats/s16.wav');
const CLIPS = ['18711295', '18716987', '18737932'].map((id) => `common_voice_sv-SE_${id}.flac`);

let detector: VoiceDetector;
let clips: Float32Array[];

beforeAll(async () => {
  detector = await VoiceDetector.load();
  clips = await Promise.all(
    CLIPS.map(async (clip) => {
      const { samples } = await decodeAudio(readFileSync(join(SPEECH, clip)), { maxBytes: 1e6, maxSeconds: 60 });
      return samples;
    }),
  );
});

afterAll(() => detector.close());

describe('speech', () => {
  test.each([0, 1, 2])('clip %i, laid between silences, is found where it was laid', async (clip) => {
    const silence = new Float32Array(5 * SPEECH_RATE_HZ);
    const probabilities = await detector.probabilities(joined(silence, clips[clip], silence));
    const [segment, ...others] = speechSegments(probabilities, { paddingSeconds: 0 });
    expect(others).toEqual([]);
    expect(segment.startSeconds).toBeGreaterThan(5);
    expect(segment.endSeconds).toBeLessThan(5 + clips[clip].length / SPEECH_RATE_HZ);
    expect(segment.endSeconds - segment.startSeconds).toBeGreaterThan(1);
  });

  test('is heard a hundred times softer as well', async () => {
    const loud = speechSegments(await detector.probabilities(clips[0]));
    const soft = speechSegments(await detector.probabilities(clips[0].map((sample) => sample / 100)));
    expect(soft).toHaveLength(loud.length);
    expect(soft[0].startSeconds).toBeCloseTo(loud[0].startSeconds, 0);
    expect(soft[0].endSeconds).toBeCloseTo(loud[0].endSeconds, 0);
  });

  test('has the probabilities that the published model tells window by window', async () => {
    const { probabilities } = JSON.parse(readFileSync(PUBLISHED, 'utf8')) as { probabilities: number[] };
    const { samples } = await decodeAudio(readFileSync(PUBLISHED_CLIP), { maxBytes: 1e6, maxSeconds: 60 });
    const told = await detector.probabilities(samples);
    expect(told.length).toBeGreaterThanOrEqual(probabilities.length);
    for (const [window, probability] of probabilities.entries()) expect(told[window]).toBeCloseTo(probability, 4);
  });

  test('of any length is read window by window or at once to the same end', async () => {
    const recording = joined(...clips, ...clips.toReversed());
    const inOrder = await readInOrder(recording);
    const atOnce = await detector.probabilities(recording);
    expect(atOnce).toHaveLength(inOrder.length);
    for (const [window, probability] of inOrder.entries()) expect(atOnce[window]).toBeCloseTo(probability, 5);
  });
});

describe('what is no speech', () => {
  test.each(Object.entries(soundsWithoutSpeech(10)))('%s has no segment', async (_name, samples) => {
    expect(speechSegments(await detector.probabilities(samples))).toEqual([]);
  });

  test('ten minutes of digital silence have no segment', async () => {
    expect(speechSegments(await detector.probabilities(new Float32Array(600 * SPEECH_RATE_HZ)))).toEqual([]);
  });
});

describe('a sound that comes piece by piece', () => {
  const windowsOf = (samples: Float32Array) =>
    samples.subarray(0, Math.floor(samples.length / VOICE_WINDOW_SAMPLES) * VOICE_WINDOW_SAMPLES);

  test('is read as in one go, to the last bit, wherever it is cut', async () => {
    const samples = windowsOf(clips[0]);
    const whole = await detector.continue(samples, null);
    const windows = samples.length / VOICE_WINDOW_SAMPLES;
    const cuts = fc.uniqueArray(fc.integer({ min: 0, max: windows }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(cuts, async (unordered) => {
        const ends = [...unordered.toSorted((one, other) => one - other), windows];
        const heard: number[] = [];
        let memory: VoiceMemory | null = null;
        for (const [index, end] of ends.entries()) {
          const piece = samples.subarray((ends[index - 1] ?? 0) * VOICE_WINDOW_SAMPLES, end * VOICE_WINDOW_SAMPLES);
          // As it comes back from a thread.
          const answer: VoiceAnswer = structuredClone(await detector.continue(piece, memory));
          heard.push(...answer.probabilities);
          memory = answer.memory;
        }
        expect(heard).toEqual(Array.from(whole.probabilities));
        expect(memory).toEqual(whole.memory);
      }),
      { numRuns: 15 },
    );
  });

  test('leaves the memory that it went on from as it was: what came once may be read again', async () => {
    const [first, second] = [windowsOf(clips[0]), windowsOf(clips[1])];
    const { memory } = await detector.continue(first, null);
    const before = structuredClone(memory);
    const once = await detector.continue(second, memory);
    expect(memory).toEqual(before);
    expect(await detector.continue(second, memory)).toEqual(once);
  });

  test('must be whole windows', async () => {
    await expect(detector.continue(new Float32Array(VOICE_WINDOW_SAMPLES + 1), null)).rejects.toThrow(
      'expected whole windows of 512 samples; got 513 samples',
    );
  });

  test('that is no longer wanted ends', async () => {
    const reading = detector.continue(windowsOf(clips[0]), null, AbortSignal.abort());
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('the edges', () => {
  test.each([
    [0, 0],
    [1, 1],
    [VOICE_WINDOW_SAMPLES, 1],
    [VOICE_WINDOW_SAMPLES + 1, 2],
    [500 * VOICE_WINDOW_SAMPLES - 1, 500],
  ])('%i samples have %i windows', async (samples, windows) => {
    expect(await detector.probabilities(new Float32Array(samples))).toHaveLength(windows);
  });

  test('a reading that is no longer wanted ends', async () => {
    const reading = detector.probabilities(new Float32Array(60 * SPEECH_RATE_HZ), AbortSignal.abort());
    await expect(reading).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });
});

/** Window by window, the last one filled up with silence. */
async function readInOrder(samples: Float32Array): Promise<number[]> {
  const probabilities: number[] = [];
  let memory: VoiceMemory | null = null;
  for (let at = 0; at < samples.length; at += VOICE_WINDOW_SAMPLES) {
    const window = new Float32Array(VOICE_WINDOW_SAMPLES);
    window.set(samples.subarray(at, at + VOICE_WINDOW_SAMPLES));
    const answer: VoiceAnswer = await detector.continue(window, memory);
    probabilities.push(...answer.probabilities);
    memory = answer.memory;
  }
  return probabilities;
}

/** Sounds of a room without a voice, of the given length. */
function soundsWithoutSpeech(seconds: number): Record<string, Float32Array> {
  const random = randomNumbers();
  const sound = (sampleAt: (seconds: number) => number) =>
    Float32Array.from({ length: seconds * SPEECH_RATE_HZ }, (_, index) => sampleAt(index / SPEECH_RATE_HZ));
  const sine = (hertz: number, atSeconds: number) => Math.sin(2 * Math.PI * hertz * atSeconds);
  let smooth = 0;
  return {
    'a microphone that hears almost nothing': sound(() => 1e-4 * random()),
    'loud white noise': sound(() => 0.5 * random()),
    breathing: sound((at) => {
      smooth += 0.5 * (random() - smooth);
      return 0.3 * smooth * Math.max(0, sine(0.25, at));
    }),
    'keys that click': sound((at) => 0.4 * random() * Math.exp(-(at % 0.17) / 0.005) + 0.001 * random()),
    'the hum of the mains': sound((at) => 0.1 * sine(50, at) + 0.05 * sine(150, at)),
    'a telephone dialling': sound((at) => (at % 0.4 < 0.2 ? 0.2 * (sine(770, at) + sine(1336, at)) : 0)),
    'a chord that fades': sound((at) => 0.1 * (sine(220, at) + sine(277, at) + sine(330, at)) * Math.exp(-(at % 1))),
  };
}

/** From -1 to 1, the same on every run. Source: Numerical Recipes, linear congruential generator. */
function randomNumbers(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32) * 2 - 1;
  };
}
