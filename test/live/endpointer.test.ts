import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type EndedUtterance,
  type EndpointerState,
  finalized,
  goingOnFrom,
  heard,
  silentFrom,
} from '../../src/live/endpointer.ts';
import { toWindows } from '../../src/live/voice-window.ts';

const PAUSE_SECONDS = 0.7;

function listen(probabilities: readonly number[], from: EndpointerState = silentFrom(0), pauseSeconds = PAUSE_SECONDS) {
  const ended: EndedUtterance[] = [];
  let begunCount = 0;
  let state = from;
  for (const probability of probabilities) {
    const next = heard(state, probability, pauseSeconds);
    state = next.state;
    if (next.begun) begunCount++;
    if (next.ended) ended.push(next.ended);
  }
  return { ended, begunCount, state };
}

function windows(count: number, probability: number): number[] {
  return new Array<number>(count).fill(probability);
}

const SILENCE = 0.02;
const VOICE = 0.9;
const DOUBTFUL = 0.6;

describe('an utterance', () => {
  test('begins 0.3 s before the voice and ends 0.3 s after it, once the pause is over', () => {
    const { ended } = listen([...windows(50, SILENCE), ...windows(30, VOICE), ...windows(22, SILENCE)]);
    expect(ended).toEqual([{ startWindow: 50 - toWindows(0.3), endWindow: 80 + toWindows(0.3), goesOn: false }]);
  });

  test('goes on over a pause that is shorter', () => {
    const said = [...windows(20, VOICE), ...windows(21, SILENCE), ...windows(20, VOICE)];
    expect(listen(said).ended).toEqual([]);
  });

  test.each([0.3, 1, 3])('ends after a pause of %d s when that is wanted', (pauseSeconds) => {
    const pause = toWindows(pauseSeconds);
    const almost = [...windows(20, VOICE), ...windows(pause - 1, SILENCE)];
    expect(listen(almost, silentFrom(0), pauseSeconds).ended).toEqual([]);
    expect(listen([...almost, SILENCE], silentFrom(0), pauseSeconds).ended).toHaveLength(1);
  });

  test('does not begin with a click, nor with many of them', () => {
    const click = [...windows(2, VOICE), ...windows(10, SILENCE)];
    expect(listen(new Array(20).fill(click).flat())).toMatchObject({ ended: [], begunCount: 0 });
  });

  test('does not begin with what is never clearly a voice and soon over, and does when it goes on', () => {
    expect(listen([...windows(9, DOUBTFUL), ...windows(40, SILENCE)])).toMatchObject({ ended: [], begunCount: 0 });
    const { ended } = listen([...windows(10, DOUBTFUL), ...windows(40, SILENCE)]);
    expect(ended).toEqual([{ startWindow: 0, endWindow: 10 + toWindows(0.3), goesOn: false }]);
  });

  test('begins with a doubtful voice that becomes clear within half a second, and not with an earlier one', () => {
    const startsAfter = (silentWindows: number) => {
      const said = [...windows(5, DOUBTFUL), ...windows(silentWindows, SILENCE), ...windows(20, VOICE)];
      return listen([...said, ...windows(40, SILENCE)]).ended[0]?.startWindow;
    };
    expect(startsAfter(toWindows(0.5) - 1)).toBe(0);
    expect(startsAfter(toWindows(0.5))).toBe(5 + toWindows(0.5) - toWindows(0.3));
  });

  test('begins with the first sound of a word that becomes clear later', () => {
    const said = [...windows(20, SILENCE), ...windows(4, DOUBTFUL), VOICE, ...windows(40, SILENCE)];
    expect(listen(said).ended).toEqual([
      { startWindow: 20 - toWindows(0.3), endWindow: 25 + toWindows(0.3), goesOn: false },
    ]);
  });

  test('that nobody ends is cut before 15 s at its least voiced moment, and goes on there', () => {
    const said = windows(500, VOICE);
    said[400] = 0.4;
    const { ended, state } = listen(said);
    expect(ended).toEqual([{ startWindow: 0, endWindow: 400, goesOn: true }]);
    expect(state.open).toMatchObject({ startWindow: 400, isSpeech: true });
  });

  test('ends at once when that is asked for', () => {
    const { state } = listen(windows(10, VOICE));
    expect(finalized(state)).toEqual({
      state: silentFrom(10),
      ended: { startWindow: 0, endWindow: 10, goesOn: false },
    });
  });

  test('ends where its pause would end it when that is asked for in the pause', () => {
    const said = [...windows(10, VOICE), ...windows(15, SILENCE)];
    const { ended } = listen([...said, ...windows(22, SILENCE)]);
    expect(finalized(listen(said).state)).toEqual({ state: silentFrom(25, 10 + toWindows(0.3)), ended: ended[0] });
  });

  test('is not ended by asking while nobody speaks', () => {
    const { state } = listen(windows(40, SILENCE));
    expect(finalized(state)).toEqual({ state, ended: null });
  });

  test('that was cut and has nothing but silence left is none', () => {
    expect(listen(windows(40, SILENCE), goingOnFrom(100)).ended).toEqual([]);
  });
});

const probabilities = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true })), {
  maxLength: 60,
});
const sounds = probabilities.map((runs) => runs.flatMap(([count, probability]) => windows(count, probability)));
const pauses = fc.double({ min: 0.3, max: 3, noNaN: true });

describe('for any sound', () => {
  test('utterances do not overlap and are at most 15 s long', () => {
    fc.assert(
      fc.property(sounds, pauses, (sound, pauseSeconds) => {
        const { ended } = listen(sound, silentFrom(0), pauseSeconds);
        const edges = ended.flatMap(({ startWindow, endWindow }) => [startWindow, endWindow]);
        expect(edges).toEqual(edges.toSorted((a, b) => a - b));
        for (const { startWindow, endWindow } of ended) {
          expect(endWindow).toBeGreaterThan(startWindow);
          expect((endWindow - startWindow) * 0.032).toBeLessThanOrEqual(15);
        }
      }),
    );
  });

  test('hearing it again from the end of any utterance gives the same utterances after it', () => {
    fc.assert(
      fc.property(sounds, pauses, (sound, pauseSeconds) => {
        const { ended } = listen(sound, silentFrom(0), pauseSeconds);
        for (const [index, { endWindow, goesOn }] of ended.entries()) {
          const from = goesOn ? goingOnFrom(endWindow) : silentFrom(endWindow);
          const again = listen(sound.slice(endWindow), from, pauseSeconds);
          expect(again.ended).toEqual(ended.slice(index + 1));
        }
      }),
    );
  });

  test('every clear voice of 0.1 s, and every voice of 0.32 s, is inside an utterance or one that is still open', () => {
    fc.assert(
      fc.property(sounds, pauses, (sound, pauseSeconds) => {
        const { ended, state } = listen(sound, silentFrom(0), pauseSeconds);
        const openFrom = state.open?.startWindow ?? Number.POSITIVE_INFINITY;
        for (let window = 0; window + 3 <= sound.length; window++) {
          const isVoice = sound.slice(window, window + 10).every((probability) => probability >= 0.5);
          const isClear = sound.slice(window, window + 3).every((probability) => probability >= 0.8);
          if (!isClear && !(isVoice && window + 10 <= sound.length)) continue;
          const isInside = ended.some(({ startWindow, endWindow }) => startWindow <= window && window < endWindow);
          expect(isInside || window >= openFrom).toBe(true);
        }
      }),
    );
  });
});
