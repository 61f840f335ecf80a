import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { joined, SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';
import { scoreText, totalScore, wordErrorRate } from '../../src/evaluation/score.ts';
import { NO_SCORER, type TokenScorer } from '../../src/speech/beam-search.ts';
import { tokensThatFit } from '../../src/speech/guards.ts';
import type { RecogniseOptions, Recogniser } from '../../src/speech/recogniser.ts';
import {
  CLIPS,
  clipSamples,
  config,
  FIRST_CLIP,
  largestDifference,
  loadBaseRecogniser,
  noise,
  tokenizer,
} from './base-model.ts';

const CLEAR_CLIP = 'kan_du_vara.flac';
const SHORT_CLIP = 'common_voice_sv-SE_18748646.flac';
/** Positions of 20 ms: a time is rounded up to the next one. */
const POSITION_SECONDS = 0.02;
const SWEDISH: RecogniseOptions = { language: 'sv', beamSize: 1, words: false };

let recogniser: Recogniser;
let clear: Float32Array;
beforeAll(async () => {
  recogniser = await loadBaseRecogniser();
  clear = await clipSamples(CLEAR_CLIP);
});
afterAll(() => recogniser.close());

/** Never lets the text end. */
const ENDLESS: TokenScorer<null> = {
  ...NO_SCORER,
  score: (_state, candidates) => candidates.map((token) => (token === config.tokens.endOfText ? -1e6 : 0)),
};

async function errorRate(beamSize: number): Promise<number> {
  const scores = [];
  for (const { file, spoken } of CLIPS) {
    const { text } = await recogniser.recognise(await clipSamples(file), { ...SWEDISH, beamSize });
    scores.push(scoreText(spoken, text));
  }
  return wordErrorRate(totalScore(scores));
}

describe('on the Swedish clips', () => {
  test.each([1, 5])('with %i beams most words are right', async (beamSize) => {
    expect(await errorRate(beamSize)).toBeLessThan(0.45);
  });

  test.each([1, 2, 3, 4, 7, 10])('a clear one is understood with %i beams', async (beamSize) => {
    const { text } = await recogniser.recognise(clear, { ...SWEDISH, beamSize });
    expect(text).toMatch(/^Kan du vara snäll/);
  });

  test('the same sound gives the same answer', async () => {
    const options = { ...SWEDISH, beamSize: 5, words: true };
    expect(await recogniser.recognise(clear, options)).toEqual(await recogniser.recognise(clear, options));
  });

  test('the tokens are text, and the text is theirs', async () => {
    const { text, tokens } = await recogniser.recognise(clear, SWEDISH);
    expect(tokenizer.decode(tokens).trim()).toBe(text);
    expect(Math.max(...tokens)).toBeLessThan(config.tokens.endOfText);
    expect(tokens.filter((token) => config.tokens.suppressed.includes(token))).toEqual([]);
  });
});

describe('the language', () => {
  test.each(['kan_du_vara.flac', 'ha_en_trevlig_dag.flac', FIRST_CLIP.file])('of %s is found', async (file) => {
    const samples = await clipSamples(file);
    const options: RecogniseOptions = { ...SWEDISH, tail: { kind: 'full' } };
    const heard = await recogniser.recognise(samples, { ...options, language: 'auto' });
    expect(heard.language).toBe('sv');
    expect(heard.text).toBe((await recogniser.recognise(samples, options)).text);
  });

  test('that is given is kept', async () => {
    expect((await recogniser.recognise(clear, { ...SWEDISH, language: 'de' })).language).toBe('de');
  });

  test('that the model does not know is refused', async () => {
    await expect(recogniser.recognise(clear, { ...SWEDISH, language: 'xx' })).rejects.toMatchObject({
      code: 'REQUEST_INVALID',
      got: 'xx',
    });
  });
});

describe('a prompt', () => {
  test('of the same kind of text leaves the text right', async () => {
    const { text } = await recogniser.recognise(clear, { ...SWEDISH, prompt: 'Ett samtal med en vänlig människa.' });
    expect(text).toMatch(/^Kan du vara/);
  });

  test('as long as a book is cut to what the model can hold, even where the text never ends', async () => {
    const prompt = 'Patienten söker för ont i magen sedan två dagar. '.repeat(200);
    const long = noise(24 * SPEECH_RATE_HZ, 0.1);
    const { tokens } = await recogniser.recognise(long, { ...SWEDISH, prompt, scorer: ENDLESS });
    expect(tokens.length).toBeLessThan(config.dimensions.textPositions);
  });
});

describe('words', () => {
  test.each(CLIPS.map(({ file }) => file))('of %s lie in order within the clip and are the text', async (file) => {
    const samples = await clipSamples(file);
    const { words = [], text } = await recogniser.recognise(samples, { ...SWEDISH, beamSize: 3, words: true });
    expect(words.map((word) => word.text).join(' ')).toBe(text);
    const times = words.flatMap(({ startSeconds, endSeconds }) => [startSeconds, endSeconds]);
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(times[0]).toBeGreaterThanOrEqual(0);
    expect(times.at(-1)).toBeLessThanOrEqual(samples.length / SPEECH_RATE_HZ + POSITION_SECONDS);
    for (const { probability } of words) {
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThanOrEqual(1);
    }
  });

  test('move with the sound', async () => {
    const options: RecogniseOptions = { ...SWEDISH, words: true, tail: { kind: 'full' } };
    const samples = await clipSamples(SHORT_CLIP);
    const delayed = joined(new Float32Array(SPEECH_RATE_HZ), samples);
    const [here, later] = [await recogniser.recognise(samples, options), await recogniser.recognise(delayed, options)];
    expect(later.text).toBe(here.text);
    // All but the first word, which begins with the sound that the recogniser was given.
    const starts = ({ words = [] }: typeof here) => words.slice(1).map(({ startSeconds }) => startSeconds);
    const moved = starts(here).map((seconds) => seconds + 1);
    expect(moved.length).toBeGreaterThan(2);
    expect(largestDifference(starts(later), moved)).toBeLessThan(0.15);
  });

  test('are told only when they are asked for', async () => {
    expect(await recogniser.recognise(clear, SWEDISH)).not.toHaveProperty('words');
    expect(await recogniser.recognise(new Float32Array(SPEECH_RATE_HZ), SWEDISH)).not.toHaveProperty('words');
  });
});

describe('where nothing was said', () => {
  test.each([
    ['no sample', new Float32Array(0)],
    ['one sample', Float32Array.of(0.5)],
    ['100 samples', noise(100, 0.1)],
    ['10 s of digital silence', new Float32Array(10 * SPEECH_RATE_HZ)],
    ['10 s of faint noise', noise(10 * SPEECH_RATE_HZ, 1e-3)],
  ])('%s are no text, with words and without', async (_what, samples) => {
    for (const beamSize of [1, 5]) {
      const { text, tokens, words } = await recogniser.recognise(samples, { ...SWEDISH, beamSize, words: true });
      expect([text, tokens, words]).toEqual(['', [], []]);
    }
  });
});

describe('long sound', () => {
  test('of 30 s is heard to its end, and not beyond', async () => {
    const clips = await Promise.all(CLIPS.map(({ file }) => clipSamples(file)));
    const samples = joined(...clips, ...clips);
    const limit = 30 * SPEECH_RATE_HZ;
    const heard = await recogniser.recognise(samples.subarray(0, limit), { ...SWEDISH, words: true });
    expect(heard.words!.at(-1)!.endSeconds).toBeGreaterThan(27);
    expect(heard.words!.at(-1)!.endSeconds).toBeLessThanOrEqual(30);
    const said = joined(...clips).length;
    const spoken = CLIPS.map((clip) => clip.spoken).join(' ');
    const { text } = await recogniser.recognise(samples.subarray(0, said), SWEDISH);
    expect(wordErrorRate(scoreText(spoken, text))).toBeLessThan(0.45);
    expect((await recogniser.recognise(samples, SWEDISH)).text).not.toBe('');
  });
});

describe('the guards', () => {
  test('cut a text that never ends where the sound can hold no more, and let no four tokens repeat', async () => {
    const { tokens } = await recogniser.recognise(clear, { ...SWEDISH, beamSize: 2, scorer: ENDLESS });
    expect(tokens).toHaveLength(tokensThatFit(clear.length / SPEECH_RATE_HZ, config.dimensions.textPositions));
    const runs = tokens.slice(3).map((_, at) => tokens.slice(at, at + 4).join());
    expect(new Set(runs).size).toBe(runs.length);
  });
});

describe('a signal that fires', () => {
  test('ends the recognition with an AbortError, and the next one works', async () => {
    const controller = new AbortController();
    const cancelled = recogniser.recognise(clear, { ...SWEDISH, beamSize: 5, signal: controller.signal });
    controller.abort();
    await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
    expect((await recogniser.recognise(clear, SWEDISH)).text).toMatch(/^Kan du/);
  });
});
