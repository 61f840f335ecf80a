import { describe, expect, it } from 'vitest';
import { hashFolder } from '../../../src/speech/models/model-files.ts';
import { openWeights } from '../../../src/speech/models/open-weights.ts';
import { readWhisperConfig } from '../../../src/speech/models/read-whisper-config.ts';
import { BUNDLED_DIRECTORY, listModels, readManifest, resolveModel } from '../../../src/speech/models/registry.ts';
import { verifyModel } from '../../../src/speech/models/verify.ts';
import { refusalOf, scratchFolder } from './scratch.ts';

const locations = () => ({ bundledDirectory: BUNDLED_DIRECTORY, dataDirectory: scratchFolder() });

describe('the bundled model', () => {
  it('is what the manifest says: every file, and no other', async () => {
    const model = resolveModel(locations());
    expect(model.name).toBe('whisper-base');
    await verifyModel(model);
    expect(await hashFolder(model.folder)).toEqual(model.files);
  });

  it('is multilingual Whisper base, with Swedish among its 99 languages', () => {
    const { folder, summary } = resolveModel(locations(), 'whisper-base');
    const { dimensions, tokens, alignmentHeads } = readWhisperConfig(folder);
    expect(dimensions).toMatchObject({ width: 512, melBins: 80, vocabularySize: 51_865, audioPositions: 1500 });
    expect(tokens.languages.get('sv')).toBe(50_273);
    expect(summary.languages).toEqual([...tokens.languages.keys()]);
    expect(alignmentHeads).toHaveLength(8);
  });

  it('keeps matrices in 8 bits and all else in 16, below 100 MB', () => {
    const { folder, summary } = resolveModel(locations());
    const weights = openWeights(folder);
    const types = Map.groupBy(weights.names(), (name) => weights.info(name).type);
    expect([...types.keys()].sort()).toEqual(['F16', 'I8']);
    expect(types.get('I8')).toHaveLength(1 + 2 + 6 * 6 + 6 * 10);
    expect(summary.sizeBytes).toBeLessThan(100_000_000);
    weights.close();
  });
});

describe('finding a model', () => {
  it('a name that is not here is answered with the names that are', async () => {
    const refusal = await refusalOf(() => resolveModel(locations(), 'whisper-huge'));
    expect(refusal).toMatchObject({ code: 'MODEL_NOT_FOUND', expected: 'whisper-base', got: 'whisper-huge' });
  });

  it('a known model that is not installed is told apart from one that does not exist', async () => {
    const known = readManifest(locations()).installable[0]!.name;
    expect((await refusalOf(() => resolveModel(locations(), known))).message).toMatch(/not installed yet/);
  });

  it('before any install the bundled models are the list', () => {
    expect(listModels(locations()).map(({ name, bundled }) => [name, bundled])).toEqual([['whisper-base', true]]);
  });
});
