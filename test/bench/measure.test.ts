import { describe, expect, it } from 'vitest';
import { checkText } from '../../bench/check.ts';
import { timeInTurn, timing } from '../../bench/measure.ts';

describe('timing in turn', () => {
  it('runs every thing once a round, with one round more to warm up, and turns the order each round', async () => {
    const calls: string[] = [];
    const times = await timeInTurn({ a: () => calls.push('a'), b: () => calls.push('b') }, 3);
    expect(calls.join('')).toBe('baabbaab');
    expect([times.a.rounds, times.b.rounds]).toEqual([3, 3]);
  });

  it('tells median and 95th percentile in whatever order the times came', () => {
    expect(timing([30, 10, 20])).toEqual({ medianMs: 20, p95Ms: 29, rounds: 3 });
  });
});

describe('the check of a benchmark', () => {
  it('stops a run whose text is wrong, without telling a word of it', () => {
    const wrong = () => checkText('decoder', 'god morgon doktorn', 'tack tack tack');
    expect(wrong).toThrow(/^decoder: expected at most 0.6 of the words wrong; got 1.00$/);
  });

  it('lets a text pass that is mostly right', () => {
    checkText('decoder', 'god morgon doktorn', 'God morgon, doktor!');
  });
});
