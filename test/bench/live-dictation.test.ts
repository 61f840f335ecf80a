import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beginningOf, composeDictation, FRAME_SECONDS, RATE_HZ } from '../../bench/live/dictation.ts';
import type { Phrase } from '../../bench/live/phrases.ts';

const PHRASE_RATE_HZ = 16_000;

function phrase(seconds: number, text: string): Phrase {
  return {
    samples: new Float32Array(seconds * PHRASE_RATE_HZ).fill(0.5),
    words: [{ text, startSeconds: 0, endSeconds: seconds, probability: 1 }],
    voicedSeconds: seconds,
  };
}
const PHRASES = [phrase(1, 'ett'), phrase(2, 'två'), phrase(3, 'tre')];

describe('a dictation', () => {
  it('has the share of speech that was asked for, in whole frames of a tenth of a second', () => {
    const options = fc.record({
      seconds: fc.integer({ min: 20, max: 60 }),
      seed: fc.nat(),
      speechShare: fc.double({ min: 0.3, max: 0.8, noNaN: true }),
    });
    fc.assert(
      fc.property(options, (wanted) => {
        const { frames, speechShare } = composeDictation(PHRASES, wanted);
        expect(Math.abs(speechShare - wanted.speechShare)).toBeLessThan(0.02);
        expect(new Set(frames.map(({ length }) => length))).toEqual(new Set([2 * RATE_HZ * FRAME_SECONDS]));
      }),
      { numRuns: 5 },
    );
  });

  it('says its words where the sound is', () => {
    const { frames, words } = composeDictation(PHRASES, { seconds: 20, seed: 3 });
    for (const { startSeconds, endSeconds } of words) {
      const middle = frames[Math.floor((startSeconds + endSeconds) / 2 / FRAME_SECONDS)]!;
      expect(Buffer.from(middle).readInt16LE(0)).toBeGreaterThan(10_000);
    }
  });

  it('is the same for the same seed, another for another', () => {
    const words = (seed: number) => composeDictation(PHRASES, { seconds: 30, seed }).words;
    expect(words(1)).toEqual(words(1));
    expect(words(1)).not.toEqual(words(2));
  });

  it('asks for text to be committed between phrases only', () => {
    const { words, finalizeAfterFrames } = composeDictation(PHRASES, { seconds: 200, seed: 1 });
    expect(finalizeAfterFrames.size).toBeGreaterThan(0);
    for (const frame of finalizeAfterFrames) {
      const seconds = frame * FRAME_SECONDS;
      expect(words.some((word) => word.startSeconds < seconds && seconds < word.endSeconds)).toBe(false);
    }
  });

  it('cut short keeps what was said by then', () => {
    const whole = composeDictation(PHRASES, { seconds: 60, seed: 1 });
    const { frames, words, finalizeAfterFrames } = beginningOf(whole, 100);
    expect(frames).toEqual(whole.frames.slice(0, 100));
    expect(words.every(({ endSeconds }) => endSeconds <= 10)).toBe(true);
    expect([...finalizeAfterFrames].every((frame) => frame <= 100)).toBe(true);
  });

  it('is refused when the phrases hold too many pauses for the share of speech', () => {
    const hesitant = { ...phrase(4, 'öh'), voicedSeconds: 1 };
    expect(() => composeDictation([hesitant], { seconds: 20, seed: 1 })).toThrow(/voiced for more than 0.6.*got 0.25/);
  });
});
