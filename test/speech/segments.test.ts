import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULT_SEGMENT_OPTIONS, speechSegments, type TimeSpan } from '../../src/speech/segments.ts';
import { VOICE_WINDOW_SECONDS } from '../../src/speech/voice-detector.ts';

const { onsetProbability, offsetProbability, minimumSpeechSeconds } = DEFAULT_SEGMENT_OPTIONS;

type Run = readonly [probability: number, seconds: number];

/** Probabilities that stay for a while, run after run. */
function probabilitiesOf(...runs: readonly Run[]): Float32Array {
  const windows = runs.flatMap(([probability, seconds]) =>
    new Array<number>(Math.round(seconds / VOICE_WINDOW_SECONDS)).fill(probability),
  );
  return Float32Array.from(windows);
}

function toWindow(seconds: number): number {
  return Math.round(seconds / VOICE_WINDOW_SECONDS);
}

function expectSpan(span: TimeSpan | undefined, startSeconds: number, endSeconds: number): void {
  expect(span?.startSeconds).toBeCloseTo(startSeconds, 1);
  expect(span?.endSeconds).toBeCloseTo(endSeconds, 1);
}

describe('what is a segment', () => {
  test('silence, noise and no sound at all have none', () => {
    expect(speechSegments(new Float32Array(0))).toEqual([]);
    expect(speechSegments(probabilitiesOf([0, 600]))).toEqual([]);
    expect(speechSegments(probabilitiesOf([0.45, 60]))).toEqual([]);
  });

  test('a click is not speech, however sure the detector is of it', () => {
    expect(speechSegments(probabilitiesOf([0, 3], [1, 0.064], [0, 3]))).toEqual([]);
  });

  test('words with a short silence between them are one segment, with padding on both sides', () => {
    const segments = speechSegments(probabilitiesOf([0, 3], [1, 2], [0, 1.5], [1, 2], [0, 3]), {
      paddingSeconds: 0.32,
    });
    expect(segments).toHaveLength(1);
    expectSpan(segments[0], 3 - 0.32, 8.5 + 0.32);
  });

  test('a long silence is left out', () => {
    const segments = speechSegments(probabilitiesOf([1, 4], [0, 10], [1, 4]), { paddingSeconds: 0.32 });
    expect(segments).toHaveLength(2);
    expectSpan(segments[0], 0, 4.32);
    expectSpan(segments[1], 13.68, 18);
  });

  test('a voice that falls below the onset but not below the offset goes on', () => {
    const segments = speechSegments(probabilitiesOf([0, 3], [1, 1], [0.4, 4], [1, 1], [0, 3]), { paddingSeconds: 0 });
    expect(segments).toHaveLength(1);
    expectSpan(segments[0], 3, 9);
  });
});

describe('where long speech is cut', () => {
  const options = { preferredSeconds: 20, maximumSeconds: 20, paddingSeconds: 0 };

  test('at the longest pause of the second half, not at the last', () => {
    const speech = probabilitiesOf([1, 5], [0, 0.9], [1, 7], [0, 0.6], [1, 5], [0, 0.2], [1, 10]);
    const segments = speechSegments(speech, options);
    expect(segments).toHaveLength(2);
    expectSpan(segments[0], 0, 12.9);
    expectSpan(segments[1], 13.5, 28.7);
  });

  test('at a pause however early, before it is cut inside of speech', () => {
    const segments = speechSegments(probabilitiesOf([1, 3], [0, 0.3], [1, 19]), options);
    expectSpan(segments[0], 0, 3);
    expectSpan(segments[1], 3.3, 22.3);
  });

  test('where nobody pauses, at the least voiced place of the last third', () => {
    const segments = speechSegments(probabilitiesOf([1, 10], [0.4, 0.1], [1, 6], [0.6, 0.1], [1, 8]), options);
    expect(segments).toHaveLength(2);
    expectSpan(segments[0], 0, 16.2);
    expectSpan(segments[1], 16.2, 24.2);
  });

  test('somebody who does not pause for longer than preferred is not cut, and ends that segment', () => {
    const speech = probabilitiesOf([1, 2], [0, 0.3], [1, 16], [0, 0.3], [1, 2]);
    const segments = speechSegments(speech, { preferredSeconds: 14, maximumSeconds: 24, paddingSeconds: 0 });
    expect(segments).toHaveLength(3);
    expectSpan(segments[1], 2.3, 18.3);
  });

  test('padding of two neighbours meets in the middle of their pause', () => {
    const segments = speechSegments(probabilitiesOf([1, 15], [0, 0.32], [1, 15]), {
      maximumSeconds: 20,
      paddingSeconds: 1,
    });
    expectSpan(segments[0], 0, 15.16);
    expectSpan(segments[1], 15.16, 30.32);
  });

  test('a maximum that its padding fills is refused', () => {
    expect(() => speechSegments(probabilitiesOf([1, 5]), { maximumSeconds: 1, paddingSeconds: 0.5 })).toThrow(
      'expected segments well above the padding; got 14 s, at most 1 s',
    );
  });
});

describe('whatever the detector says', () => {
  const silence = fc.tuple(fc.double({ min: 0, max: offsetProbability - 0.01, noNaN: true }), seconds(4));
  const doubt = fc.tuple(fc.double({ min: offsetProbability, max: onsetProbability - 0.01, noNaN: true }), seconds(2));
  const speech = fc.tuple(fc.double({ min: onsetProbability, max: 1, noNaN: true }), seconds(40));
  const recording = fc
    .array(fc.oneof(silence, doubt, speech), { maxLength: 30 })
    .map((runs) => probabilitiesOf(...runs));
  const options = fc.record({
    preferredSeconds: fc.double({ min: 4, max: 29, noNaN: true }),
    maximumSeconds: fc.double({ min: 4, max: 29, noNaN: true }),
    paddingSeconds: fc.double({ min: 0, max: 0.5, noNaN: true }),
  });

  test('segments are in order, apart from each other, inside of the recording and never longer than the maximum', () => {
    fc.assert(
      fc.property(recording, options, (probabilities, given) => {
        let endBefore = 0;
        for (const { startSeconds, endSeconds } of speechSegments(probabilities, given)) {
          expect(startSeconds).toBeGreaterThanOrEqual(endBefore);
          expect(endSeconds).toBeGreaterThan(startSeconds);
          expect(endSeconds - startSeconds).toBeLessThanOrEqual(given.maximumSeconds + 1e-9);
          endBefore = endSeconds;
        }
        expect(endBefore).toBeLessThanOrEqual(probabilities.length * VOICE_WINDOW_SECONDS);
      }),
    );
  });

  test('every window of clear speech is in a segment, and no segment is without a voice', () => {
    fc.assert(
      fc.property(recording, options, (probabilities, given) => {
        const isCovered = new Uint8Array(probabilities.length);
        for (const { startSeconds, endSeconds } of speechSegments(probabilities, given)) {
          isCovered.fill(1, toWindow(startSeconds), toWindow(endSeconds));
          const heard = probabilities.subarray(toWindow(startSeconds), toWindow(endSeconds));
          expect(Math.max(...heard)).toBeGreaterThanOrEqual(Math.fround(offsetProbability));
        }
        expect(clearSpeech(probabilities).filter((window) => isCovered[window] === 0)).toEqual([]);
      }),
    );
  });

  test('speech that pauses often enough is never cut inside of a word', () => {
    const words = fc.array(
      fc.tuple(
        fc.double({ min: 0.2, max: 4, noNaN: true }).map((length): Run => [1, length]),
        fc.double({ min: 0.16, max: 3, noNaN: true }).map((length): Run => [0, length]),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(words, (pairs) => {
        const probabilities = probabilitiesOf(...pairs.flat());
        for (const { startSeconds, endSeconds } of speechSegments(probabilities, {
          preferredSeconds: 6,
          maximumSeconds: 10,
          paddingSeconds: 0,
        })) {
          expect(probabilities[toWindow(startSeconds) - 1] ?? 0).toBe(0);
          expect(probabilities[toWindow(endSeconds)] ?? 0).toBe(0);
        }
      }),
    );
  });

  function seconds(max: number) {
    return fc.double({ min: VOICE_WINDOW_SECONDS, max, noNaN: true });
  }

  /** Windows in runs above the onset that last as long as speech must. */
  function clearSpeech(probabilities: Float32Array): number[] {
    const clear: number[] = [];
    let run: number[] = [];
    for (let window = 0; window <= probabilities.length; window++) {
      if (probabilities[window] >= onsetProbability) run.push(window);
      else {
        if (run.length * VOICE_WINDOW_SECONDS >= minimumSpeechSeconds) clear.push(...run);
        run = [];
      }
    }
    return clear;
  }
});
