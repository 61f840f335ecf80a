import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { floatOutput, SpeechEncoder } from '../../src/speech/encoder.ts';
import { LogMelFrontEnd } from '../../src/speech/log-mel.ts';
import { writeEncoderGraph } from '../../src/speech/models/graphs/encoder-graph.ts';
import { openWeights } from '../../src/speech/models/open-weights.ts';
import { OnnxSession } from '../../src/speech/onnx.ts';
import type { Recogniser } from '../../src/speech/recogniser.ts';
import { config, formatSamples, largestDifference, loadBaseRecogniser, MODEL_FOLDER } from './base-model.ts';

const Sample = z.object({ step: z.number().int().positive(), values: z.array(z.number()) });
const Fixture = z.object({
  clip: z.string(),
  language: z.string(),
  logMel: z.object({ shape: z.tuple([z.number(), z.number()]), sound: Sample, all: Sample }),
  encoderStates: z.object({
    shape: z.tuple([z.number(), z.number()]),
    sample: Sample,
    meanOfPositions: z.array(z.number()),
  }),
  greedy: z.object({
    tokens: z.array(z.number().int()),
    tokenLogProbabilities: z.array(z.number()),
    noSpeechProbability: z.number(),
  }),
});

/** Computed by scripts/make-parity-fixture.py, which shares no code with the recogniser. */
const fixture = Fixture.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/parity/whisper-base.json'), 'utf8')),
);

let samples: Float32Array;
beforeAll(async () => {
  samples = await formatSamples(fixture.clip);
});

function everyNth(values: Float32Array, { step, values: wanted }: z.infer<typeof Sample>): Float32Array {
  return Float32Array.from({ length: wanted.length }, (_, index) => values[index * step]);
}

describe('against Whisper computed anew in double precision', () => {
  test('the log-mel spectrogram differs by less than 0.0001', () => {
    const { shape, sound, all } = fixture.logMel;
    const { frames, melBins, values } = new LogMelFrontEnd(config.dimensions.melBins).compute(samples, shape[0]);
    expect([frames, melBins]).toEqual(shape);
    expect(all.values.length * all.step).toBeGreaterThan(values.length - all.step);
    expect(largestDifference(everyNth(values, sound), sound.values)).toBeLessThan(1e-4);
    expect(largestDifference(everyNth(values, all), all.values)).toBeLessThan(1e-4);
  });

  describe('the encoder in floats', () => {
    let folder: string;
    let encoder: SpeechEncoder;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'taltid-parity-'));
      const path = join(folder, 'encoder.onnx');
      const weights = openWeights(MODEL_FOLDER);
      writeEncoderGraph(path, weights, config, { precision: 'float32', exposeStates: true });
      weights.close();
      encoder = new SpeechEncoder(await OnnxSession.load(path), config.dimensions, ['states']);
    });
    afterAll(async () => {
      await encoder.close();
      rmSync(folder, { recursive: true });
    });

    test('gives states that differ by less than 0.001', async () => {
      const { shape, sample, meanOfPositions } = fixture.encoderStates;
      const { dims, data } = floatOutput(await encoder.encode(samples, { kind: 'full' }), 'states');
      expect(dims).toEqual([1, ...shape]);
      expect(sample.values.length * sample.step).toBeGreaterThan(data.length - sample.step);
      expect(largestDifference(everyNth(data, sample), sample.values)).toBeLessThan(1e-3);
      expect(largestDifference(meansOfRows(data, shape[1]), meanOfPositions)).toBeLessThan(1e-4);
    });
  });

  describe('greedy recognition', () => {
    let inFloats: Recogniser;
    beforeAll(async () => {
      inFloats = await loadBaseRecogniser('float32');
    });
    afterAll(() => inFloats.close());

    test('in floats writes the same tokens, as sure of them', async () => {
      const { tokens, tokenLogProbabilities, noSpeechProbability } = fixture.greedy;
      const heard = await inFloats.recognise(samples, {
        language: fixture.language,
        beamSize: 1,
        words: false,
        tail: { kind: 'full' },
      });
      expect(heard.tokens).toEqual(tokens);
      const mean = tokenLogProbabilities.reduce((sum, value) => sum + value, 0) / tokenLogProbabilities.length;
      expect(Math.abs(heard.averageLogProbability - mean)).toBeLessThan(1e-3);
      expect(Math.abs(heard.noSpeechProbability - noSpeechProbability)).toBeLessThan(1e-3);
    });
  });
});

function meansOfRows(values: Float32Array, width: number): number[] {
  return Array.from({ length: values.length / width }, (_, row) => {
    return values.subarray(row * width, (row + 1) * width).reduce((sum, value) => sum + value, 0) / width;
  });
}
