import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Vocabulary } from '../../src/contracts/vocabulary.ts';
import { scoreText, totalScore, wordErrorRate } from '../../src/evaluation/score.ts';
import type { Recogniser } from '../../src/speech/recogniser.ts';
import { WordSupport } from '../../src/speech/word-support.ts';
import { CLIPS, clipSamples, loadBaseRecogniser, noise, tokenizer } from './base-model.ts';

const SWEDISH = { language: 'sv', beamSize: 5, words: true } as const;
const RATE_HZ = 16_000;

interface Wishes {
  readonly lexicon?: boolean;
  readonly vocabulary?: Vocabulary;
  readonly language?: string;
}

let recogniser: Recogniser;
beforeAll(async () => {
  recogniser = await loadBaseRecogniser();
});
afterAll(() => recogniser.close());

async function hear(samples: Float32Array, wishes: Wishes = {}) {
  const support = new WordSupport();
  const options = { ...SWEDISH, ...wishes };
  return support.write(await recogniser.recognise(samples, { ...options, ...support.scoring(options) }), options);
}

async function errorRate(wishes: Wishes): Promise<number> {
  const scores = [];
  for (const { file, spoken } of CLIPS)
    scores.push(scoreText(spoken, (await hear(await clipSamples(file), wishes)).text));
  return wordErrorRate(totalScore(scores));
}

describe('the lexicon', () => {
  const scorerOf = (wishes: Wishes & { readonly beamSize?: number }, language: string) =>
    new WordSupport().scoring({ ...SWEDISH, ...wishes }).scorerFor?.(language, tokenizer);

  test('helps Swedish unless it is switched off, and no other language', () => {
    expect(scorerOf({}, 'sv')).toBeDefined();
    expect(scorerOf({ lexicon: false }, 'sv')).toBeUndefined();
    for (const language of ['en', 'no', 'da', 'fi']) expect(scorerOf({}, language)).toBeUndefined();
  });

  test('keeps out of greedy searches, which have no second choice', () => {
    expect(scorerOf({ beamSize: 1 }, 'sv')).toBeUndefined();
  });

  test('makes no more errors than the model alone on the clips', async () => {
    expect(await errorRate({})).toBeLessThanOrEqual(await errorRate({ lexicon: false }));
  });

  test('leaves the words of another language as they were', async () => {
    const samples = await clipSamples('kan_du_vara.flac');
    const english = await hear(samples, { language: 'en' });
    expect(english).toEqual(await hear(samples, { language: 'en', lexicon: false }));
  });

  test('invents nothing in silence or noise', async () => {
    const sounds = [new Float32Array(6 * RATE_HZ), ...[0.001, 0.01, 0.1].map((level) => noise(6 * RATE_HZ, level))];
    for (const sound of sounds) {
      expect(await hear(sound)).toMatchObject({ text: '', words: [] });
      expect(await hear(sound, { vocabulary: [{ term: 'tack' }] })).toMatchObject({ text: '', words: [] });
    }
  });
});

describe('a vocabulary', () => {
  const CLIP = 'common_voice_sv-SE_18737932.flac';

  test('brings out a word that was said and not understood', async () => {
    const samples = await clipSamples(CLIP);
    expect((await hear(samples)).text).not.toMatch(/återgälda/i);
    expect((await hear(samples, { vocabulary: [{ term: 'återgälda', weight: 3 }] })).text).toMatch(/återgälda/i);
  });

  test('does not bring in words that were not said', async () => {
    const vocabulary = ['metoprolol', 'kreatinin', 'lungröntgen', 'Waran', 'diabetessköterska'].map((term) => ({
      term,
    }));
    for (const { file } of CLIPS) {
      const { text } = await hear(await clipSamples(file), { vocabulary });
      expect(text).not.toMatch(/metoprolol|kreatinin|röntgen|waran|diabetes/i);
    }
  });

  test('writes what a term sounds like as the term, in the text and in its words', async () => {
    const vocabulary = [{ term: 'MINO', soundsLike: 'kan du' }];
    const { text, words } = await hear(await clipSamples('kan_du_vara.flac'), { vocabulary });
    expect(text).toMatch(/^MINO vara snäll/);
    expect(words?.[0]).toMatchObject({ text: 'MINO' });
    expect(words?.map((word) => word.text).join(' ')).toBe(text);
  });
});
