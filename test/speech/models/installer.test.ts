import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { convertModel } from '../../../src/speech/models/convert-model.ts';
import { type InstallEvent, installFromHub, removeModel } from '../../../src/speech/models/installer.ts';
import { openWeights } from '../../../src/speech/models/open-weights.ts';
import { readWhisperConfig } from '../../../src/speech/models/read-whisper-config.ts';
import { listModels, resolveModel } from '../../../src/speech/models/registry.ts';
import { verifyModel } from '../../../src/speech/models/verify.ts';
import {
  calibrate,
  cutting,
  emptyLocations,
  installTiny,
  LIMITS,
  NAME,
  partialFolder,
  tinyHub,
  WEIGHTS,
} from './installing.ts';
import { startHub } from './local-hub.ts';
import { refusalOf, scratchFolder } from './scratch.ts';
import { TINY, writeTinyWhisper } from './tiny-whisper.ts';

describe('installing from a hub', () => {
  it('takes in a checkpoint of 128 mel bins and 51,866 tokens, under its name and in 8 bits', async () => {
    const locations = emptyLocations();
    const hub = await tinyHub();
    const events: InstallEvent[] = [];
    await installTiny(locations, hub, { onEvent: (event) => events.push(event) });

    const model = resolveModel(locations, NAME);
    expect(model.summary).toMatchObject({ name: NAME, licence: 'Apache-2.0', languages: ['sv'], bundled: false });
    expect(readWhisperConfig(model.folder).dimensions).toEqual(TINY);
    expect(existsSync(join(model.folder, 'calibration.json'))).toBe(true);
    const weights = openWeights(model.folder);
    expect(weights.info('model.encoder.conv1.weight').type).toBe('I8');
    expect(weights.info('model.encoder.conv1.bias').type).toBe('BF16');
    weights.close();
    await verifyModel(model);
    const came = createHash('sha256')
      .update(readFileSync(join(model.folder, 'tokenizer.json')))
      .digest('hex');
    expect(events).toContainEqual(expect.objectContaining({ kind: 'checked', file: 'tokenizer.json', sha256: came }));
    expect(existsSync(partialFolder(locations))).toBe(false);
  });

  it('goes on by itself where the connection was cut, and fetches no byte twice', async () => {
    const hub = await tinyHub({ [WEIGHTS]: { pausesAfterBytes: [100_000, 300_000] } });
    const locations = emptyLocations();
    const events: InstallEvent[] = [];
    await installTiny(locations, hub, { onEvent: cutting(hub, (event) => events.push(event)) });
    const ranges = hub.requests.filter(({ file }) => file === WEIGHTS).map(({ range, status }) => [range, status]);
    expect(ranges).toEqual([
      [undefined, 200],
      ['bytes=100000-', 206],
      ['bytes=400000-', 206],
    ]);
    expect(events.filter(({ kind }) => kind === 'retry')).toHaveLength(2);
    await verifyModel(resolveModel(locations, NAME));
  });

  it('starts a file again when the server ignores the range', async () => {
    const hub = await tinyHub({ [WEIGHTS]: { pausesAfterBytes: [100_000], ignoresRange: true } });
    const locations = emptyLocations();
    await installTiny(locations, hub, { onEvent: cutting(hub) });
    expect(hub.requests.filter(({ file }) => file === WEIGHTS).map(({ status }) => status)).toEqual([200, 200]);
    await verifyModel(resolveModel(locations, NAME));
  });

  it('gives up on a server that cuts every answer at the same place', async () => {
    const pausesAfterBytes = Array<number>(20).fill(1000);
    const hub = await tinyHub({ [WEIGHTS]: { pausesAfterBytes, ignoresRange: true } });
    const refusal = await refusalOf(() => installTiny(emptyLocations(), hub, { onEvent: cutting(hub) }));
    expect(refusal).toMatchObject({ code: 'MODEL_DOWNLOAD', retryable: true });
    expect(hub.requests.filter(({ file }) => file === WEIGHTS)).toHaveLength(LIMITS.attempts);
  });

  it('starts a file again when it changed on the server in between', async () => {
    const hub = await tinyHub({ [WEIGHTS]: { pausesAfterBytes: [50_000], etag: '"first"' } });
    const locations = emptyLocations();
    const limits = { ...LIMITS, attempts: 1 };
    await refusalOf(() => installTiny(locations, hub, { limits, onEvent: cutting(hub) }));
    hub.treatments[WEIGHTS] = { etag: '"second"' };
    await installTiny(locations, hub, { limits });
    expect(hub.requests.at(-1)).toMatchObject({ file: WEIGHTS, range: 'bytes=50000-', status: 200 });
    await verifyModel(resolveModel(locations, NAME));
  });

  it('an interrupted install is seen by nobody, and a second one goes on with it', async () => {
    const locations = emptyLocations();
    const hub = await tinyHub({ [WEIGHTS]: { pausesAfterBytes: [200_000] } });
    const interruption = new AbortController();
    const onEvent = (event: InstallEvent) => {
      if (event.kind === 'progress' && event.doneBytes === 200_000) interruption.abort();
    };
    const stopped = await refusalOf(() => installTiny(locations, hub, { signal: interruption.signal, onEvent }));
    expect(stopped.code).toBe('CANCELLED');
    expect(listModels(locations).map(({ name }) => name)).not.toContain(NAME);
    expect((await refusalOf(() => resolveModel(locations, NAME))).code).toBe('MODEL_NOT_FOUND');

    hub.requests.length = 0;
    await installTiny(locations, hub);
    expect(hub.requests.find(({ file }) => file === WEIGHTS)).toMatchObject({ range: 'bytes=200000-', status: 206 });
    expect(hub.requests.find(({ file }) => file === 'tokenizer.json')).toMatchObject({ status: 416 });
    await verifyModel(resolveModel(locations, NAME));
  });

  it('a calibration that fails leaves nothing to see, and the weights need not come again', async () => {
    const locations = emptyLocations();
    const hub = await tinyHub();
    const failing = installTiny(locations, hub, { calibrate: () => Promise.reject(new Error('no speech')) });
    await expect(failing).rejects.toThrow('no speech');
    expect(readdirSync(join(locations.dataDirectory, 'models'))).toEqual(['.partial']);
    hub.requests.length = 0;
    await installTiny(locations, hub);
    expect(hub.requests.filter(({ status }) => status === 200)).toEqual([]);
  });

  it('a silent server is left and asked again', async () => {
    const hub = await tinyHub({ [WEIGHTS]: { pausesAfterBytes: [60_000] } });
    const locations = emptyLocations();
    await installTiny(locations, hub, { limits: { ...LIMITS, idleTimeoutMs: 200 } });
    expect(hub.requests).toContainEqual({ file: WEIGHTS, range: 'bytes=60000-', status: 206 });
  });

  it.each([500, 503, 429])('status %i is tried again', async (status) => {
    const hub = await tinyHub({ 'config.json': { statuses: [status] } });
    await installTiny(emptyLocations(), hub);
    expect(hub.requests.slice(0, 2).map((request) => request.status)).toEqual([status, 200]);
  });

  it('what is installed is not downloaded again', async () => {
    const locations = emptyLocations();
    const hub = await tinyHub();
    const first = await installTiny(locations, hub);
    hub.requests.length = 0;
    expect(await installTiny(locations, hub)).toEqual(first);
    expect(hub.requests).toEqual([]);
  });

  it('two installs at a time do not mix: the second is told to come back', async () => {
    const locations = emptyLocations();
    const hub = await tinyHub();
    let second: unknown;
    await installTiny(locations, hub, {
      calibrate: async (folder) => {
        second = await refusalOf(() => installTiny(locations, hub));
        await calibrate(folder);
      },
    });
    expect(second).toMatchObject({ code: 'MODEL_BUSY', retryable: true });
  });

  it('the lock of a process that died is taken over', async () => {
    const locations = emptyLocations();
    mkdirSync(join(locations.dataDirectory, 'models'));
    writeFileSync(join(locations.dataDirectory, 'models/.install.lock'), '999999999');
    await installTiny(locations, await tinyHub());
    resolveModel(locations, NAME);
  });
});

describe('the bundled weights, written out as a hub serves them', () => {
  it('come back level for level through 16-bit shards, a connection cut in the middle and a second add', async () => {
    const folder = scratchFolder();
    const bundled = resolveModel(emptyLocations(), 'whisper-base').folder;
    convertModel(bundled, folder, { form: 'huggingface', type: 'F16', shards: 3 });
    const middle = 'model-00002-of-00003.safetensors';
    const hub = await startHub(folder, { [middle]: { pausesAfterBytes: [1_000_000] } });
    const locations = emptyLocations();
    const name = 'openai/whisper-base';
    const limits = { ...LIMITS, attempts: 1 };
    const install = { name, hubUrl: hub.url, calibrate, limits, onEvent: cutting(hub) };
    expect((await refusalOf(() => installFromHub(locations, install))).code).toBe('MODEL_DOWNLOAD');
    await installFromHub(locations, install);
    expect(hub.requests.filter(({ file }) => file === middle).map(({ range }) => range)).toEqual([
      undefined,
      'bytes=1000000-',
    ]);

    const model = resolveModel(locations, name);
    expect(model.summary.languages).toHaveLength(99);
    expect(readWhisperConfig(model.folder)).toEqual(readWhisperConfig(bundled));
    const weights = openWeights(model.folder);
    const original = openWeights(bundled);
    for (const tensor of ['model.encoder.conv2.weight', 'model.decoder.layers.5.fc2.weight']) {
      const got = weights.quantisedRows(tensor);
      const expected = original.quantisedRows(tensor);
      expect(got.values).toEqual(expected.values);
      for (const [row, scale] of expected.scales.entries()) {
        expect(Math.abs(got.scales[row]! - scale)).toBeLessThanOrEqual(scale * 2 ** -11);
      }
    }
    weights.close();
    original.close();
  });
});

describe('checksums', () => {
  it('a file that differs from what the hub promised is refused, and fetched anew the next time', async () => {
    const locations = emptyLocations();
    const hub = await tinyHub({ [WEIGHTS]: { promisedSha256: 'a'.repeat(64) } });
    const refusal = await refusalOf(() => installTiny(locations, hub));
    expect(refusal.code).toBe('MODEL_CHECKSUM');
    expect(refusal.message).toMatch(/not what the hub promised; expected SHA-256 a{64}; got [0-9a-f]{64}/);
    expect(existsSync(partialFolder(locations))).toBe(false);
  });

  it('a promise that is kept goes through the redirect', async () => {
    const folder = scratchFolder();
    writeTinyWhisper(folder, 'F16');
    const promisedSha256 = createHash('sha256')
      .update(readFileSync(join(folder, WEIGHTS)))
      .digest('hex');
    const hub = await startHub(folder, { [WEIGHTS]: { promisedSha256 } });
    await installTiny(emptyLocations(), hub);
    expect(hub.requests.at(-1)).toMatchObject({ file: WEIGHTS, status: 200 });
  });

  it('a model that comes back different after it was removed is refused, unless the change is accepted', async () => {
    const locations = emptyLocations();
    const first = await tinyHub();
    await installTiny(locations, first);
    await removeModel(locations, NAME);
    expect(listModels(locations).map(({ name }) => name)).toEqual(['whisper-base']);

    const folder = scratchFolder();
    writeTinyWhisper(folder, 'F16');
    const changed = await startHub(folder);
    const refusal = await refusalOf(() => installTiny(locations, changed));
    expect(refusal.code).toBe('MODEL_CHECKSUM');
    expect(refusal.message).toMatch(/model\.safetensors is not what it was when it first came/);
    await installTiny(locations, changed, { acceptChanged: true });
    await verifyModel(resolveModel(locations, NAME));
  });

  it('verify finds a changed byte, and a file that is gone', async () => {
    const locations = emptyLocations();
    await installTiny(locations, await tinyHub());
    const model = resolveModel(locations, NAME);
    const path = join(model.folder, WEIGHTS);
    const bytes = readFileSync(path);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(path, bytes);
    expect((await refusalOf(() => verifyModel(model))).code).toBe('MODEL_CHECKSUM');
    rmSync(path);
    expect((await refusalOf(() => verifyModel(model))).code).toBe('MODEL_TRUNCATED');
  });
});
