import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type EndedUtterance, type EndpointerState, heard, silentFrom } from '../../src/live/endpointer.ts';
import { foreseenEnd } from '../../src/live/foreseen-end.ts';
import { Foresight } from '../../src/live/foresight.ts';
import { LiveSessions } from '../../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS } from '../../src/live/settings.ts';
import { LiveSound } from '../../src/live/sound.ts';
import { DictatingClient } from './dictating-client.ts';
import { MemorySocket } from './memory-socket.ts';
import { plant, plantedFrom, SimulatedSpeech } from './simulated-speech.ts';

const RATE_HZ = 16_000;

/** Voices and pauses of random lengths, in windows. */
const voices = fc
  .array(fc.record({ voiced: fc.nat(80), silent: fc.nat(60), doubtful: fc.nat(5) }), { maxLength: 12 })
  .map((parts) =>
    parts.flatMap(({ voiced, silent, doubtful }) => [
      ...Array<number>(voiced).fill(0.9),
      ...Array<number>(doubtful).fill(0.4),
      ...Array<number>(silent).fill(0.1),
    ]),
  );
const pauses = fc.double({ min: 0.3, max: 3, noNaN: true });

/** What ends next when nobody speaks any more. */
function endOf(state: EndpointerState, pauseSeconds: number): EndedUtterance | null {
  let next = heard(state, 0, pauseSeconds);
  for (let window = 0; window < 1_000 && !next.ended; window++) next = heard(next.state, 0, pauseSeconds);
  return next.ended;
}

describe('the end that is foreseen', () => {
  test('is the one that comes when nobody goes on speaking', () => {
    fc.assert(
      fc.property(voices, pauses, (probabilities, pauseSeconds) => {
        let state = silentFrom(0);
        for (const probability of probabilities) {
          state = heard(state, probability, pauseSeconds).state;
          const foreseen = foreseenEnd(state, pauseSeconds);
          if (foreseen) expect(foreseen).toEqual(endOf(state, pauseSeconds));
        }
      }),
    );
  });

  test('is foreseen before it comes, with all its sound there', () => {
    let state = silentFrom(0);
    for (let window = 0; window < 50; window++) state = heard(state, 0.9, 0.7).state;
    expect(foreseenEnd(state, 0.7)).toBeNull();
    let silentWindows = 0;
    for (; foreseenEnd(state, 0.7) === null; silentWindows++) state = heard(state, 0.1, 0.7).state;
    expect(foreseenEnd(state, 0.7)!.endWindow).toBeLessThanOrEqual(state.window);
    for (; ; silentWindows--) {
      const { ended, state: next } = heard(state, 0.1, 0.7);
      if (ended) break;
      state = next;
    }
    expect(silentWindows).toBeLessThan(0);
  });
});

function foresight(interfere?: () => Promise<void>) {
  const speech = new SimulatedSpeech(interfere);
  const sound = new LiveSound(RATE_HZ, 0);
  sound.push(new Uint8Array(4 * RATE_HZ));
  const texts: string[] = [];
  const seer = new Foresight({
    speech,
    owner: {},
    language: 'sv',
    clinicVocabulary: () => [],
    sound,
    onText: (text) => texts.push(text),
  });
  return { speech, seer, texts };
}

const hints = { vocabulary: [], prompt: '' };
const span = (endSample: number) => ({ startSample: 0, endSample, goesOn: false, hints });

describe('the text that is foreseen', () => {
  test('is recognised once, told as soon as it is there, and taken when the end is declared', async () => {
    const { seer, speech, texts } = foresight();
    expect([seer.expect(span(8_000)), seer.expect(span(8_000))]).toEqual([true, true]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(texts).toHaveLength(1);
    expect((await seer.take(span(8_000)))?.words).toEqual([]);
    expect(speech.heardSamples).toEqual([8_000]);
  });

  test('is given up when somebody speaks on, and is no other utterance’s', async () => {
    const gate = Promise.withResolvers<void>();
    const { seer, texts } = foresight(() => gate.promise);
    seer.expect(span(8_000));
    expect(seer.expect(null)).toBe(false);
    seer.expect(span(9_000));
    expect(seer.take(span(8_000))).toBeUndefined();
    gate.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    expect(texts).toEqual([]);
  });

  test('is left for later while others wait for the recogniser', () => {
    const { seer, speech } = foresight();
    speech.waitingCalls = 1;
    expect(seer.expect(span(8_000))).toBe(false);
    expect(seer.take(span(8_000))).toBeUndefined();
  });
});

test('in a session each utterance is recognised once, before its end is declared', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'taltid-foresight-'));
  const happened: string[] = [];
  const speech = new SimulatedSpeech(async (kind) => {
    if (kind === 'recognise') happened.push('recognised');
  });
  const settings = { ...DEFAULT_LIVE_SETTINGS, syncEveryMs: 0 };
  const sessions = await LiveSessions.open({ speech, folder, settings, log: () => {} });
  onTestFinished(async () => {
    await sessions.close();
    await rm(folder, { recursive: true, force: true });
  });
  const planted = [0, 1, 2].map((word) => ({
    word,
    startSample: 8_000 + 40_000 * word,
    endSample: 20_000 + 40_000 * word,
  }));
  const sound = plant(planted, 130_000);
  const frames = Array.from({ length: 130 }, (_, index) => sound.slice(index * 1_000, (index + 1) * 1_000));
  const client = new DictatingClient({ frames, sampleRateHz: RATE_HZ });
  const socket = new MemorySocket(sessions, (message) => {
    client.receive(message);
    if (message.type === 'voice' && !message.speaking) happened.push('declared');
  });
  client.connected(socket);
  while (!client.isDone) {
    await new Promise((resolve) => setImmediate(resolve));
    // A session that waits for its disk foresees nothing.
    const isCaughtUp = client.committed.length === happened.filter((what) => what === 'declared').length;
    if (client.canSend && isCaughtUp) client.sendNext();
  }
  expect(plantedFrom(client.committed.flatMap(({ words }) => words))).toEqual(planted);
  expect(happened).toEqual(planted.flatMap(() => ['recognised', 'declared']));
});
