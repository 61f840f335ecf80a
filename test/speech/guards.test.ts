import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compressionRatio, type Heard, isInvented, isLoop, tokensThatFit } from '../../src/speech/guards.ts';
import { CLIPS } from './base-model.ts';

function tokens(count: number): number[] {
  return Array.from({ length: count }, (_, token) => token);
}

function heard(changed: Partial<Heard>): Heard {
  return {
    text: 'Kan jag få tala klart?',
    tokens: tokens(7),
    durationSeconds: 1.7,
    averageLogProbability: -0.4,
    noSpeechProbability: 0.01,
    ended: true,
    ...changed,
  };
}

describe('a loop is', () => {
  test.each([
    ['a phrase said ten times', { text: 'Tack för att ni tittade. '.repeat(10) }],
    ['one character without end', { text: 'a'.repeat(80) }],
    ['a text that never ended', { ended: false }],
    ['a row of letters in a short noise', { text: 'O.O.O.O.O.O.O.O.O.', tokens: tokens(18), durationSeconds: 0.74 }],
  ])('%s', (_what, changed) => {
    expect(isLoop(heard(changed))).toBe(true);
  });

  test('no sentence that somebody said, alone or all together', () => {
    for (const { spoken } of CLIPS) expect(isLoop(heard({ text: spoken }))).toBe(false);
    expect(isLoop(heard({ text: CLIPS.map(({ spoken }) => spoken).join(' ') }))).toBe(false);
    expect(isLoop(heard({ text: 'Nej, nej, nej.' }))).toBe(false);
    expect(isLoop(heard({ text: '' }))).toBe(false);
  });

  test.each([
    ['one word, cut out of a sentence to its very ends', 4, 0.32],
    ['three words, cut out of a sentence to their very ends', 7, 0.56],
    ['a sentence at twice the rate of the fastest measured', 34, 3.14],
  ])('not %s', (_what, count, durationSeconds) => {
    const fast = heard({ tokens: tokens(count), durationSeconds });
    expect(isLoop(fast)).toBe(false);
    expect(isInvented(fast)).toBe(false);
  });

  test('found by the length in UTF-8: å counts as two', () => {
    expect(compressionRatio('å'.repeat(100))).toBeGreaterThan(1.5 * compressionRatio('a'.repeat(100)));
  });
});

describe('invented text is', () => {
  test('text that is badly guessed where the model hears nobody', () => {
    expect(isInvented(heard({ noSpeechProbability: 0.9, averageLogProbability: -1.4 }))).toBe(true);
  });

  test('words that follow each other well where the model is sure that nobody spoke', () => {
    const noise = { text: '1. Skruva loss fäst.', noSpeechProbability: 0.82, averageLogProbability: -0.9 };
    expect(isInvented(heard(noise))).toBe(true);
    expect(isInvented(heard({ ...noise, noSpeechProbability: 0.6 }))).toBe(false);
  });

  test('a word that is guessed very badly where the model half hears nobody, and no word that it hears', () => {
    const creak = { text: 'Själv.', noSpeechProbability: 0.59, averageLogProbability: -1.82 };
    expect(isInvented(heard(creak))).toBe(true);
    expect(isInvented(heard({ ...creak, noSpeechProbability: 0.3 }))).toBe(false);
    expect(isInvented(heard({ ...creak, averageLogProbability: -1.4 }))).toBe(false);
  });

  test('dots that are badly guessed, though the model is not sure that nobody spoke', () => {
    const dots = { text: '...', noSpeechProbability: 0.5, averageLogProbability: -2.4 };
    expect(isInvented(heard(dots))).toBe(true);
    expect(isInvented(heard({ ...dots, averageLogProbability: -0.4 }))).toBe(false);
  });

  test('more than anybody can have said in that time, however well it is guessed', () => {
    const row = { tokens: tokens(18), averageLogProbability: -0.1, noSpeechProbability: 0 };
    expect(isInvented(heard({ ...row, durationSeconds: 0.74 }))).toBe(true);
    expect(isInvented(heard({ ...row, durationSeconds: 1.5 }))).toBe(false);
  });

  test.each([
    ['well guessed', { noSpeechProbability: 0.9, averageLogProbability: -0.3 }],
    ['said by somebody', { noSpeechProbability: 0.2, averageLogProbability: -1.4 }],
  ])('not what is %s', (_what, changed) => {
    expect(isInvented(heard(changed))).toBe(false);
  });
});

describe('the tokens that a sound can hold', () => {
  test('are some even for the shortest, and never more than the model has room for', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 30, noNaN: true }), fc.integer({ min: 20, max: 224 }), (seconds, limit) => {
        const tokens = tokensThatFit(seconds, limit);
        expect(Number.isInteger(tokens)).toBe(true);
        expect(tokens).toBeGreaterThan(0);
        expect(tokens).toBeLessThanOrEqual(limit);
        expect(tokensThatFit(seconds + 1, limit)).toBeGreaterThanOrEqual(tokens);
      }),
    );
  });
});
