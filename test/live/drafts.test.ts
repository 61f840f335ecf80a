import { describe, expect, test } from 'vitest';
import { Drafts } from '../../src/live/drafts.ts';
import { NOT_METERED } from '../../src/live/meter.ts';
import { LiveSound } from '../../src/live/sound.ts';
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
