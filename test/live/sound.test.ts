import fc from 'fast-check';
import { expect, test } from 'vitest';
import { floatToS16le } from '../../src/audio/pcm.ts';
import { resample } from '../../src/audio/resampler.ts';
import { LiveSound } from '../../src/live/sound.ts';

const RATES_HZ = [8_000, 16_000, 22_050, 44_100, 48_000];

/** Eight seconds that are not alike anywhere. */
function noise(rateHz: number): Uint8Array {
  let seed = 1;
  const samples = Float32Array.from({ length: 8 * rateHz }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647 - 0.5;
  });
  return floatToS16le(samples);
}

test.each(RATES_HZ)('sound at %d Hz taken up at a later second is the same, sample by sample', (rateHz) => {
  const sound = noise(rateHz);
  const whole = new LiveSound(rateHz, 0);
  whole.push(sound);
  const later = new LiveSound(rateHz, 3);
  later.push(sound.subarray(2 * 3 * rateHz));
  expect(later.endSample).toBe(whole.endSample);
  const from = 3.5 * 16_000;
  expect(later.read(from, later.endSample)).toEqual(whole.read(from, whole.endSample));
});

test('however it is cut, it is what the resampler makes of the whole, with silence up to a whole window', () => {
  const sound = noise(44_100);
  const expected = resample(
    new Float32Array(new Int16Array(sound.buffer)).map((s) => s / 32_768),
    44_100,
    16_000,
  );
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 20 }), (lengths) => {
      const live = new LiveSound(44_100, 0);
      for (let at = 0, index = 0; at < sound.length; index++) {
        const bytes = 2 * lengths[index % lengths.length]!;
        live.push(sound.subarray(at, at + bytes));
        at += bytes;
      }
      live.end();
      expect(live.endSample % 512).toBe(0);
      expect(live.read(0, expected.length)).toEqual(expected);
      expect(live.read(expected.length, live.endSample).every((sample) => sample === 0)).toBe(true);
    }),
    { numRuns: 10 },
  );
});

test('what is needed is kept when the rest is forgotten', () => {
  const sound = noise(16_000);
  const kept = new LiveSound(16_000, 0);
  const forgetful = new LiveSound(16_000, 0);
  for (let second = 0; second < 8; second++) {
    const bytes = sound.subarray(second * 32_000, (second + 1) * 32_000);
    kept.push(bytes);
    forgetful.push(bytes);
    forgetful.forget(Math.max(0, forgetful.endSample - 20_000));
  }
  const from = forgetful.endSample - 20_000;
  expect(forgetful.read(from, forgetful.endSample)).toEqual(kept.read(from, kept.endSample));
  expect(() => forgetful.read(0, 100)).toThrow(/expected samples from/);
});
