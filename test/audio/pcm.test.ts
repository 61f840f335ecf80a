import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { downmix, floatToS16le, s16leToFloat } from '../../src/audio/pcm.ts';

describe('pcm', () => {
  it('16-bit samples survive the way to float and back', () => {
    fc.assert(
      fc.property(fc.int16Array(), (samples) => {
        const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
        expect(floatToS16le(s16leToFloat(bytes))).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  it('what is beyond full scale is clipped, not wrapped', () => {
    expect(s16leToFloat(floatToS16le(Float32Array.of(1.5, -1.5)))).toEqual(Float32Array.of(32_767 / 32_768, -1));
  });

  it('bytes at an odd address of a larger buffer are read where they stand', () => {
    const bytes = Uint8Array.of(9, 0x00, 0x40, 0x00, 0xc0, 7).subarray(1, 5);
    expect(s16leToFloat(bytes)).toEqual(Float32Array.of(0.5, -0.5));
  });

  it('channels are averaged, and opposite ones cancel', () => {
    const left = Float32Array.of(1, 0.5, 0.25);
    const right = Float32Array.of(-1, 0.5, 0.75);
    expect(downmix([left, right])).toEqual(Float32Array.of(0, 0.5, 0.5));
    expect(left).toEqual(Float32Array.of(1, 0.5, 0.25));
  });

  it('a single channel is not copied', () => {
    const only = Float32Array.of(0.1);
    expect(downmix([only])).toBe(only);
  });
});
