import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  brierScore,
  calibrationError,
  type JudgedWord,
  judgeWords,
  markingFigures,
  rankingQuality,
  reliabilityBins,
} from '../../src/evaluation/confidence.ts';
import { fitLogistic } from '../../src/evaluation/logistic.ts';
import { randomNumbers } from '../../src/evaluation/random-numbers.ts';

const word = (probability: number, isRight: boolean): JudgedWord => ({ text: 'ord', probability, isRight });
const words = (text: string) => text.split(' ').map((each) => ({ text: each, probability: 0.5 }));
const judged = fc.array(
  fc.record({
    text: fc.constant('ord'),
    probability: fc.double({ min: 0, max: 1, noNaN: true }),
    isRight: fc.boolean(),
  }),
  { minLength: 1, maxLength: 60 },
);

describe('words are judged', () => {
  it('by what was said at their place, punctuation and capitals aside', () => {
    const heard = judgeWords('Patienten söker för ont i bröstet.', words('patienten, soker för ont bröstet bröstet'));
    expect(heard.map(({ text, isRight }) => [text, isRight])).toEqual([
      ['patienten,', true],
      ['soker', false],
      ['för', true],
      ['ont', true],
      ['bröstet', false],
      ['bröstet', true],
    ]);
  });

  it('whole: one that counts as two is right when both are; one without letters is no word', () => {
    const heard = judgeWords('tio mg dagligen', [
      { text: '10', probability: 0.2 },
      { text: '–', probability: 0.3 },
      { text: 'mg dagligen', probability: 0.4 },
    ]);
    expect(heard).toEqual([
      { text: '10', probability: 0.2, isRight: false },
      { text: 'mg dagligen', probability: 0.4, isRight: true },
    ]);
  });
});

describe('figures of confidence', () => {
  it('are perfect where certainty comes true', () => {
    const sure = [word(1, true), word(0, false), word(1, true)];
    expect([calibrationError(sure), brierScore(sure), rankingQuality(sure)]).toEqual([0, 0, 1]);
  });

  it('tell the distance between what is said and what comes true', () => {
    const boastful = Array.from({ length: 100 }, (_, at) => word(0.9, at % 2 === 0));
    expect(calibrationError(boastful, 1)).toBeCloseTo(0.4, 10);
    expect(rankingQuality(boastful)).toBe(0.5);
  });

  it('lie between 0 and 1 for any words, and bins hold each word once', () => {
    fc.assert(
      fc.property(judged, (any) => {
        for (const figure of [calibrationError(any), brierScore(any)]) {
          expect(figure).toBeGreaterThanOrEqual(0);
          expect(figure).toBeLessThanOrEqual(1);
        }
        const bins = reliabilityBins(any);
        expect(bins.reduce((sum, bin) => sum + bin.words, 0)).toBe(any.length);
        const said = bins.map(({ probability }) => probability);
        expect(said.every((each, at) => at === 0 || each >= said[at - 1]! - 1e-12)).toBe(true);
      }),
    );
  });

  it('tell what marking below a probability finds and what it costs', () => {
    const marked = markingFigures([word(0.2, false), word(0.4, true), word(0.7, false), word(0.9, true)], 0.6);
    expect(marked).toEqual({ markedShare: 0.5, wrongOfMarked: 0.5, markedOfWrong: 0.5 });
  });
});

describe('a logistic regression', () => {
  it('finds the odds that cases were drawn by', () => {
    const random = randomNumbers(3);
    const cases = Array.from({ length: 4000 }, () => {
      const features = [2 * random() - 1, 2 * random() - 1];
      const logOdds = 0.5 + 2 * features[0]! - features[1]!;
      return { features, isTrue: random() < 1 / (1 + Math.exp(-logOdds)) };
    });
    const { intercept, weights } = fitLogistic(cases, 1e-6);
    expect(intercept).toBeCloseTo(0.5, 0);
    expect(weights[0]).toBeCloseTo(2, 0);
    expect(weights[1]).toBeCloseTo(-1, 0);
  });

  it('keeps its weights small where a feature parts the few cases there are', () => {
    const cases = [-2, -1, 1, 2].map((feature) => ({ features: [feature], isTrue: feature > 0 }));
    expect(fitLogistic(cases, 1).weights[0]).toBeLessThan(2);
  });

  it('refuses cases with other features each, and none at all', () => {
    expect(() => fitLogistic([], 1)).toThrow(RangeError);
    const uneven = [
      { features: [1], isTrue: true },
      { features: [1, 2], isTrue: false },
    ];
    expect(() => fitLogistic(uneven, 1)).toThrow(RangeError);
  });
});
