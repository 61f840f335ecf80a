import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';
import type { Recogniser } from '../../src/speech/recogniser.ts';
import { CLIPS, clipSamples, config, loadBaseRecogniser, noise, tokenizer } from './base-model.ts';

const CLEAR_CLIP = 'kan_du_vara.flac';
/** The first four clips: a test of them all takes minutes on a busy machine. */
const SPOKEN = CLIPS.slice(0, 4);
const GREEDY = { language: 'sv', beamSize: 1, words: false };

/** A moment of somebody speaking, with what plain greedy search makes of it and what it made of it a second before. */
interface Moment {
  readonly samples: Float32Array;
  readonly text: string;
  readonly tokens: readonly number[];
  readonly averageLogProbability: number;
  readonly before: readonly number[];
}

/** Every second of some clips. */
async function momentsOf(recogniser: Recogniser): Promise<Moment[]> {
  const moments: Moment[] = [];
  for (const { file } of SPOKEN) {
    const clip = await clipSamples(file);
    let before: readonly number[] = [];
    for (let end = SPEECH_RATE_HZ; end - SPEECH_RATE_HZ < clip.length; end += SPEECH_RATE_HZ) {
      const samples = clip.subarray(0, end);
      const { text, tokens, averageLogProbability } = await recogniser.recognise(samples, GREEDY);
      moments.push({ samples, text, tokens, averageLogProbability, before });
      before = tokens;
    }
  }
  return moments;
}

const textToken = fc.integer({ min: 0, max: config.tokens.endOfText - 1 });

describe('in floats', () => {
  let recogniser: Recogniser;
  let moments: Moment[];
  beforeAll(async () => {
    recogniser = await loadBaseRecogniser('float32');
    moments = await momentsOf(recogniser);
  }, 60_000);
  afterAll(() => recogniser.close());

  test('whatever is right of a draft and whatever nonsense follows, the tokens are those of plain greedy search', async () => {
    const draft = fc.record({ moment: fc.nat(), right: fc.nat(20), garbage: fc.array(textToken, { maxLength: 60 }) });
    await fc.assert(
      fc.asyncProperty(draft, async ({ moment, right, garbage }) => {
        const { samples, tokens, text } = moments[moment % moments.length]!;
        const given = [...tokens.slice(0, right), ...garbage];
        const heard = await recogniser.draft(samples, { language: 'sv', draft: given });
        expect(heard).toMatchObject({ tokens, text, language: 'sv' });
        expect(heard.kept).toBeGreaterThanOrEqual(Math.min(right, tokens.length));
        expect(heard.tokens.slice(0, heard.kept)).toEqual(given.slice(0, heard.kept));
        expect(given[heard.kept] === undefined || given[heard.kept] !== tokens[heard.kept]).toBe(true);
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});

describe('in 8 bits', () => {
  let recogniser: Recogniser;
  let moments: Moment[];
  beforeAll(async () => {
    recogniser = await loadBaseRecogniser();
    moments = await momentsOf(recogniser);
  }, 60_000);
  afterAll(() => recogniser.close());

  test.each([
    ['no draft', () => []],
    ['a draft that is wrong from its first token', ({ tokens }: Moment) => [(tokens[0] ?? 0) + 1, ...tokens]],
  ])(
    '%s gives the text of plain greedy search',
    async (_what, draftOf: (moment: Moment) => readonly number[]) => {
      for (const moment of moments) {
        const { text } = await recogniser.draft(moment.samples, { language: 'sv', draft: draftOf(moment) });
        expect(text).toBe(moment.text);
      }
    },
    60_000,
  );

  // Rows of one step share the scale that activations are rounded to, so a step of many rows rounds otherwise than
  // steps of one: at a close call the text may go another way.
  test.each([
    ['the hypothesis of a second before', ({ before }: Moment) => before],
    ['the right draft', ({ tokens }: Moment) => tokens],
    ['the right draft with an end that is wrong', ({ tokens }: Moment) => [...tokens, ...tokens.toReversed()]],
  ])(
    '%s gives a text that is as likely, though rounding may make it another',
    async (_what, draftOf) => {
      let lost = 0;
      for (const moment of moments) {
        const { averageLogProbability } = await recogniser.recognise(moment.samples, {
          ...GREEDY,
          draft: draftOf(moment),
        });
        lost += moment.averageLogProbability - averageLogProbability;
      }
      expect(lost / moments.length).toBeLessThan(0.1);
    },
    60_000,
  );

  test('a draft of the whole text keeps most of it, and is told with its text and its ends', async () => {
    const samples = await clipSamples(CLEAR_CLIP);
    const first = await recogniser.draft(samples, { language: 'sv', draft: [] });
    expect(first).toMatchObject({ kept: 0, text: expect.stringMatching(/^Kan du vara snäll/) });
    const again = await recogniser.draft(samples, { language: 'sv', draft: first.tokens });
    expect(again.kept).toBeGreaterThan(first.tokens.length / 2);
    expect(again.text.slice(0, again.ends[2])).toBe(tokenizer.decode(again.tokens.slice(0, 3)).trim());
    expect(again.ends.at(-1)).toBe(again.text.length);
  });

  test('a prompt is heeded as in recognition', async () => {
    const samples = await clipSamples(CLEAR_CLIP);
    const prompt = 'Ett samtal med en vänlig människa.';
    const { tokens } = await recogniser.recognise(samples, { ...GREEDY, prompt });
    const { text } = await recogniser.recognise(samples, { ...GREEDY, prompt });
    expect((await recogniser.draft(samples, { language: 'sv', prompt, draft: [] })).text).toBe(text);
    expect((await recogniser.draft(samples, { language: 'sv', prompt, draft: tokens })).text).toMatch(/^Kan du vara/);
  });

  test('a draft that is longer than the sound can hold, or than the decoder, is cut', async () => {
    const samples = await clipSamples(CLEAR_CLIP);
    const { tokens } = await recogniser.recognise(samples, GREEDY);
    const draft = [...tokens, ...Array.from({ length: 2_000 }, () => tokens[0]!)];
    const heard = await recogniser.draft(samples, { language: 'sv', prompt: 'ett ord '.repeat(400), draft });
    expect(heard.text).not.toBe('');
  });

  test.each([
    ['no sample', new Float32Array(0)],
    ['3 s of digital silence', new Float32Array(3 * SPEECH_RATE_HZ)],
    ['10 s of faint noise', noise(10 * SPEECH_RATE_HZ, 1e-3)],
  ])('%s give no text, whatever was drafted before', async (_what, samples) => {
    for (const draft of [[], tokenizer.encode(' Patienten mår bra.'), tokenizer.encode(' ja ja ja ja ja ja ja')]) {
      const heard = await recogniser.draft(samples, { language: 'sv', draft });
      expect(heard).toEqual({ tokens: [], text: '', ends: [], kept: 0, language: 'sv' });
    }
  });

  test('a signal that fires ends it with an AbortError, and the next one works', async () => {
    const samples = await clipSamples(CLEAR_CLIP);
    const signal = AbortSignal.abort();
    await expect(recogniser.draft(samples, { language: 'sv', draft: [], signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect((await recogniser.draft(samples, { language: 'sv', draft: [] })).text).toMatch(/^Kan du/);
  });
});
