import { describe, expect, test } from 'vitest';
import type { DraftRequest } from '../../src/contracts/live-speech.ts';
import { Drafts } from '../../src/live/drafts.ts';
import { NOT_METERED } from '../../src/live/meter.ts';
import { LiveSound } from '../../src/live/sound.ts';
import { toldWith } from '../../src/live/told-words.ts';
import { SimulatedSpeech } from './simulated-speech.ts';

const RATE_HZ = 16_000;
const STEP_SAMPLES = 1_600;
const HINTS = { vocabulary: [], prompt: '' };

/** Drafts of an utterance of ten seconds that is heard in steps of a tenth; each is there before the next step. */
async function draftsOf(waitingCalls: number) {
  const draftedSeconds: number[] = [];
  let heardSample = 0;
  const speech = new SimulatedSpeech(async () => {
    draftedSeconds.push(heardSample / RATE_HZ);
  });
  const sound = new LiveSound(RATE_HZ, 0);
  let told = 0;
  const drafts = new Drafts({
    speech,
    owner: {},
    sound,
    language: 'sv',
    clinicVocabulary: () => [],
    threads: 2,
    meter: NOT_METERED,
    onDraft: () => told++,
  });
  while (heardSample < 10 * RATE_HZ) {
    sound.push(new Uint8Array(2 * STEP_SAMPLES + 20));
    heardSample += STEP_SAMPLES;
    speech.waitingCalls = waitingCalls;
    drafts.consider(0, { startSample: 0, heardSample, hints: HINTS }, null);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { draftedSeconds, told, drafts, sound };
}

function widestGapSeconds(times: readonly number[]): number {
  return Math.max(...times.map((seconds, index) => seconds - (times[index - 1] ?? 0)));
}

describe('drafts', () => {
  test('come at least once a second when the recogniser is not behind', async () => {
    const { draftedSeconds, told } = await draftsOf(0);
    expect(widestGapSeconds(draftedSeconds)).toBeLessThanOrEqual(1);
    expect(told).toBe(draftedSeconds.length);
  });

  test('become fewer the more calls wait', async () => {
    const counts = await Promise.all([0, 2, 8].map(async (waiting) => (await draftsOf(waiting)).draftedSeconds.length));
    expect(counts).toEqual([16, 8, 3]);
  });
});

test('a draft that is under way when its utterance ends is told to nobody', async () => {
  const gate = Promise.withResolvers<void>();
  const sound = new LiveSound(RATE_HZ, 0);
  sound.push(new Uint8Array(4 * RATE_HZ));
  let told = 0;
  const speech = new SimulatedSpeech(() => gate.promise);
  const drafts = new Drafts({
    speech,
    owner: {},
    sound,
    language: 'sv',
    clinicVocabulary: () => [],
    threads: 2,
    meter: NOT_METERED,
    onDraft: () => told++,
  });
  drafts.consider(0, { startSample: 0, heardSample: RATE_HZ, hints: HINTS }, null);
  drafts.end();
  gate.resolve();
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toBe(0);
});

test('a draft is told the plain words as the final text is, and none of the other terms', async () => {
  const hints = {
    vocabulary: [{ term: 'Waran' }, { term: 'F9', soundsLike: 'ef nio' }, { term: 'puls' }],
    prompt: 'Anamnes.',
  };
  const asked: DraftRequest[] = [];
  const speech = new SimulatedSpeech(async () => undefined);
  const draft = speech.draft.bind(speech);
  speech.draft = (request, call) => {
    asked.push(request);
    return draft(request, call);
  };
  const sound = new LiveSound(RATE_HZ, 0);
  sound.push(new Uint8Array(4 * RATE_HZ));
  const drafts = new Drafts({
    speech,
    owner: {},
    sound,
    language: 'sv',
    clinicVocabulary: () => [{ term: 'klinikens' }],
    threads: 2,
    meter: NOT_METERED,
    onDraft: () => undefined,
  });
  drafts.consider(0, { startSample: 0, heardSample: RATE_HZ, hints }, null);
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked.map(({ prompt }) => prompt)).toEqual(['Waran, puls. Anamnes.']);
  expect(toldWith(hints).prompt).toBe('Waran, puls. Anamnes.');
  drafts.end();
});

describe('of more plain words than a prompt holds', () => {
  const words = Array.from({ length: 500 }, (_, place) => ({ term: `läkemedel${place}` }));

  test('the first are told so, and the rest are terms: none is told twice or lost', () => {
    const { prompt, terms } = toldWith({ vocabulary: words, prompt: '' });
    const told = prompt.split(', ');
    expect(prompt.length).toBeLessThanOrEqual(400);
    expect(told.length).toBeGreaterThan(20);
    expect([...told, ...terms.map(({ term }) => term)]).toEqual(words.map(({ term }) => term));
  });

  test('the end of what was said before is told beside them, whole words of it', () => {
    const { prompt } = toldWith({ vocabulary: words, prompt: 'Patienten mår bra. '.repeat(100) });
    expect(prompt.length).toBeLessThanOrEqual(502);
    expect(prompt).toMatch(/^läkemedel0, .*mår bra\. $/);
    expect(prompt.split('. ')[1]).toMatch(/^(Patienten|mår|bra)/);
  });

  test('the answer for the same hints is the very same, which what is made of it is kept by', () => {
    const hints = { vocabulary: words, prompt: '' };
    expect(toldWith(hints).terms).toBe(toldWith(hints).terms);
  });
});
