import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SPEECH_RATE_HZ } from '../../../src/audio/pcm.ts';
import { floatOutput, SpeechEncoder } from '../../../src/speech/encoder.ts';
import { LogMelFrontEnd } from '../../../src/speech/log-mel.ts';
import { ensureGraphs } from '../../../src/speech/models/graph-cache.ts';
import { readWhisperConfig } from '../../../src/speech/models/read-whisper-config.ts';
import { type FloatTensor, floats, integers, OnnxSession } from '../../../src/speech/onnx.ts';
import { Recogniser } from '../../../src/speech/recogniser.ts';
import { SpeechTokenizer } from '../../../src/speech/tokenizer.ts';
import { baseGraphs, clipSamples, config, FIRST_CLIP, largestDifference, noise } from '../base-model.ts';
import { TINY, writeTinyWhisper } from '../models/tiny-whisper.ts';

const LAST_KEYS = `cross_key_${config.dimensions.decoderLayers - 1}`;

describe('the encoder in floats', () => {
  let session: OnnxSession;
  let clip: Float32Array;
  beforeAll(async () => {
    session = await OnnxSession.load((await baseGraphs('float32')).encoderPath);
    clip = await clipSamples(FIRST_CLIP.file);
  });
  afterAll(() => session.close());

  test('hears one position that stands for eight as eight equal ones', async () => {
    const kept = 120;
    const repeats = 8;
    const sound = Array.from({ length: kept }, (_, index) => index);
    const mel = new LogMelFrontEnd(config.dimensions.melBins).compute(clip, 2 * kept, 1);
    const keysOf = async (times: number, multiplicity: number) => {
      const weights = [...sound.map(() => 0), ...new Array<number>(times).fill(Math.log(multiplicity))];
      const outputs = await session.run(
        {
          mel: floats(mel.values, [1, mel.frames, mel.melBins]),
          source: integers([...sound, ...new Array<number>(times).fill(kept - 3)]),
          position: integers([...sound, ...new Array<number>(times).fill(700)]),
          multiplicity: floats(Float32Array.from(weights), [1, 1, 1, weights.length]),
        },
        [LAST_KEYS],
      );
      return firstPositions(outputs[LAST_KEYS] as FloatTensor, kept);
    };
    expect(largestDifference(await keysOf(1, repeats), await keysOf(repeats, 1))).toBeLessThan(1e-3);
  });
});

describe('the encoder in 8 bits', () => {
  test('gives keys near those in floats', async () => {
    const clip = await clipSamples(FIRST_CLIP.file);
    const [inFloats, shipped] = await Promise.all(
      (['float32', 'shipped'] as const).map(async (precision) => {
        const { encoderPath } = await baseGraphs(precision);
        const encoder = new SpeechEncoder(await OnnxSession.load(encoderPath), config.dimensions);
        const keys = floatOutput(await encoder.encode(clip), LAST_KEYS).data;
        await encoder.close();
        return keys;
      }),
    );
    expect(relativeError(shipped!, inFloats!)).toBeLessThan(0.15);
  });
});

/** Heads by their first positions, joined. */
function firstPositions({ data, dims }: FloatTensor, positions: number): Float32Array {
  const [, heads, all, width] = dims as [number, number, number, number];
  const kept = new Float32Array(heads * positions * width);
  for (let head = 0; head < heads; head++) {
    kept.set(data.subarray(head * all * width, (head * all + positions) * width), head * positions * width);
  }
  return kept;
}

/** Root mean square of the error over that of the values. */
function relativeError(values: Float32Array, wanted: Float32Array): number {
  const error = values.reduce((sum, value, index) => sum + (value - wanted[index]!) ** 2, 0);
  return Math.sqrt(error / wanted.reduce((sum, value) => sum + value ** 2, 0));
}

describe('a model in the form of large-v3', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'taltid-tiny-'));
    writeTinyWhisper(join(folder, 'tiny'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each(['shipped', 'float32'] as const)(
    'is built and run as %s: 128 mel bins, 51,866 tokens',
    async (precision) => {
      const modelFolder = join(folder, 'tiny');
      const graphs = await ensureGraphs(modelFolder, join(folder, 'cache'), precision);
      const tiny = readWhisperConfig(modelFolder);
      const recogniser = await Recogniser.load({
        ...graphs,
        config: tiny,
        tokenizer: new SpeechTokenizer(modelFolder),
      });
      const options = { language: 'sv', beamSize: 3, words: false };
      const heard = await recogniser.recognise(noise(SPEECH_RATE_HZ, 0.1), options);
      await recogniser.close();
      expect(tiny.dimensions).toMatchObject({ melBins: TINY.melBins, vocabularySize: TINY.vocabularySize });
      expect(heard.language).toBe('sv');
      expect(heard.averageLogProbability).toBeLessThan(0);
      for (const token of heard.tokens) expect(token).toBeLessThan(tiny.tokens.endOfText);
    },
  );
});

describe('the attention of the alignment heads', () => {
  test('is a distribution over the positions for each head and token', async () => {
    const { encoderPath, alignmentPath } = await baseGraphs();
    const encoder = new SpeechEncoder(await OnnxSession.load(encoderPath), config.dimensions);
    const { tensors } = await encoder.encode(await clipSamples(FIRST_CLIP.file));
    const alignment = await OnnxSession.load(alignmentPath);
    const rows = 3;
    const layers = [...new Set(config.alignmentHeads.map(([layer]) => layer))];
    const queries = layers.map((layer) => {
      return [`query_${layer}`, floats(noise(rows * config.dimensions.width, 2), [1, rows, config.dimensions.width])];
    });
    const keys = layers.map((layer) => [`cross_key_${layer}`, tensors[`cross_key_${layer}`]!]);
    const inputs = { multiplicity: tensors.multiplicity!, ...Object.fromEntries([...queries, ...keys]) };
    const { attention } = await alignment.run(inputs, ['attention']);
    await Promise.all([encoder.close(), alignment.close()]);
    const { data, dims } = attention as FloatTensor;
    const positions = dims[2]!;
    expect(dims).toEqual([config.alignmentHeads.length, rows, tensors.multiplicity!.data.length]);
    for (let row = 0; row < data.length / positions; row++) {
      const line = data.subarray(row * positions, (row + 1) * positions);
      expect(Math.min(...line)).toBeGreaterThanOrEqual(0);
      expect(line.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 4);
    }
  });
});
