import { describe, expect, it } from 'vitest';
import { checkSame, differences } from '../../bench/live/comparison.ts';
import type { Dictation } from '../../bench/live/dictation.ts';
import { lagsSeconds, utteranceTimes, wordDelays } from '../../bench/live/latency.ts';
import { inMs, quantiles } from '../../bench/live/quantiles.ts';
import { type SessionRecord, SessionRecorder } from '../../bench/live/session-record.ts';
import { means, slopeInterval } from '../../bench/live/slope.ts';

const DICTATION: Dictation = {
  frames: [],
  words: [
    { text: 'Ont', startSeconds: 1, endSeconds: 1.4 },
    { text: 'i', startSeconds: 1.4, endSeconds: 1.5 },
    { text: 'halsen.', startSeconds: 1.5, endSeconds: 2 },
    { text: 'Feber', startSeconds: 6, endSeconds: 6.5 },
  ],
  finalizeAfterFrames: new Set([68]),
  speechShare: 0.6,
};

const word = (text: string) => ({ text, startSeconds: 0, endSeconds: 0, probability: 1 });
const committed = (index: number, startSeconds: number, endSeconds: number, text: string) => ({
  type: 'committed' as const,
  index,
  utteranceId: index,
  startSeconds,
  endSeconds,
  words: text.split(' ').map(word),
});
const aSecondLater = (said: ReturnType<typeof word>) => ({ ...said, endSeconds: said.endSeconds + 1 });
const partial = (stable: string, tail: string) => ({ type: 'partial' as const, utteranceId: 0, stable, tail });

/** The first utterance ends by a pause, the second by the client's wish. */
const RECORD: SessionRecord = {
  partials: [
    { atSeconds: 1.6, message: partial('', 'Hund') },
    { atSeconds: 2.2, message: partial('ont', 'i hals') },
  ],
  silences: [{ atSeconds: 2.8, message: { type: 'voice', speaking: false, atSeconds: 2.3 } }],
  committed: [
    { atSeconds: 3, message: committed(0, 0.7, 2.3, 'Ont i halsen') },
    { atSeconds: 7.1, message: committed(1, 5.7, 6.8, 'Ledor') },
  ],
  finalizes: new Map([[68, 6.85]]),
  resumptions: [],
};

const rounded = (values: object) =>
  JSON.parse(
    JSON.stringify(values, (_key, value) => (typeof value === 'number' ? Math.round(value * 1000) / 1000 : value)),
  );

describe('the delays of words', () => {
  it('run from the end of each word to text that reaches it, a word in its place, to it as it stays and to its commitment', () => {
    expect(rounded(wordDelays(DICTATION, RECORD))).toEqual([
      { saidSeconds: 1.4, reachedSeconds: 0.2, shownSeconds: 0.2, rightSeconds: 0.8, committedSeconds: 1.6 },
      { saidSeconds: 1.5, reachedSeconds: 0.1, shownSeconds: 0.7, rightSeconds: 0.7, committedSeconds: 1.5 },
      { saidSeconds: 2, reachedSeconds: 0.2, shownSeconds: 0.2, rightSeconds: 1, committedSeconds: 1 },
    ]);
  });
});

describe('the times of utterances', () => {
  it('tell what ended each, when that was declared, and the pause that declared it', () => {
    expect(rounded(utteranceTimes(DICTATION, RECORD))).toEqual([
      { lengthSeconds: 1.6, end: 'pause', pauseSeconds: 0.8, declaredSeconds: 2.8, committedSeconds: 3 },
      { lengthSeconds: 1.1, end: 'finalize', declaredSeconds: 6.85, committedSeconds: 7.1 },
    ]);
  });

  it('take an utterance that was cut for one that ended by its length, though nobody spoke after the cut', () => {
    const cut = { atSeconds: 16, message: committed(0, 0.7, 12, 'Ont i halsen') };
    const silence = { atSeconds: 16.5, message: { type: 'voice', speaking: false, atSeconds: 12 } } as const;
    const [times] = utteranceTimes(DICTATION, { ...RECORD, committed: [cut], silences: [silence] });
    expect(times).toMatchObject({ end: 'length', declaredSeconds: 15.7 });
  });

  it('give the lag against those of a session alone', () => {
    const late = { ...RECORD, committed: RECORD.committed.map((told) => ({ ...told, atSeconds: told.atSeconds + 1 })) };
    const lags = lagsSeconds(late, utteranceTimes(DICTATION, RECORD));
    expect(lags.map((lag) => Math.round(lag * 1000))).toEqual([1200, 1250]);
  });
});

describe('committed words', () => {
  it('are lost, doubled or changed by their places', () => {
    const undisturbed = ['a', 'b', 'c', 'd', 'e', 'f'];
    expect(differences(undisturbed, ['a', 'c', 'd', 'e', 'f', 'f'])).toMatchObject({ lost: 1, doubled: 1, changed: 0 });
    expect(differences(undisturbed, ['a', 'b', 'x', 'd', 'e', 'f'])).toMatchObject({ lost: 0, doubled: 0, changed: 1 });
  });

  it('that differ stop the benchmark, with numbers and without words', () => {
    const other = { ...RECORD, committed: RECORD.committed.slice(0, 1) };
    expect(() => checkSame('a session', RECORD, other)).toThrow(
      /^a session: expected the 4 words of the dictation undisturbed; got 1 lost, 0 doubled, 0 changed, 0 moved$/,
    );
    const [first, second] = RECORD.committed;
    const later = [
      { ...first!, message: { ...first!.message, words: first!.message.words.map(aSecondLater) } },
      second!,
    ];
    expect(() => checkSame('a session', RECORD, { ...RECORD, committed: later })).toThrow(/0 changed, 3 moved$/);
    expect(() => checkSame('a session', RECORD, RECORD)).not.toThrow();
  });

  it('that are told out of turn are refused', () => {
    const recorder = new SessionRecorder(() => 0);
    recorder.received(committed(0, 0, 1, 'a'));
    expect(() => recorder.received(committed(0, 0, 1, 'a'))).toThrow('expected committed message 1; got 0');
    expect(() => recorder.received({ type: 'done', committedCount: 2 })).toThrow('expected committed message 1; got 2');
  });
});

describe('an interruption', () => {
  it('lasts from the loss until all sound is stored, however many attempts it takes', () => {
    let nowSeconds = 0;
    const recorder = new SessionRecorder(() => nowSeconds);
    const at = (seconds: number, act: () => void) => {
      nowSeconds = seconds;
      act();
    };
    const ready = { type: 'ready', sessionId: 's', token: 't', resumeFrom: 1, pauseSeconds: 0.7 } as const;
    at(1, () => recorder.lost());
    at(2, () => recorder.connecting());
    at(3, () => recorder.received(ready));
    at(3, () => recorder.lost());
    at(4, () => recorder.caughtUp());
    at(5, () => recorder.connecting());
    at(6, () => recorder.received(ready));
    at(7, () => recorder.caughtUp());
    expect(recorder.record.resumptions).toEqual([
      { lostSeconds: 1, connectSeconds: 5, readySeconds: 6, caughtUpSeconds: 7 },
    ]);
  });
});

describe('quantiles', () => {
  it('are told in milliseconds, or as a dash when nothing was measured', () => {
    expect(inMs(quantiles([0.3, 0.1, 0.2]))).toBe('200 / 290 / 298');
    expect(inMs(quantiles([]))).toBe('-');
  });
});

describe('the slope of memory', () => {
  it('is found with an interval around it', () => {
    const points = Array.from({ length: 30 }, (_, at) => [at, 200 + 2 * at + (at % 3)] as const);
    const { value, low, high } = slopeInterval(points);
    expect(value).toBeCloseTo(2, 1);
    expect(low).toBeLessThan(2);
    expect(high).toBeGreaterThan(2);
    expect(high - low).toBeLessThan(0.2);
  });

  it('is taken over means of whole stretches', () => {
    expect(
      means(
        [
          [0, 1],
          [0.5, 3],
          [1.2, 5],
          [2, 9],
        ],
        1,
      ),
    ).toEqual([
      [0.5, 2],
      [1.5, 5],
    ]);
  });
});
