import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Vocabulary } from '../../src/contracts/vocabulary.ts';
import { scoreText, totalScore, wordErrorRate } from '../../src/evaluation/score.ts';
import type { Recogniser } from '../../src/speech/recogniser.ts';
import { packedOptions } from '../../src/speech/vocabulary/packed-vocabulary.ts';
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
  const options = packedOptions({ ...SWEDISH, ...wishes });
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
    new WordSupport().scoring(packedOptions({ ...SWEDISH, ...wishes })).scorerFor?.(language, tokenizer);

  const alternativesOf = (wishes: Wishes & { readonly beamSize?: number }, language: string) =>
    new WordSupport().scoring(packedOptions({ ...SWEDISH, ...wishes })).alternativesFor?.(language);

  test('helps Swedish unless it is switched off, and no other language', () => {
    for (const helpOf of [scorerOf, alternativesOf]) {
      expect(helpOf({}, 'sv')).toBeDefined();
      expect(helpOf({ lexicon: false }, 'sv')).toBeUndefined();
      for (const language of ['en', 'no', 'da', 'fi']) expect(helpOf({}, language)).toBeUndefined();
    }
  });

  test('mends a word that the search spelled as nobody does', async () => {
    const samples = await clipSamples('common_voice_sv-SE_18737932.flac');
    const { text, words } = await hear(samples);
    expect(text).toContain('återgälda');
    expect(words?.map((word) => word.text).join(' ')).toBe(text);
    expect((await hear(samples, { lexicon: false })).text).not.toContain('återgälda');
  });

  test('keeps out of greedy searches, which have no second choice', () => {
    expect(scorerOf({ beamSize: 1 }, 'sv')).toBeUndefined();
    expect(alternativesOf({ beamSize: 1 }, 'sv')).toBeUndefined();
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

describe('terms of the usual weight', () => {
  const vocabulary = [{ term: 'Waran' }, { term: 'puls', weight: 0.9 }];
  const scoring = (wishes: object) =>
    new WordSupport().scoring(packedOptions({ ...SWEDISH, vocabulary, prompt: 'Anamnes', ...wishes }));

  test('are told as text said before, in front of what was', () => {
    expect(scoring({}).prompt).toBe('Waran. Anamnes');
  });

  test('are scored alone where they are not to be told', () => {
    expect(scoring({ primes: false }).prompt).toBe('Anamnes');
    expect(scoring({ primes: false }).scorerFor?.('sv', tokenizer)).toBeDefined();
  });
});

describe('a vocabulary', () => {
  const CLIP = 'common_voice_sv-SE_18746434.flac';

  test('brings out a word that was said and not understood', async () => {
    const samples = await clipSamples(CLIP);
    expect((await hear(samples)).text).not.toMatch(/uppskattar/i);
    expect((await hear(samples, { vocabulary: [{ term: 'uppskattar', weight: 3 }] })).text).toMatch(/uppskattar/i);
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
