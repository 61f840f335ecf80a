import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peakDbfs } from '../../src/audio/levels.ts';
import { Resampler, resample } from '../../src/audio/resampler.ts';

const OUTPUT_HZ = 16_000;
const INPUT_RATES_HZ = [8000, 11_025, 22_050, 24_000, 44_100, 48_000, 96_000];

function sine(frequencyHz: number, rateHz: number, seconds = 0.5): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: rateHz * seconds }, (_, at) =>
    Math.sin((2 * Math.PI * frequencyHz * at) / rateHz),
  );
}

/** Away from both ends, where a sine that begins and stops holds all frequencies. */
function middle(samples: Float32Array): Float32Array {
  return samples.subarray(samples.length * 0.2, samples.length * 0.8);
}

function bytesOf(samples: Float32Array): Uint8Array {
  return new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
}

describe('resampler', () => {
  for (const inputHz of INPUT_RATES_HZ) {
    const nyquistHz = Math.min(inputHz, OUTPUT_HZ) / 2;

    it(`${inputHz} Hz: a sine in the lower 90 % of the band comes out as itself, in place, with images 80 dB down`, () => {
      for (const share of [0.01, 0.1, 0.3, 0.5, 0.7, 0.85, 0.9]) {
        const frequencyHz = share * nyquistHz;
        const got = resample(sine(frequencyHz, inputHz), inputHz, OUTPUT_HZ);
        const wanted = sine(frequencyHz, OUTPUT_HZ);
        const error = got.map((sample, at) => sample - wanted[at]!);
        expect(peakDbfs(middle(error)), `${frequencyHz} Hz`).toBeLessThan(-80);
      }
    });

    if (inputHz > OUTPUT_HZ) {
      it(`${inputHz} Hz: a sine above the new Nyquist frequency is 80 dB down`, () => {
        for (const frequencyHz of [8010, 8100, 8500, 9000, 10_000, 12_000, 16_000, 20_000, 40_000]) {
          if (frequencyHz >= inputHz / 2) continue;
          const alias = resample(sine(frequencyHz, inputHz), inputHz, OUTPUT_HZ);
          expect(peakDbfs(middle(alias)), `${frequencyHz} Hz`).toBeLessThan(-80);
        }
      });
    }

    it(`${inputHz} Hz: a click stays where it was`, () => {
      const click = new Float32Array(inputHz);
      click[inputHz / 5] = 1;
      const got = resample(click, inputHz, OUTPUT_HZ);
      expect(got.indexOf(Math.max(...got))).toBe(OUTPUT_HZ / 5);
    });
  }

  it('a constant stays constant', () => {
    const got = resample(new Float32Array(44_100).fill(0.5), 44_100, OUTPUT_HZ);
    for (const sample of middle(got)) expect(sample).toBeCloseTo(0.5, 6);
  });

  it('equal rates change nothing', () => {
    const samples = sine(700, OUTPUT_HZ);
    expect(resample(samples, OUTPUT_HZ, OUTPUT_HZ)).toEqual(samples);
  });

  it('blocks of any sizes give the same samples as one, bit for bit, and as many as the duration asks for', () => {
    const rate = fc.constantFrom(...INPUT_RATES_HZ, 16_000, 5512, 8012, 37_800, 44_056, 47_250, 192_000);
    fc.assert(
      fc.property(
        rate,
        fc.constantFrom(16_000, 48_000),
        fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 8 }),
        fc.integer(),
        (inputHz, outputHz, blockSizes, seed) => {
          const total = blockSizes.reduce((sum, size) => sum + size, 0);
          const samples = Float32Array.from({ length: total }, (_, at) => Math.sin(at * at * 0.001 + seed));
          const resampler = new Resampler(inputHz, outputHz);
          const got: Float32Array[] = [];
          let at = 0;
          for (const size of blockSizes) {
            got.push(resampler.push(samples.subarray(at, at + size)));
            at += size;
          }
          got.push(resampler.flush());
          const whole = resample(samples, inputHz, outputHz);
          expect(whole.length).toBe(Math.ceil((total * outputHz) / inputHz));
          expect(Buffer.concat(got.map(bytesOf)).equals(bytesOf(whole))).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('only a few milliseconds are held back', () => {
    const resampler = new Resampler(48_000, OUTPUT_HZ);
    expect(resampler.push(new Float32Array(4800)).length).toBeGreaterThan(0.095 * OUTPUT_HZ);
  });

  it('a rate that is no whole number above zero is refused', () => {
    for (const rateHz of [0, -1, 44_100.5, Number.NaN])
      expect(() => new Resampler(rateHz, OUTPUT_HZ)).toThrow(RangeError);
  });
});
