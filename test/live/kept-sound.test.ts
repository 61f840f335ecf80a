import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LIVE_PROTOCOL } from '../../src/contracts/live.ts';
import type { OpenedRecord } from '../../src/live/journal-records.ts';
import { JournalStore } from '../../src/live/journal-store.ts';
import { KeptSound } from '../../src/live/kept-sound.ts';

const RATE_HZ = 1000;
const HOUR_MS = 3_600_000;

const opened: OpenedRecord = {
  kind: 'opened',
  protocol: LIVE_PROTOCOL,
  tokenSha256: 'ab'.repeat(32),
  language: 'sv',
  sampleRateHz: RATE_HZ,
  accountId: 'anna',
  vocabulary: [],
  prompt: '',
  pauseSeconds: 0.7,
};

async function newStore(maxJournalsBytes = 1e9) {
  const folder = await mkdtemp(join(tmpdir(), 'taltid-sound-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const limits = { maxJournalsBytes, keepMs: 24 * HOUR_MS, keepDoneMs: 24 * HOUR_MS };
  return { folder, store: await JournalStore.open(folder, limits) };
}

/** A session whose sample at each millisecond is its number, in frames of many lengths. */
async function plant(store: JournalStore, seconds: number) {
  const sessionId = randomUUID();
  const journal = await store.create(sessionId, opened);
  let at = 0;
  for (let seq = 1; at < seconds * RATE_HZ; seq++) {
    const samples = Int16Array.from({ length: 70 + (seq % 5) * 13 }, () => at++);
    journal.append({ kind: 'frame', seq, samples: new Uint8Array(samples.buffer) });
    if (seq % 3 === 0) journal.append({ kind: 'quiet', window: seq });
  }
  await journal.sync();
  return { sessionId, journal };
}

const numbers = (samples: Float32Array) => Array.from(samples, (sample) => Math.round(sample * 32_768));
const counted = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

test('a stretch of a session is heard to the sample, while it is written on and after its end', async () => {
  const { store } = await newStore();
  const sound = new KeptSound(store);
  const { sessionId, journal } = await plant(store, 3);
  const stretch = { startSeconds: 0.513, endSeconds: 1.207 };
  const heard = await sound.read(sessionId, stretch);
  expect(heard?.rateHz).toBe(RATE_HZ);
  expect(numbers(heard!.samples)).toEqual(counted(513, 1207));
  await journal.close();
  await store.release(sessionId, true);
  expect(numbers((await sound.read(sessionId, stretch))!.samples)).toEqual(counted(513, 1207));
});

test('what lies beyond the end is left out, and of what is not kept there is nothing', async () => {
  const { store } = await newStore();
  const sound = new KeptSound(store);
  const { sessionId, journal } = await plant(store, 1);
  onTestFinished(() => journal.close());
  const [first, ...others] = numbers((await sound.read(sessionId, { startSeconds: 0.9, endSeconds: 60 }))!.samples);
  expect(first).toBe(900);
  expect(others.length).toBeLessThan(300);
  expect(await sound.read(sessionId, { startSeconds: 5, endSeconds: 6 })).toBeUndefined();
  for (const unknown of [randomUUID(), `../${sessionId}`]) {
    expect(await sound.read(unknown, { startSeconds: 0, endSeconds: 1 })).toBeUndefined();
  }
});

test('a session is known by the account that began it', async () => {
  const { store } = await newStore();
  const sound = new KeptSound(store);
  const { sessionId, journal } = await plant(store, 1);
  onTestFinished(() => journal.close());
  expect(await sound.isBegunBy(sessionId, 'anna')).toBe(true);
  expect(await sound.isBegunBy(sessionId, 'berit')).toBe(false);
  expect(await sound.isBegunBy(randomUUID(), 'anna')).toBe(false);
});

test('sound that is only kept to be heard again gives way to those who dictate, the oldest first', async () => {
  const { folder, store } = await newStore(20_000);
  const sound = new KeptSound(store);
  const sessionIds: string[] = [];
  for (const hoursAgo of [3, 1, 2]) {
    const { sessionId, journal } = await plant(store, 2);
    await journal.close();
    await store.release(sessionId, true);
    const then = new Date(Date.now() - hoursAgo * HOUR_MS);
    await utimes(join(folder, `${sessionId}.done`), then, then);
    sessionIds.push(sessionId);
  }
  const { sessionId: live, journal: open } = await plant(store, 2);
  onTestFinished(() => open.close());
  await store.sweep();
  const isKept = (sessionId: string) => sound.isBegunBy(sessionId, 'anna');
  expect(await Promise.all([...sessionIds, live].map(isKept))).toEqual([false, true, false, true]);
  expect(store.storedBytes).toBeLessThanOrEqual(10_000);
});
