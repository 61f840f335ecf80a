import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installFromFolder, installFromHub, removeModel } from '../../../src/speech/models/installer.ts';
import { calibrate, emptyLocations, installTiny, NAME, partialFolder, tinyHub, WEIGHTS } from './installing.ts';
import { startHub } from './local-hub.ts';
import { refusalOf, scratchFolder } from './scratch.ts';
import { writeTinyWhisper } from './tiny-whisper.ts';

describe('what a hub may send, but is no Whisper, is refused', () => {
  const html = '<!DOCTYPE html><html><title>Sign in</title></html>';

  it.each([
    ['an HTML page for the config', 'config.json', html, 'MODEL_INVALID', /got text that begins with "<!DOCTYPE/],
    ['an HTML page for the weights', WEIGHTS, html, 'MODEL_INVALID', /expected a safetensors file; got an HTML page/],
    ['the config of another network', 'config.json', '{"model_type":"bert"}', 'MODEL_INVALID', /model_type/],
    ['a pickle for the weights', WEIGHTS, '\x80\x02}q\x00.....', 'MODEL_INVALID', /got a Python pickle/],
  ] as const)('%s', async (_, file, body, code, message) => {
    const locations = emptyLocations();
    const hub = await tinyHub({ [file]: { body: Buffer.from(body, 'latin1') } });
    const refusal = await refusalOf(() => installTiny(locations, hub));
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(message);
    expect(existsSync(partialFolder(locations))).toBe(false);
    if (file === 'config.json') expect(hub.requests.map((request) => request.file)).not.toContain(WEIGHTS);
  });

  it('a model that the hub does not have', async () => {
    const hub = await startHub(scratchFolder());
    expect((await refusalOf(() => installTiny(emptyLocations(), hub))).code).toBe('MODEL_NOT_FOUND');
  });

  it('a model that is not public', async () => {
    const hub = await tinyHub({ 'config.json': { statuses: [401] } });
    const refusal = await refusalOf(() => installTiny(emptyLocations(), hub));
    expect(refusal).toMatchObject({ code: 'MODEL_DOWNLOAD', retryable: false, expected: 'a public model' });
  });

  it('a model without safetensors', async () => {
    const folder = scratchFolder();
    writeTinyWhisper(folder);
    rmSync(join(folder, WEIGHTS));
    writeFileSync(join(folder, 'pytorch_model.bin'), 'PK\x03\x04');
    const refusal = await refusalOf(async () => installTiny(emptyLocations(), await startHub(folder)));
    expect(refusal.code).toBe('MODEL_UNSUPPORTED');
    expect(refusal.expected).toMatch(/model\.safetensors or model\.safetensors\.index\.json/);
  });

  it('an index that reaches out of the folder, before anything is asked for under that name', async () => {
    const folder = scratchFolder();
    writeTinyWhisper(folder);
    rmSync(join(folder, WEIGHTS));
    const index = { weight_map: { x: '../../installed.safetensors' } };
    writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify(index));
    const hub = await startHub(folder);
    expect((await refusalOf(() => installTiny(emptyLocations(), hub))).code).toBe('MODEL_INVALID');
    expect(hub.requests.at(-1)?.file).toBe('model.safetensors.index.json');
  });

  it('a file that is larger than any model', async () => {
    const hub = await tinyHub({ [WEIGHTS]: { announcedBytes: 2 ** 40, pausesAfterBytes: [1] } });
    const refusal = await refusalOf(() => installTiny(emptyLocations(), hub));
    expect(refusal).toMatchObject({ code: 'MODEL_DOWNLOAD', got: `${2 ** 40} bytes` });
  });

  it('shards that the disk cannot hold, before the first of them is asked for', async () => {
    const folder = scratchFolder();
    writeTinyWhisper(folder);
    rmSync(join(folder, WEIGHTS));
    const index = { metadata: { total_size: 2 ** 60 }, weight_map: { x: 'one.safetensors' } };
    writeFileSync(join(folder, 'model.safetensors.index.json'), JSON.stringify(index));
    const hub = await startHub(folder);
    const refusal = await refusalOf(() => installTiny(emptyLocations(), hub));
    expect(refusal).toMatchObject({ code: 'DISK_FULL', expected: expect.stringMatching(/^1844\d+ free bytes$/) });
    expect(hub.requests.at(-1)?.file).toBe('model.safetensors.index.json');
  });

  it.each([
    ['without end', '/KBLab/kb-whisper-tiny/resolve/main/config.json', /redirects without end/],
    ['to a file of this machine', 'file:///etc/passwd', /not to be trusted.*got file:/],
  ])('a redirect %s', async (_, location, message) => {
    const hub = await tinyHub({ 'config.json': { location } });
    expect((await refusalOf(() => installTiny(emptyLocations(), hub))).message).toMatch(message);
  });
});

describe('names', () => {
  it.each(['../x', 'a/../b', 'a/b/c', '/etc', '.hidden', 'a--b/c', 'a/..', '', 'a b', 'å/b', `${'x'.repeat(200)}`])(
    'the name %j is refused',
    async (name) => {
      const install = { name, hubUrl: 'http://127.0.0.1:1', calibrate };
      expect((await refusalOf(() => installFromHub(emptyLocations(), install))).code).toBe('REQUEST_INVALID');
    },
  );

  it('the bundled model is neither replaced nor removed', async () => {
    const locations = emptyLocations();
    const folder = scratchFolder();
    const replacing = await refusalOf(() => installFromFolder(locations, { folder, name: 'whisper-base', calibrate }));
    expect(replacing.code).toBe('MODEL_PROTECTED');
    expect((await refusalOf(() => removeModel(locations, 'whisper-base'))).code).toBe('MODEL_PROTECTED');
  });

  it('a model that is not installed cannot be removed', async () => {
    expect((await refusalOf(() => removeModel(emptyLocations(), NAME))).code).toBe('MODEL_NOT_FOUND');
  });
});
