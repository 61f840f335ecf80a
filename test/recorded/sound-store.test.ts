import { randomUUID } from 'node:crypto';
import { readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { soundOfDictation } from '../../src/recorded/recorded-sound.ts';
import { SoundStore } from '../../src/recorded/sound-store.ts';
import { scratchFolder } from '../scratch-folder.ts';

async function openStore(limits: { maxFileBytes?: number; maxStoredBytes?: number } = {}) {
  const folder = join(await scratchFolder(), 'recordings');
  return SoundStore.open({ folder, maxFileBytes: 100, maxStoredBytes: 250, ...limits });
}

async function* bytes(...sizes: number[]) {
  for (const size of sizes) yield new Uint8Array(size).fill(7);
}

const nobody = async (ids: readonly string[]) => ids;

describe('the sound of a recording', () => {
  test('is what came, and readable by nobody else', async () => {
    const store = await openStore();
    const id = randomUUID();
    expect(await store.receive(id, bytes(40, 60))).toMatchObject({ sizeBytes: 100 });
    expect(await store.read(id)).toEqual(new Uint8Array(100).fill(7));
    expect((await stat(join(store.folder, `${id}.sound`))).mode & 0o077).toBe(0);
    expect(store.storedBytes).toBe(100);
  });

  test('of two equal files has one hash, of others another', async () => {
    const store = await openStore();
    const one = await store.receive(randomUUID(), bytes(10, 5));
    const same = await store.receive(randomUUID(), bytes(15));
    const other = await store.receive(randomUUID(), bytes(16));
    expect(one.hash.equals(same.hash)).toBe(true);
    expect(one.hash.equals(other.hash)).toBe(false);
  });

  test.each([
    ['that is empty', 'AUDIO_EMPTY', () => bytes()],
    ['that is too large', 'AUDIO_TOO_LARGE', () => bytes(60, 60)],
  ])('%s is refused and leaves nothing', async (_what, code, sound) => {
    const store = await openStore();
    await expect(store.receive(randomUUID(), sound())).rejects.toMatchObject({ code });
    expect(await readdir(store.folder)).toEqual([]);
    expect(store.storedBytes).toBe(0);
  });

  test('is refused when all together have their limit, until one is removed', async () => {
    const store = await openStore();
    const ids = [randomUUID(), randomUUID()];
    for (const id of ids) await store.receive(id, bytes(100));
    await expect(store.receive(randomUUID(), bytes(100))).rejects.toMatchObject({
      code: 'RECORDINGS_FULL',
      retryable: true,
    });
    await store.remove(ids[0]!);
    await store.receive(randomUUID(), bytes(100));
    expect(store.storedBytes).toBe(200);
  });

  test('whose sender goes away in the middle leaves nothing', async () => {
    const store = await openStore();
    async function* broken() {
      yield new Uint8Array(10);
      throw new Error('gone');
    }
    await expect(store.receive(randomUUID(), broken())).rejects.toThrow('gone');
    expect(await readdir(store.folder)).toEqual([]);
  });

  test('that was removed is told to be gone', async () => {
    const store = await openStore();
    await expect(store.read(randomUUID())).rejects.toMatchObject({ code: 'SOUND_GONE' });
    await store.remove(randomUUID());
  });

  test("that is nobody's goes when it is old, with what a crash left unfinished; what is new or no recording stays", async () => {
    const store = await openStore();
    const [mine, nobodys, fresh] = [randomUUID(), randomUUID(), randomUUID()];
    for (const id of [mine, nobodys]) await store.receive(id, bytes(10));
    await writeFile(join(store.folder, `${randomUUID()}.sound.part`), 'half');
    await store.keepPlayable(nobodys, new Float32Array(10));
    await writeFile(join(store.folder, 'README'), 'something else');
    const old = new Date(Date.now() - 3_600_000);
    for (const name of await readdir(store.folder)) await utimes(join(store.folder, name), old, old);
    await store.receive(fresh, bytes(10));
    await store.sweep(new Date(Date.now() - 60_000), async (ids) => ids.filter((id) => id !== mine));
    const left = [`${mine}.sound`, `${fresh}.sound`, 'README'];
    expect((await readdir(store.folder)).sort()).toEqual(left.sort());
    await store.sweep(new Date(0), nobody);
    expect((await readdir(store.folder)).sort()).toEqual(left.sort());
  });

  test('that was decoded is played as wav, and cut out of where words were said', async () => {
    const store = await openStore({ maxStoredBytes: 1e6 });
    const id = randomUUID();
    await store.receive(id, bytes(10));
    expect(await store.playable(id)).toEqual({ name: `${id}.sound`, type: undefined });
    expect(await soundOfDictation(store, id, { startSeconds: 0, endSeconds: 1 })).toBeUndefined();
    const samples = Float32Array.from({ length: 16_000 }, (_, at) => (at < 8_000 ? 0 : 0.5));
    await store.keepPlayable(id, samples);
    expect(await store.playable(id)).toEqual({ name: `${id}.wav`, type: 'audio/wav' });
    const heard = await soundOfDictation(store, id, { startSeconds: 0.25, endSeconds: 2 });
    expect(heard?.rateHz).toBe(16_000);
    expect(heard?.samples).toEqual(samples.subarray(4_000));
    await store.remove(id);
    expect(await readdir(store.folder)).toEqual([]);
  });

  test('that is there already is counted when the server starts', async () => {
    const store = await openStore();
    await store.receive(randomUUID(), bytes(80));
    const again = await SoundStore.open({ folder: store.folder, maxFileBytes: 100, maxStoredBytes: 100 });
    await expect(again.receive(randomUUID(), bytes(30))).rejects.toMatchObject({ code: 'RECORDINGS_FULL' });
  });
});
