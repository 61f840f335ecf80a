import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linePlot, ticks } from '../../bench/plot.ts';

const plot = {
  title: 'Cost <b> & "more"',
  xLabel: 'audio, s',
  yLabel: 'time, ms',
  series: [
    {
      label: 'one',
      points: [
        [1, 10],
        [30, 600],
      ],
    },
    { label: 'other', points: [[30, 20]] },
  ],
} as const;

describe('a plot', () => {
  it('tells title, axes with units and every series in words', () => {
    const svg = linePlot(plot);
    for (const words of ['audio, s', 'time, ms', '>one<', '>other<']) expect(svg).toContain(words);
  });

  it('escapes what would be markup', () => {
    const svg = linePlot(plot);
    expect(svg).toContain('Cost &lt;b&gt; &amp; &quot;more&quot;');
    expect(svg).not.toContain('<b>');
  });

  it('draws every point inside the frame, whatever the values', () => {
    const positive = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(positive, positive), { minLength: 1, maxLength: 20 }), (points) => {
        const svg = linePlot({ ...plot, series: [{ label: 'a', points }] });
        const drawn = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)];
        expect(drawn).toHaveLength(points.length);
        for (const [, x, y] of drawn) {
          expect(Number(x)).toBeGreaterThanOrEqual(72);
          expect(Number(x)).toBeLessThanOrEqual(696);
          expect(Number(y)).toBeGreaterThanOrEqual(48);
          expect(Number(y)).toBeLessThanOrEqual(364);
        }
      }),
    );
  });

  it('of nothing is refused', () => {
    expect(() => linePlot({ ...plot, series: [] })).toThrow(RangeError);
  });
});

describe('the ticks of an axis', () => {
  it.each([
    [30, [0, 10, 20, 30]],
    [0.7, [0, 0.2, 0.4, 0.6, 0.8]],
    [1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, [0, 1]],
  ])('up to %d are round numbers', (largest, expected) => {
    expect(ticks(largest)).toEqual(expected);
  });

  it('reach the largest value in two to eleven steps', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (largest) => {
        const all = ticks(largest);
        expect(all.at(-1)).toBeGreaterThanOrEqual(largest * (1 - 1e-6));
        expect(all.length).toBeGreaterThan(2);
        expect(all.length).toBeLessThan(12);
      }),
    );
  });
});
