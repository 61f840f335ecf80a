import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/contracts/errors.ts';
import { CTranslate2File } from '../../../src/speech/models/ctranslate2.ts';
import { checkTensors, expectedTensors, isQuantised } from '../../../src/speech/models/expected-tensors.ts';
import { openWeights } from '../../../src/speech/models/open-weights.ts';
import { readWhisperConfig } from '../../../src/speech/models/read-whisper-config.ts';
import { quantiseRows } from '../../../src/speech/models/tensor.ts';
import { refusalOf, scratchFolder } from './scratch.ts';
import { randomWeights, TINY, writeTinyWhisper } from './tiny-whisper.ts';
import { modelBin, tinyVariables, writeCTranslate2Folder } from './write-ctranslate2.ts';

function folderWith(model: Uint8Array): string {
  const folder = scratchFolder();
  writeCTranslate2Folder(folder, 'F32');
  writeFileSync(join(folder, 'model.bin'), model);
  return folder;
}

describe('a CTranslate2 folder', () => {
  it.each([
    ['F32', 0],
    ['F16', 2 ** -11],
  ] as const)('in %s gives every tensor under its Hugging Face name, fused matrices taken apart', (type, error) => {
    const folder = scratchFolder();
    writeCTranslate2Folder(folder, type);
    const weights = openWeights(folder);
    checkTensors(weights, TINY);
    expect(new Set(weights.names())).toEqual(new Set(expectedTensors(TINY).keys()));
    for (const [name, { floats }] of randomWeights(TINY)) {
      const got = weights.floats(name);
      const worst = floats.reduce((most, value, index) => Math.max(most, Math.abs(value - got[index]!)), 0);
      expect(worst, name).toBeLessThanOrEqual(error);
    }
    weights.close();
  });

  it('in 8 bits gives the same rows that our own quantisation makes', () => {
    const folder = scratchFolder();
    writeCTranslate2Folder(folder, 'I8');
    const weights = openWeights(folder);
    for (const [name, { shape, floats }] of randomWeights(TINY)) {
      if (!isQuantised(name, shape)) continue;
      const expected = quantiseRows(name, floats, shape[0]!);
      const got = weights.quantisedRows(name);
      expect(got.values, name).toEqual(expected.values);
      for (const [row, scale] of expected.scales.entries()) expect(got.scales[row]).toBeCloseTo(scale, 8);
    }
    weights.close();
  });

  it('has the same config as the same model in Hugging Face layout', () => {
    const ours = scratchFolder();
    const theirs = scratchFolder();
    writeTinyWhisper(ours);
    writeCTranslate2Folder(theirs, 'F16');
    expect(readWhisperConfig(theirs)).toEqual(readWhisperConfig(ours));
  });

  it('that ends too early is refused with what was expected and what came', async () => {
    const folder = folderWith(modelBin(tinyVariables('F16')));
    truncateSync(join(folder, 'model.bin'), 10_000);
    const refusal = await refusalOf(() => openWeights(folder));
    expect(refusal.code).toBe('MODEL_TRUNCATED');
    expect(refusal.message).toMatch(/expected at least \d+ bytes; got 10000 bytes/);
  });

  it.each([
    ['of another model', { specification: 'TransformerSpec' }, 'MODEL_INVALID', /expected WhisperSpec; got Transf/],
    ['of a version to come', { version: 7 }, 'MODEL_UNSUPPORTED', /version 4 to 6; got version 7/],
  ])('%s is refused', async (_, head, code, message) => {
    const refusal = await refusalOf(() => openWeights(folderWith(modelBin([], head))));
    expect(refusal.code).toBe(code);
    expect(refusal.message).toMatch(message);
  });

  it('with a PyTorch pickle for its weights is refused as one', async () => {
    const refusal = await refusalOf(() => openWeights(folderWith(Buffer.from('PK\x03\x04\x14\0\0\0archive'))));
    expect(refusal.code).toBe('MODEL_INVALID');
    expect(refusal.message).toMatch(/got a zip archive, as PyTorch/);
  });

  it('without one of its layers is refused by the name of the tensor', async () => {
    const variables = tinyVariables('F32').filter(({ name }) => name !== 'decoder/layer_3/attention/linear_1/weight');
    const folder = folderWith(modelBin(variables));
    const weights = openWeights(folder);
    const refusal = await refusalOf(() => checkTensors(weights, readWhisperConfig(folder).dimensions));
    expect(refusal.message).toMatch(/expected a tensor model\.decoder\.layers\.3\.encoder_attn\.v_proj\.weight/);
    weights.close();
  });

  it('with any byte of its header changed is read or refused by code, never a crash', () => {
    const whole = modelBin(tinyVariables('F16').slice(0, 6));
    const path = join(scratchFolder(), 'model.bin');
    const place = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(place, fc.integer({ min: 0, max: 255 }), (index, value) => {
        const damaged = Buffer.from(whole);
        damaged[index] = value;
        writeFileSync(path, damaged);
        try {
          new CTranslate2File(path).close();
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 300 },
    );
    expect(readFileSync(path).length).toBe(whole.length);
  });
});
