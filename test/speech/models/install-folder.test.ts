import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installFromFolder } from '../../../src/speech/models/installer.ts';
import { openWeights } from '../../../src/speech/models/open-weights.ts';
import { readWhisperConfig } from '../../../src/speech/models/read-whisper-config.ts';
import { listModels, resolveModel } from '../../../src/speech/models/registry.ts';
import { quantiseRows } from '../../../src/speech/models/tensor.ts';
import { verifyModel } from '../../../src/speech/models/verify.ts';
import { calibrate, emptyLocations } from './installing.ts';
import { refusalOf, scratchFolder } from './scratch.ts';
import { randomWeights, TINY, writeTinyWhisper, writeTokenizer } from './tiny-whisper.ts';
import { writeCTranslate2Folder } from './write-ctranslate2.ts';

describe('installing from a folder', () => {
  it('the 8-bit form of F32 weights is exactly their row-wise quantisation', async () => {
    const folder = scratchFolder();
    writeTinyWhisper(folder, 'F32');
    const locations = emptyLocations();
    const { name } = await installFromFolder(locations, { folder, name: 'tiny', calibrate });
    const weights = openWeights(resolveModel(locations, name).folder);
    const tensor = 'model.decoder.layers.1.fc1.weight';
    const { floats, shape } = randomWeights(TINY).get(tensor)!;
    expect(weights.quantisedRows(tensor)).toEqual(quantiseRows(tensor, floats, shape[0]!));
    weights.close();
  });

  it('a CTranslate2 folder with its tokenizer installs like any other', async () => {
    const folder = scratchFolder();
    writeCTranslate2Folder(folder, 'F16');
    writeTokenizer(folder);
    const locations = emptyLocations();
    await installFromFolder(locations, { folder, name: 'from-ct2', calibrate });
    expect(readWhisperConfig(resolveModel(locations, 'from-ct2').folder).dimensions).toEqual(TINY);
  });

  it('a folder that brings its calibration keeps it', async () => {
    const folder = scratchFolder();
    writeTinyWhisper(folder);
    writeFileSync(join(folder, 'calibration.json'), '{"layers": [] }');
    const locations = emptyLocations();
    const mustNotRun = () => Promise.reject(new Error('calibrated again'));
    await installFromFolder(locations, { folder, name: 'tiny', calibrate: mustNotRun });
    const kept = readFileSync(join(resolveModel(locations, 'tiny').folder, 'calibration.json'), 'utf8');
    expect(kept).toBe('{"layers": [] }');
  });

  it('a model of the same name from a folder takes the place of the one before', async () => {
    const folder = scratchFolder();
    writeTinyWhisper(folder, 'F32');
    const locations = emptyLocations();
    await installFromFolder(locations, { folder, name: 'tiny', calibrate });
    const before = resolveModel(locations, 'tiny').folder;
    writeTinyWhisper(folder, 'F16');
    await installFromFolder(locations, { folder, name: 'tiny', calibrate });
    const after = resolveModel(locations, 'tiny');
    expect(existsSync(before)).toBe(false);
    await verifyModel(after);
    expect(listModels(locations).filter(({ name }) => name === 'tiny')).toHaveLength(1);
  });

  it('an empty folder is refused, and leaves nothing behind', async () => {
    const locations = emptyLocations();
    const refusal = await refusalOf(() =>
      installFromFolder(locations, { folder: scratchFolder(), name: 'x', calibrate }),
    );
    expect(refusal.code).toBe('MODEL_NOT_FOUND');
    expect(readdirSync(join(locations.dataDirectory, 'models/.partial'))).toEqual([]);
  });
});
