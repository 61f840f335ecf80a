import { describe, expect, it } from 'vitest';
import type { Comparison, Outcome, SystemResult } from '../../bench/peers/measure.ts';
import { comparisonReport } from '../../bench/peers/report.ts';

const SECRET = 'hemliga ord om en patient';
const recordings = [0, 1].map(() => ({ reference: SECRET, pieces: [new Float32Array(16_000)] }));
const set = { name: 'short', title: 'short clips', recordings, audioSeconds: 2, pieceSeconds: 1 } as const;

function outcome(hypothesis: string, processingSeconds: number): Outcome {
  return { reference: SECRET, hypothesis, audioSeconds: 1, processingSeconds };
}

function result(name: string, beamSize: 1 | 5, outcomes: readonly Outcome[]): SystemResult {
  const system = { name, beamSize, prepare: () => ({ program: '', args: [] }) };
  return { system, about: name, loadSeconds: 1, peakMemoryBytes: 2 ** 20, outcomes: new Map([['short', outcomes]]) };
}

const comparison: Comparison = {
  results: [
    result('faster-whisper int8, greedy', 1, [outcome(SECRET, 0.4)]),
    result('Taltid int8 as shipped, greedy', 1, [outcome('hemliga ord om en', 0.1), outcome(SECRET, 0.1)]),
    result('whisper.cpp', 1, []),
  ],
  leftOut: [{ system: result('transformers.js', 1, []).system, reason: 'no Python' }],
};
const report = comparisonReport(comparison, [set]);
const row = (name: string) => report.split('\n').find((line) => line.startsWith(`| ${name}`));

describe('the comparison', () => {
  it('is paired over the recordings that both systems got to', () => {
    expect(row('Taltid')).toContain('| 4.00 | +20.0 (+20.0 to +20.0) |');
  });

  it('says which systems were too slow or left out, and why', () => {
    expect(row('whisper.cpp')).toContain('0 of 2: too slow');
    expect(report).toContain('- transformers.js: no Python');
  });

  it('holds no word of what was said', () => {
    expect(report).not.toMatch(/hemliga|patient/);
  });
});
