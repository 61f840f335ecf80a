import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../../src/contracts/errors.ts';
import { LiveSessions } from '../../src/live/sessions.ts';
import { DEFAULT_LIVE_SETTINGS } from '../../src/live/settings.ts';
import { leftByCrash } from './crashed-journals.ts';
import { DictatingClient, type Dictation } from './dictating-client.ts';
import { MemorySocket } from './memory-socket.ts';
import { type Interference, type PlantedWord, plant, plantedFrom, SimulatedSpeech } from './simulated-speech.ts';

const RATE_HZ = 16_000;
/** At least as many as the resampler keeps until more sound comes. */
const HELD_BACK_SAMPLES = 8;
const SETTINGS = { ...DEFAULT_LIVE_SETTINGS, syncEveryMs: 0, retryDelaysMs: [0, 0, 0, 0, 0, 0, 0, 0] };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'taltid-live-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function open(journals: string, interfere?: Interference): Promise<LiveSessions> {
  const speech = new SimulatedSpeech(interfere);
  return LiveSessions.open({ speech, folder: journals, settings: SETTINGS, log: () => {} });
}

const nextTurn = () => new Promise<void>((resolve) => setImmediate(resolve));

const lengthSamples = fc.integer({ min: 2_100, max: 9_600 });
const shortPause = fc.integer({ min: 2_100, max: 6_000 });
const anyPause = fc.oneof({ weight: 4, arbitrary: shortPause }, fc.integer({ min: 6_000, max: 48_000 }));

/** Words of 0.13 to 0.6 s with pauses of 0.13 to 3 s between them, or so short ones that 15 s are too long for them. */
const words = fc
  .oneof(
    fc.array(fc.record({ lengthSamples, pauseSamples: anyPause }), { minLength: 1, maxLength: 60 }),
    fc.array(fc.record({ lengthSamples, pauseSamples: shortPause }), { minLength: 40, maxLength: 60 }),
  )
  .map((parts) => {
    const planted: PlantedWord[] = [];
    let at = 0;
    for (const [word, { lengthSamples, pauseSamples }] of parts.entries()) {
      const startSample = at + pauseSamples;
      at = startSample + lengthSamples;
      planted.push({ word, startSample, endSample: at });
    }
    return { planted, lengthSamples: at + 3_000 };
  });

function framesOf(sound: Int16Array, lengths: readonly number[]): Int16Array[] {
  const frames: Int16Array[] = [];
  for (let at = 0, index = 0; at < sound.length; index++) {
    const length = lengths[index % lengths.length]!;
    frames.push(sound.slice(at, at + length));
    at += length;
  }
  return frames;
}

const plans = fc.record({
  said: words,
  frameLengths: fc.array(fc.integer({ min: 1_000, max: RATE_HZ }), { minLength: 1, maxLength: 20 }),
  finalizes: fc.array(fc.nat(300), { maxLength: 5 }),
  pauses: fc.array(fc.record({ at: fc.nat(300), seconds: fc.double({ min: 0.3, max: 3, noNaN: true }) }), {
    maxLength: 2,
  }),
});
type Plan = typeof plans extends fc.Arbitrary<infer T> ? T : never;

/**
 * What the client sends. Finalizes that would cut a word are left out: what is left of one that is cut in its last tenth
 * of a second is too short to count as speech.
 */
function dictationOf({ said, frameLengths, finalizes, pauses }: Plan): Dictation {
  const frames = framesOf(plant(said.planted, said.lengthSamples), frameLengths);
  const endOf = (frame: number) => frames.slice(0, frame).reduce((sum, samples) => sum + samples.length, 0);
  const cutsWord = (sample: number) =>
    said.planted.some(({ startSample, endSample }) => startSample < sample && sample < endSample + HELD_BACK_SAMPLES);
  const wishes = new Map<number, object>([
    ...pauses.map(({ at, seconds }) => [at, { type: 'configure', pauseSeconds: seconds }] as const),
    ...finalizes.filter((at) => !cutsWord(endOf(at))).map((at) => [at, { type: 'finalize', id: at }] as const),
  ]);
  return { frames, sampleRateHz: RATE_HZ, wishes };
}

type Trouble = 'lost' | 'lost unnoticed' | 'killed';

/** Troubles in a row: each comes when so many frames were sent and so many messages were received after the one before. */
const troubles = fc.array(
  fc.record({
    afterFrames: fc.nat(40),
    afterMessages: fc.nat(8),
    trouble: fc.constantFrom<Trouble>('lost', 'lost unnoticed', 'killed'),
  }),
  { maxLength: 12 },
);
type Troubles = typeof troubles extends fc.Arbitrary<infer T> ? T : never;

const timings = fc.infiniteStream(
  fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 20 }) },
    { weight: 1, arbitrary: fc.constant('fail' as const) },
  ),
);

/** Random turns of the event loop before each answer, and a dead worker now and then. */
function interference(random: Iterator<number | 'fail'>): Interference {
  return async () => {
    const drawn = random.next().value;
    if (drawn === 'fail') throw new AppError('SPEECH_WORKER_DIED', 'planted', { retryable: true });
    for (let turn = 0; turn < drawn; turn++) await nextTurn();
  };
}

/** A dictation to its end, over a connection and a server that are not spared. */
async function dictate(dictation: Dictation, happenings: Troubles, interfere?: Interference): Promise<DictatingClient> {
  const client = new DictatingClient(dictation);
  let journals = await mkdtemp(join(folder, 'journals-'));
  let sessions = await open(journals, interfere);
  const started = [sessions];
  const connect = () => {
    const fresh = new MemorySocket(sessions, (message) => client.receive(message));
    client.connected(fresh);
    return fresh;
  };
  let socket = connect();
  let framesSent = 0;
  const remaining = [...happenings];
  while (!client.isDone) {
    await nextTurn();
    if (client.canSend) {
      client.sendNext();
      framesSent++;
    }
    const [next] = remaining;
    const isDue = next && framesSent >= next.afterFrames && socket.received.length >= next.afterMessages;
    if (!isDue && !socket.closedAs) continue;
    if (isDue) {
      remaining.shift();
      socket.cut({ isNoticed: next.trouble === 'lost' });
      if (next.trouble === 'killed') {
        journals = await leftByCrash(journals);
        sessions = await open(journals, interfere);
        started.push(sessions);
      }
    }
    framesSent = 0;
    socket = connect();
  }
  await Promise.all(started.map((each) => each.close()));
  return client;
}

function wordsOf(client: DictatingClient) {
  return client.committed.flatMap((message) => message.words);
}

describe('whatever happens to the connection, the server and the recogniser', () => {
  test('each word is committed exactly once, in order, where it was said', async () => {
    await fc.assert(
      fc.asyncProperty(plans, troubles, timings, async (plan, happenings, timing) => {
        const client = await dictate(dictationOf(plan), happenings, interference(timing));
        expect(plantedFrom(wordsOf(client))).toEqual(plan.said.planted);
      }),
      { numRuns: 45 },
    );
  });

  test('the utterances are those of a session without any trouble', async () => {
    await fc.assert(
      fc.asyncProperty(plans, troubles, timings, async (plan, happenings, timing) => {
        const calm = await dictate(dictationOf(plan), []);
        const troubled = await dictate(dictationOf(plan), happenings, interference(timing));
        expect(troubled.committed).toEqual(calm.committed);
      }),
      { numRuns: 30 },
    );
  });

  test('utterances follow each other without overlap, none longer than 15 s', async () => {
    await fc.assert(
      fc.asyncProperty(plans, troubles, timings, async (plan, happenings, timing) => {
        const { committed } = await dictate(dictationOf(plan), happenings, interference(timing));
        const times = committed.flatMap(({ startSeconds, endSeconds }) => [startSeconds, endSeconds]);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        for (const { startSeconds, endSeconds } of committed) expect(endSeconds - startSeconds).toBeLessThanOrEqual(15);
      }),
      { numRuns: 20 },
    );
  });
});
