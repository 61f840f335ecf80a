import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RealPowerSpectrum } from '../../src/speech/fft.ts';
import { largestDifference, noise } from './base-model.ts';

const flat = (length: number) => new Float64Array(length).fill(1);

function powerOf(signal: Float32Array, offset: number, window: Float64Array): Float64Array {
  const power = new Float64Array(window.length / 2 + 1);
  new RealPowerSpectrum(window.length).compute(signal, offset, window, power);
  return power;
}

/** By the definition of the transform. */
function powerByDefinition(signal: ArrayLike<number>): Float64Array {
  const { length } = signal;
  return Float64Array.from({ length: length / 2 + 1 }, (_, bin) => {
    let re = 0;
    let im = 0;
    for (let at = 0; at < length; at++) {
      re += signal[at]! * Math.cos((2 * Math.PI * bin * at) / length);
      im -= signal[at]! * Math.sin((2 * Math.PI * bin * at) / length);
    }
    return re ** 2 + im ** 2;
  });
}

/** Lengths whose half is a product of the radices. */
const lengths = fc
  .tuple(fc.nat(4), fc.nat(2), fc.nat(2))
  .map(([twos, threes, fives]) => 2 * 2 ** twos * 3 ** threes * 5 ** fives)
  .filter((length) => length <= 900);

describe('the power spectrum', () => {
  test('of 400 samples is that of the definition', () => {
    const signal = noise(400, 1);
    expect(largestDifference(powerOf(signal, 0, flat(400)), powerByDefinition(signal))).toBeLessThan(1e-9);
  });

  test('is that of the definition for every length of factors 2, 3, 4 and 5, every window and offset', () => {
    fc.assert(
      fc.property(lengths, fc.nat(50), (length, offset) => {
        const signal = noise(length + offset, 1);
        const window = Float64Array.from(noise(length, 1), (value) => value + 1);
        const windowed = Float64Array.from(window, (weight, at) => weight * signal[offset + at]!);
        expect(largestDifference(powerOf(signal, offset, window), powerByDefinition(windowed))).toBeLessThan(1e-7);
      }),
      { numRuns: 60 },
    );
  });

  test('of a sine lies in its own bin', () => {
    const signal = Float32Array.from({ length: 400 }, (_, at) => Math.sin((2 * Math.PI * 37 * at) / 400));
    const power = powerOf(signal, 0, flat(400));
    expect(power.indexOf(Math.max(...power))).toBe(37);
    expect(power[37]).toBeCloseTo(200 ** 2, 1);
  });

  test('is the same however often the instance was used before', () => {
    const spectrum = new RealPowerSpectrum(400);
    const [first, again] = [new Float64Array(201), new Float64Array(201)];
    spectrum.compute(noise(400, 1), 0, flat(400), first);
    spectrum.compute(new Float32Array(400).fill(0.7), 0, flat(400), again);
    spectrum.compute(noise(400, 1), 0, flat(400), again);
    expect(again).toEqual(first);
  });

  test('a length with another factor is refused', () => {
    expect(() => new RealPowerSpectrum(2 * 7 * 5)).toThrow(/expected a product of 2, 3 and 5; got 35/);
  });
});
