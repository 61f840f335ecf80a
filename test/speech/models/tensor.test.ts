import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFloats, dequantise, encodeFloats, quantiseRows } from '../../../src/speech/models/tensor.ts';
import { refusalOf } from './scratch.ts';
import { randomFloats } from './tiny-whisper.ts';

describe('element types', () => {
  it('F32 keeps every bit', () => {
    fc.assert(
      fc.property(fc.float32Array(), (floats) => {
        expect(decodeFloats(encodeFloats(floats, 'F32'), 'F32')).toEqual(floats);
      }),
    );
  });

  it.each([
    ['F16', 2 ** -11, 2 ** -25],
    ['BF16', 2 ** -8, 2 ** -134],
  ] as const)(
    '%s comes back within half a unit of its last place, and then keeps every bit',
    (type, relative, least) => {
      const magnitude = fc.float({ min: -65_000, max: 65_000, noNaN: true });
      fc.assert(
        fc.property(fc.array(magnitude, { maxLength: 50 }), (values) => {
          const floats = Float32Array.from(values);
          const bytes = encodeFloats(floats, type);
          const back = decodeFloats(bytes, type);
          for (const [index, value] of floats.entries()) {
            expect(Math.abs(back[index]! - value)).toBeLessThanOrEqual(Math.abs(value) * relative + least);
          }
          expect(encodeFloats(back, type)).toEqual(bytes);
        }),
      );
    },
  );

  it('BF16 rounds to the nearest, ties to even, and keeps what is not finite', () => {
    const floats = Float32Array.of(1 + 2 ** -8, 1 + 3 * 2 ** -8, -Infinity, Number.NaN);
    expect([...decodeFloats(encodeFloats(floats, 'BF16'), 'BF16')]).toEqual([1, 1 + 2 ** -6, -Infinity, Number.NaN]);
  });

  it('bytes at an odd place in a larger buffer decode as well', () => {
    const bytes = new Uint8Array(9);
    bytes.set(encodeFloats(Float32Array.of(1.5, -2), 'F32'), 1);
    expect([...decodeFloats(bytes.subarray(1), 'F32')]).toEqual([1.5, -2]);
  });
});

describe('8-bit rows', () => {
  it('no element is off by more than half the scale of its row', () => {
    const rows = 40;
    const floats = randomFloats(rows * 30, 1).map((value, index) => value * 10 ** ((index / 30) % 6));
    const quantised = quantiseRows('w', floats, rows);
    const back = dequantise(quantised);
    for (const [index, value] of floats.entries()) {
      const half = quantised.scales[Math.floor(index / 30)]! / 2;
      expect(Math.abs(back[index]! - value)).toBeLessThanOrEqual(half * 1.001);
    }
  });

  it('use 127 levels on either side, and a row of zeros stays zeros', () => {
    const { values, scales } = quantiseRows('w', Float32Array.of(-2, 1, 0, 0), 2);
    expect([...values]).toEqual([-127, 64, 0, 0]);
    expect(scales[1]).toBe(0);
  });

  it.each([Number.NaN, Infinity, -Infinity])('%s in a checkpoint is refused', async (damage) => {
    const refusal = await refusalOf(() => quantiseRows('model.fc1', Float32Array.of(1, 2, damage, 4), 2));
    expect(refusal.code).toBe('MODEL_INVALID');
    expect(refusal.message).toMatch(/model\.fc1.*expected finite numbers.*row 1/);
  });
});
