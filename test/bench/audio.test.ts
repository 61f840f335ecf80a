import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAtPauses, joinSpeech, type Samples, secondsOf, stretch } from '../../bench/audio.ts';
import { wavBytes } from '../../scripts/wav-bytes.ts';
import { decodeAudio } from '../../src/speech/formats/decode-audio.ts';

const RATE_HZ = 16_000;
const LIMITS = { maxBytes: 10_000_000, maxSeconds: 600 };

/** A tone of as many seconds, with silence of 0.3 s from each of the given times. */
function toneWithPauses(seconds: number, pausesAtSeconds: readonly number[]): Samples {
  return Float32Array.from({ length: seconds * RATE_HZ }, (_, index) => {
    const at = index / RATE_HZ;
    const isPause = pausesAtSeconds.some((start) => at >= start && at < start + 0.3);
    return isPause ? 0 : Math.sin(index / 7) / 2;
  });
}

describe('cutting at pauses', () => {
  it('cuts inside the pauses, not in the sound', () => {
    const pieces = cutAtPauses(toneWithPauses(20, [5.2, 12.1]), 6);
    const ends = pieces.map((_, index) => secondsOf(joinSpeech(pieces.slice(0, index + 1), 0)));
    expect(ends[0]).toBeGreaterThan(5.2);
    expect(ends[0]).toBeLessThan(5.5);
    expect(ends[1]).toBeGreaterThan(12.1);
    expect(ends[1]).toBeLessThan(12.4);
  });

  it('loses nothing, and keeps every piece near the wanted length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 }), (total, seconds) => {
        const track = toneWithPauses(total, [3, 7, 11, 20]);
        const pieces = cutAtPauses(track, seconds);
        expect(joinSpeech(pieces, 0)).toEqual(track);
        for (const piece of pieces) expect(secondsOf(piece)).toBeLessThanOrEqual(seconds * 1.36);
      }),
      { numRuns: 20 },
    );
  });
});

describe('preparing sound', () => {
  it('stretches by beginning anew, to the sample', () => {
    const samples = Float32Array.of(1, 2, 3);
    expect([...stretch(samples, 7 / RATE_HZ)]).toEqual([1, 2, 3, 1, 2, 3, 1]);
    expect([...stretch(samples, 2 / RATE_HZ)]).toEqual([1, 2]);
  });

  it('writes wav files that our own decoder reads back', async () => {
    const samples = toneWithPauses(1, []);
    const { samples: read, rateHz } = await decodeAudio(wavBytes(samples), LIMITS);
    expect(rateHz).toBe(RATE_HZ);
    expect(read).toHaveLength(samples.length);
    expect(Math.max(...read.map((value, index) => Math.abs(value - samples[index]!)))).toBeLessThan(1e-4);
  });
});
