import { beforeEach, describe, expect, test } from 'vitest';
import { Intake } from '../../src/live/intake.ts';
import { NO_JOURNAL } from '../../src/live/journal.ts';
import type { JournalRecord } from '../../src/live/journal-records.ts';
import type { SessionInput } from '../../src/live/recovery.ts';
import { AT_THE_BEGINNING } from '../../src/live/recovery.ts';

const SECOND = new Uint8Array(2 * 16_000);
const frame = (seq: number) => ({ seq, samples: SECOND });
const finalize = (id: number, afterSeq?: number) =>
  ({ type: 'finalize', id, ...(afterSeq !== undefined && { afterSeq }) }) as const;
const refusal = { code: 'REQUEST_INVALID' };

let journalled: JournalRecord[];
let intake: Intake;

function intakeAfter(inputs: readonly SessionInput[], isDone = false): Intake {
  return new Intake({
    journal: { ...NO_JOURNAL, append: (record) => journalled.push(record) },
    recovered: {
      opened: {
        kind: 'opened',
        protocol: 1,
        tokenSha256: '',
        language: 'sv',
        sampleRateHz: 16_000,
        accountId: null,
        vocabulary: [],
        prompt: '',
        pauseSeconds: 0.7,
      },
      committed: [],
      nextSeq: 1 + inputs.filter((input) => 'frame' in input).length,
      sampleCount: 0,
      start: AT_THE_BEGINNING,
      fromSecond: 0,
      inputs,
      isDone,
      wholeBytes: 0,
    },
    maxSessionSeconds: 5,
    checkRoom: () => {},
  });
}

beforeEach(() => {
  journalled = [];
  intake = intakeAfter([]);
});

describe('frames', () => {
  test('are taken in order, and journalled once however often they come', () => {
    expect([1, 2, 1, 2, 3].map((seq) => intake.frame(frame(seq)))).toEqual([true, true, false, false, true]);
    expect(journalled).toMatchObject([1, 2, 3].map((seq) => ({ kind: 'frame', seq })));
    expect(intake.nextSeq).toBe(4);
  });

  test('are refused after a gap, after stop, and beyond the longest session', () => {
    expect(() => intake.frame(frame(2))).toThrow(expect.objectContaining(refusal));
    for (let seq = 1; seq <= 5; seq++) intake.frame(frame(seq));
    expect(() => intake.frame(frame(6))).toThrow(expect.objectContaining({ code: 'AUDIO_TOO_LONG' }));
    intake.control({ type: 'stop', lastSeq: 5 });
    expect(() => intake.frame(frame(6))).toThrow(expect.objectContaining(refusal));
    expect(intake.nextSeq).toBe(6);
  });
});

describe('a finalize', () => {
  test('said again behind frames that came meanwhile is not taken again', () => {
    intake.frame(frame(1));
    expect(intake.control(finalize(1, 1))).toBe('taken');
    intake.frame(frame(2));
    expect(intake.control(finalize(1, 1))).toBe('coming');
    intake.reached(finalize(1));
    expect(intake.control(finalize(1, 1))).toBe('reached');
    expect(journalled.filter(({ kind }) => kind === 'control')).toHaveLength(1);
  });

  test('that never came through is taken at its place', () => {
    intake.frame(frame(1));
    expect(intake.control(finalize(1, 1))).toBe('taken');
    expect(() => intake.control(finalize(2, 2))).toThrow(expect.objectContaining(refusal));
  });

  test('without a place is taken where it comes', () => {
    intake.frame(frame(1));
    expect([intake.control(finalize(0)), intake.control(finalize(0))]).toEqual(['taken', 'taken']);
  });

  test('read back from the journal is coming until it is reached', () => {
    intake = intakeAfter([{ frame: frame(1) }, { control: finalize(4, 1) }, { frame: frame(2) }]);
    expect(intake.control(finalize(4, 1))).toBe('coming');
    // Let go with the sound before it, which is committed.
    expect(intake.control(finalize(3, 0))).toBe('reached');
  });
});

test('stop is taken once, behind the last frame, and nothing after it', () => {
  intake.frame(frame(1));
  expect(() => intake.control({ type: 'stop', lastSeq: 0 })).toThrow(expect.objectContaining(refusal));
  expect(intake.control({ type: 'stop', lastSeq: 1 })).toBe('taken');
  expect(intake.control({ type: 'stop', lastSeq: 1 })).toBe('coming');
  expect(intake.control(finalize(1))).toBe('coming');
  expect(intakeAfter([], true).control(finalize(1))).toBe('coming');
});
