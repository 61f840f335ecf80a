import { describe, expect, test } from 'vitest';
import { linkedDays } from '../../src/booking/links.ts';
import { lookAgainOn, OCCASIONS_AT_ONCE, onOccasion, openOccasions, seriesOf } from '../../src/booking/series.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { A_WEEK_BEFORE, about, day, need } from './made-unit.ts';

const request = (fields: Partial<FollowUpRequest>): FollowUpRequest => ({ id: 'R1', type: 'aterbesok', ...fields });

describe('a series', () => {
  test('has as many visits as were said, as fit until its last day, or no end', () => {
    const of = (series: FollowUpRequest['series']) => seriesOf(request({ series }), [], day('2026-06-10'));
    expect(of({ interval: 'P3M', count: 4, until: '2027-03-10' })).toEqual({ interval: 'P3M', count: 4 });
    expect(of({ interval: 'P3M', until: '2027-03-10' })).toEqual({ interval: 'P3M', count: 4 });
    expect(of({ then_interval: 'P2W', until: '2026-07-08' })).toEqual({ interval: 'P2W', count: 3 });
    expect(of({ interval: 'P1Y' })).toEqual({ interval: 'P1Y', count: null });
    expect(of(undefined)).toBeNull();
  });

  test('is followed by a request that comes after each of its visits', () => {
    const psa = request({ type: 'provtagning', series: { interval: 'P3M', count: 4 } });
    const call = request({ id: 'R2', type: 'telefon', after: 'R1', series: { follows: 'R1' } });
    expect(seriesOf(call, [psa, call], day('2026-06-10'))).toEqual({ interval: 'P3M', count: 4 });
  });

  test('that follows itself is none', () => {
    const odd = request({ series: { follows: 'R1' } });
    expect(seriesOf(odd, [odd], day('2026-06-10'))).toBeNull();
    const [one, other] = [request({ series: { follows: 'R2' } }), request({ id: 'R2', series: { follows: 'R1' } })];
    expect(seriesOf(one, [one, other], day('2026-06-10'))).toBeNull();
  });

  test('is booked so many visits at once, those that have no time', () => {
    expect(openOccasions({ interval: 'P3M', count: 4 }, new Set([1, 3]), 12)).toEqual([2, 4]);
    expect(openOccasions({ interval: 'P1W', count: 52 }, new Set(), 12)).toHaveLength(OCCASIONS_AT_ONCE);
  });

  test('without an end is booked as far ahead as the unit wants, a visit at least, and then a stretch further', () => {
    const open = (interval: string, months: number, ...taken: number[]) =>
      openOccasions({ interval, count: null }, new Set(taken), months);
    expect(open('P3M', 12)).toEqual([1, 2, 3, 4]);
    expect(open('P3M', 12, 1, 2, 3, 4)).toEqual([5, 6, 7, 8]);
    expect(open('P1Y', 12, 1)).toEqual([2]);
    expect(open('P2Y', 6)).toEqual([1]);
    expect(open('P1W', 1)).toEqual([1, 2, 3, 4, 5]);
    expect(open('P1D', 36)).toHaveLength(OCCASIONS_AT_ONCE);
    // What was given up in between comes first, by itself.
    expect(open('P3M', 12, 1, 3, 4)).toEqual([2]);
  });

  test('counts its visits from one of them by the calendar, so that a late one draws no others along', () => {
    const monthly = { interval: 'P1M' };
    const meant = (occasion: number) =>
      onOccasion([need({ time: about('2026-03-31') })], monthly, occasion, { occasion: 1, day: day('2026-03-31') })[0]!;
    expect(meant(2).aim).toEqual({ from: '2026-04-30', to: '2026-04-30' });
    expect(meant(3).aim).toEqual({ from: '2026-05-31', to: '2026-05-31' });
    expect([meant(3).notBefore, meant(3).latest]).toEqual(['2026-05-26', '2026-06-05']);
  });

  test('has its tests with each visit, as far apart as was said', () => {
    const visit = need({ time: about('2026-04-21') });
    const lab = need({ id: 'R2', type: 'provtagning', before: 'R1', time: A_WEEK_BEFORE });
    const [root, test] = onOccasion([visit, lab], { interval: 'P3M' }, 2, { occasion: 1, day: day('2026-04-20') });
    expect([root!.key, test!.key, test!.links[0]!.to]).toEqual(['R1#2', 'R2#2', 'R1#2']);
    expect(test!.aim).toBeNull();
    expect(linkedDays(test!.links[0]!, root!.aim!.from).wanted).toBe('2026-07-13');
  });

  test('is seen to again in time for its next visit', () => {
    expect(lookAgainOn({ interval: 'P3M' }, day('2026-07-21'))).toBe('2026-06-09');
    expect(lookAgainOn({ interval: 'P1W' }, day('2026-07-21'))).toBe('2026-07-14');
  });
});
