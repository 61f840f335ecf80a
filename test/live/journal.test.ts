import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readdir, readFile, rm, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LIVE_PROTOCOL } from '../../src/contracts/live.ts';
import {
  type CommittedRecord,
  encodeRecord,
  type JournalRecord,
  type OpenedRecord,
} from '../../src/live/journal-records.ts';
import { JournalStore } from '../../src/live/journal-store.ts';
import { DETECTOR, storedVoice } from '../../src/live/stored-voice.ts';
import { BUNDLED_DIRECTORY } from '../../src/speech/models/registry.ts';

const SESSION = '0f7c2a54-9a53-4d0e-8a6e-1f6f9a0b1c2d';
const LIMITS = { maxJournalsBytes: 1e9, keepMs: 1000, keepDoneMs: 100 };
const SECOND = new Uint8Array(2 * 16_000).fill(7);

const opened: OpenedRecord = {
  kind: 'opened',
  protocol: LIVE_PROTOCOL,
  tokenSha256: 'ab'.repeat(32),
  language: 'sv',
  sampleRateHz: 16_000,
  accountId: 'anna',
  vocabulary: [{ term: 'F9', soundsLike: 'ef nio' }],
  prompt: 'Anamnes',
  pauseSeconds: 0.7,
};

function frame(seq: number): JournalRecord {
  return { kind: 'frame', seq, samples: SECOND };
}

function committed(endSample: number): CommittedRecord {
  const words = [{ text: 'Hej', startSeconds: 0.1, endSeconds: 0.4, probability: 0.5 }];
  return { kind: 'committed', startSeconds: 0, endSeconds: 1, words, endSample, goesOn: false };
}

async function newStore(limits = LIMITS) {
  const folder = join(await mkdtemp(join(tmpdir(), 'taltid-journal-')), 'live');
  onTestFinished(() => rm(join(folder, '..'), { recursive: true, force: true }));
  return { folder, store: await JournalStore.open(folder, limits) };
}

/** What the journal tells, closed again. */
async function reopened(store: JournalStore) {
  const session = await store.reopen(SESSION);
  await session?.journal.close();
  return session?.recovered;
}

/** A folder with one journal that holds these records. */
async function stored(records: readonly JournalRecord[]) {
  const { folder, store } = await newStore();
  const journal = await store.create(SESSION, opened);
  for (const record of records) journal.append(record);
  await journal.close();
  await store.release(SESSION, false);
  return { folder, store, path: join(folder, `${SESSION}.journal`) };
}

describe('a journal', () => {
  test('tells its frames, wishes and words in their order', async () => {
    const wish: JournalRecord = { kind: 'control', message: { type: 'finalize', id: 3 } };
    const { store } = await stored([frame(1), wish, frame(2)]);
    const recovered = (await reopened(store))!;
    expect(recovered).toMatchObject({ opened, nextSeq: 3, sampleCount: 32_000, isDone: false, committed: [] });
    expect(recovered.inputs).toMatchObject([
      { frame: { seq: 1, samples: SECOND } },
      { control: { type: 'finalize', id: 3 } },
      { frame: { seq: 2 } },
    ]);
  });

  test('of a long session gives the sound that is still needed only, with the wishes that hold still', async () => {
    const configure: JournalRecord = { kind: 'control', message: { type: 'configure', pauseSeconds: 2 } };
    const frames = Array.from({ length: 100 }, (_, index) => frame(index + 1));
    const { store } = await stored([...frames.slice(0, 5), configure, ...frames.slice(5), committed(90 * 16_000)]);
    const recovered = (await reopened(store))!;
    expect(recovered).toMatchObject({ nextSeq: 101, fromSecond: 87, opened: { pauseSeconds: 2 } });
    expect(recovered.start.boundarySample).toBe(90 * 16_000);
    expect(recovered.inputs.map((input) => 'frame' in input && input.frame.seq)).toEqual(
      Array.from({ length: 13 }, (_, index) => 88 + index),
    );
  });

  test('has the memory of the voice detector, bit by bit, and goes on from its place', async () => {
    const memory = { state: Float32Array.from([0.1, -0, 1e-42, Number.NaN]), context: Float32Array.of(1 / 3) };
    const voice = storedVoice({ window: 2800, memory });
    const frames = Array.from({ length: 100 }, (_, index) => frame(index + 1));
    const { store } = await stored([...frames, { ...committed(90 * 16_000), voice }]);
    const recovered = (await reopened(store))!;
    expect(recovered.start.voice).toEqual({ window: 2800, memory });
    expect(recovered.committed).toEqual([committed(90 * 16_000)]);
  });

  test('whose last record has no memory, after one that has, still has the sound to begin 2 s early', async () => {
    const voice = storedVoice({ window: 2812, memory: null });
    const frames = Array.from({ length: 100 }, (_, index) => frame(index + 1));
    const { store } = await stored([...frames, { ...committed(90 * 16_000), voice }, committed(90.5 * 16_000)]);
    const { inputs, fromSecond, start } = (await reopened(store))!;
    expect(fromSecond * 16_000).toBeLessThan(start.voice.window * 512);
    expect(inputs[0]).toMatchObject({ frame: { seq: fromSecond + 1, samples: SECOND } });
  });

  test('with the memory of another detector, or none, has it begin 2 s early', async () => {
    const voice = { detector: 'another', window: 2800, memory: null };
    for (const record of [{ ...committed(90 * 16_000), voice }, committed(90 * 16_000)]) {
      const { store } = await stored([frame(1), record as JournalRecord]);
      const { start } = (await reopened(store))!;
      expect(start.voice).toEqual({ window: start.endpointer.window - 64, memory: null });
    }
  });

  test('can be read by its owner only', async () => {
    const { folder, path } = await stored([]);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('cut off anywhere gives all whole records before the cut, and goes on from there', async () => {
    const records = [frame(1), committed(16_000), frame(2)];
    const { store, path } = await stored(records);
    const whole = await readFile(path);
    const ends = [opened, ...records].map((_record, index, all) =>
      all.slice(0, index + 1).reduce((sum, record) => sum + encodeRecord(record).length, 0),
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.nat(whole.length), fc.constantFrom(...ends)), async (length) => {
        await writeFile(path, whole);
        await truncate(path, length);
        const wholeRecords = ends.filter((end) => end <= length).length;
        const session = await store.reopen(SESSION);
        expect(session === undefined).toBe(wholeRecords === 0);
        if (!session) return;
        const { nextSeq } = session.recovered;
        expect(nextSeq).toBe([1, 2, 2, 3][wholeRecords - 1]);
        expect(session.recovered.committed).toHaveLength(wholeRecords > 2 ? 1 : 0);
        session.journal.append(frame(nextSeq));
        await session.journal.close();
        const { committed: words } = session.recovered;
        expect(await reopened(store)).toMatchObject({ nextSeq: nextSeq + 1, committed: words });
      }),
      { numRuns: 40 },
    );
  });

  test('with a damaged byte ends before the record that has it', async () => {
    const { store, path } = await stored([frame(1), frame(2), frame(3)]);
    const bytes = await readFile(path);
    bytes[bytes.length - SECOND.length - 100]! ^= 1;
    await writeFile(path, bytes);
    expect((await reopened(store))?.nextSeq).toBe(2);
  });

  test('with rubbish at its end is as it was without', async () => {
    const { store, path } = await stored([frame(1)]);
    const { size } = await stat(path);
    await appendFile(path, new Uint8Array(5000).fill(255));
    expect(await reopened(store)).toMatchObject({ nextSeq: 2, wholeBytes: size });
    expect((await stat(path)).size).toBe(size);
  });

  test('that skips a frame is believed up to there', async () => {
    const { store } = await stored([frame(1), frame(3)]);
    expect((await reopened(store))?.nextSeq).toBe(2);
  });

  test('has on the disk what was appended when sync resolves', async () => {
    const { folder, store } = await newStore();
    const journal = await store.create(SESSION, opened);
    const path = join(folder, `${SESSION}.journal`);
    for (let seq = 1; seq <= 20; seq++) {
      journal.append(frame(seq));
      await journal.sync();
      expect((await stat(path)).size).toBeGreaterThan(seq * SECOND.length);
    }
    await journal.close();
  });

  test('whose disk fails says LIVE_STORAGE, then and ever after', async () => {
    const { store } = await newStore();
    const journal = await store.create(SESSION, opened);
    await journal.close();
    journal.append(frame(1));
    const failure = { code: 'LIVE_STORAGE', retryable: true };
    await expect(journal.sync()).rejects.toMatchObject(failure);
    await expect(journal.sync()).rejects.toMatchObject(failure);
  });
});

test('the detector whose memory is stored is the one that is bundled', () => {
  expect(existsSync(join(BUNDLED_DIRECTORY, 'silero-vad', `${DETECTOR}.onnx`))).toBe(true);
});

describe('the folder of journals', () => {
  test.each(['../secret', 'x', '', `${SESSION}/..`, SESSION.toUpperCase()])('has no session %j', async (sessionId) => {
    const { store } = await stored([]);
    expect(await store.reopen(sessionId)).toBeUndefined();
  });

  test('refuses another session when it is full', async () => {
    const { store } = await newStore({ ...LIMITS, maxJournalsBytes: 10 });
    const journal = await store.create(SESSION, opened);
    await journal.close();
    await expect(store.create(crypto.randomUUID(), opened)).rejects.toMatchObject({ code: 'LIVE_STORAGE' });
  });

  test('removes a journal after its time, one that is done sooner, and none that is in use', async () => {
    const { folder, store } = await newStore();
    const [open, done, used] = ['a', 'b', 'c'].map((letter) => SESSION.replace(/^./, letter)) as [
      string,
      string,
      string,
    ];
    for (const sessionId of [open, done, used]) await (await store.create(sessionId, opened)).close();
    await store.release(open, false);
    await store.release(done, true);
    const writtenSeconds = 1_000_000;
    for (const name of await readdir(folder)) await utimes(join(folder, name), writtenSeconds, writtenSeconds);
    await store.sweep(writtenSeconds * 1000 + 500);
    expect((await readdir(folder)).toSorted()).toEqual([`${open}.journal`, `${used}.journal`]);
    await store.sweep(writtenSeconds * 1000 + 1500);
    expect(await readdir(folder)).toEqual([`${used}.journal`]);
  });
});
