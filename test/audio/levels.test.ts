import { describe, expect, it } from 'vitest';
import { peakDbfs, rmsDbfs } from '../../src/audio/levels.ts';

const sine = Float32Array.from({ length: 16_000 }, (_, at) => Math.sin((2 * Math.PI * 440 * at) / 16_000));

describe('levels', () => {
  it('a sine of full scale peaks at 0 dBFS and has an RMS of -3 dBFS', () => {
    expect(peakDbfs(sine)).toBeCloseTo(0, 2);
    expect(rmsDbfs(sine)).toBeCloseTo(-3.01, 2);
  });

  it('a tenth of the amplitude is 20 dB less', () => {
    const quiet = sine.map((sample) => sample / 10);
    expect(peakDbfs(quiet)).toBeCloseTo(-20, 2);
    expect(rmsDbfs(quiet)).toBeCloseTo(-23.01, 2);
  });

  it('digital silence and no samples at all are -Infinity', () => {
    for (const samples of [new Float32Array(100), new Float32Array(0)]) {
      expect(peakDbfs(samples)).toBe(-Infinity);
      expect(rmsDbfs(samples)).toBe(-Infinity);
    }
  });
});
