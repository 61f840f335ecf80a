import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SPEECH_RATE_HZ } from '../../src/audio/pcm.ts';
import {
  type EncodedAudio,
  floatOutput,
  layPositions,
  POSITIONS_PER_SECOND,
  SpeechEncoder,
} from '../../src/speech/encoder.ts';
import type { GraphPrecision } from '../../src/speech/models/graph-cache.ts';
import { OnnxSession } from '../../src/speech/onnx.ts';
import { baseGraphs, clipSamples, config, FIRST_CLIP, largestDifference, noise } from './base-model.ts';

describe('the layout of positions', () => {
  const layouts = fc
    .record({ total: fc.integer({ min: 1, max: 1500 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
    .map(({ total, share }) => ({ total, kept: Math.round(total * share) }));
  const strides = fc.integer({ min: 1, max: 128 });

  test('weighs as much as all positions that it stands for', () => {
    fc.assert(
      fc.property(layouts, strides, ({ kept, total }, stride) => {
        const weights = Array.from(layPositions(kept, total, stride).multiplicity, Math.exp);
        expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(total, 2);
        for (const weight of weights) expect(weight).toBeLessThanOrEqual(stride + 0.01);
      }),
    );
  });

  test('leaves what is kept as it is', () => {
    fc.assert(
      fc.property(layouts, strides, ({ kept, total }, stride) => {
        const { source, position, multiplicity } = layPositions(kept, total, stride);
        const inOrder = Array.from({ length: kept }, (_, index) => index);
        expect(source.slice(0, kept)).toEqual(inOrder);
        expect(position.slice(0, kept)).toEqual(inOrder);
        expect([...multiplicity.slice(0, kept)]).toEqual(inOrder.map(() => 0));
      }),
    );
  });

  test('places silence in order, inside the window, and takes it from what is kept', () => {
    fc.assert(
      fc.property(layouts, strides, ({ kept, total }, stride) => {
        const { source, position, multiplicity } = layPositions(kept, total, stride);
        expect([source.length, position.length]).toEqual([multiplicity.length, multiplicity.length]);
        expect(source).toHaveLength(kept + Math.ceil((total - kept) / stride));
        for (let index = kept; index < source.length; index++) {
          expect(source[index]).toBeLessThanOrEqual(Math.max(0, kept - 1));
          expect(position[index]).toBeGreaterThan(index === 0 ? -1 : position[index - 1]!);
          expect(position[index]).toBeLessThan(total);
        }
      }),
    );
  });
});

async function loadEncoder(precision: GraphPrecision): Promise<SpeechEncoder> {
  const { encoderPath } = await baseGraphs(precision);
  return new SpeechEncoder(await OnnxSession.load(encoderPath), config.dimensions);
}

describe('the encoder', () => {
  let encoder: SpeechEncoder;
  let clip: Float32Array;
  beforeAll(async () => {
    encoder = await loadEncoder('shipped');
    clip = await clipSamples(FIRST_CLIP.file);
  });
  afterAll(() => encoder.close());

  test('in floats hears silence laid position by position nearly as silence that was recorded', async () => {
    const inFloats = await loadEncoder('float32');
    const recorded = await inFloats.encode(clip, { kind: 'full' });
    const laid = await inFloats.encode(clip, { kind: 'merged', silenceSeconds: 1, stride: 1 });
    await inFloats.close();
    expect(positionsOf(laid)).toBe(positionsOf(recorded));
    // Recorded silence ends at the border of the window, which the last positions feel.
    expect(difference(laid, recorded, laid.soundPositions)).toBeLessThan(0.05);
  });

  test('hears the clip better with merged silence than without any', async () => {
    const full = await encoder.encode(clip, { kind: 'full' });
    const merged = await encoder.encode(clip);
    const cut = await encoder.encode(clip, { kind: 'merged', silenceSeconds: 0, stride: 1500 });
    expect(positionsOf(merged)).toBeLessThan(positionsOf(full) / 4);
    expect(difference(merged, full, full.soundPositions)).toBeLessThan(difference(cut, full, full.soundPositions));
  });

  test.each([
    [0, 0],
    [1, 1],
    [320, 1],
    [321, 2],
    [SPEECH_RATE_HZ, POSITIONS_PER_SECOND],
    [31 * SPEECH_RATE_HZ, 1500],
  ])('%i samples are %i positions of sound, at most 1500 with the silence', async (samples, positions) => {
    const encoded = await encoder.encode(noise(samples, 0.1));
    expect(encoded.soundPositions).toBe(positions);
    expect(encoded.durationSeconds).toBe(Math.min(30, samples / SPEECH_RATE_HZ));
    expect(positionsOf(encoded)).toBeGreaterThan(0);
    expect(positionsOf(encoded)).toBeLessThanOrEqual(1500);
    for (const name of Object.keys(encoded.tensors)) {
      expect(floatOutput(encoded, name).data.every(Number.isFinite)).toBe(true);
    }
  });

  test('hears what follows 30 s not at all', async () => {
    const long = noise(31 * SPEECH_RATE_HZ, 0.1);
    const louder = long.slice();
    louder.fill(1, 30 * SPEECH_RATE_HZ + 400);
    const keys = (encoded: EncodedAudio) => floatOutput(encoded, 'cross_key_0').data;
    expect(largestDifference(keys(await encoder.encode(long)), keys(await encoder.encode(louder)))).toBe(0);
  });
});

function positionsOf(encoded: EncodedAudio): number {
  return floatOutput(encoded, 'multiplicity').data.length;
}

/** Root mean square of the difference of the last layer's keys over the first positions, over that of the keys. */
function difference(one: EncodedAudio, other: EncodedAudio, positions: number): number {
  const name = `cross_key_${config.dimensions.decoderLayers - 1}`;
  const [a, b] = [floatOutput(one, name), floatOutput(other, name)];
  const [, heads, , width] = a.dims as [number, number, number, number];
  let squares = 0;
  let energy = 0;
  for (let head = 0; head < heads; head++) {
    for (let at = 0; at < positions * width; at++) {
      const left = a.data[head * a.dims[2]! * width + at]!;
      const right = b.data[head * b.dims[2]! * width + at]!;
      squares += (left - right) ** 2;
      energy += right ** 2;
    }
  }
  return Math.sqrt(squares / energy);
}
