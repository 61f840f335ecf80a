import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CONFIDENCE_FILE, calibratedJudge, readConfidenceTable } from '../../src/speech/word-confidence.ts';
import { WordSupport } from '../../src/speech/word-support.ts';
import { MODEL_FOLDER } from './base-model.ts';

const evidence = fc.record({
  text: fc.string(),
  tokenLogProbabilities: fc.array(fc.double({ min: -20, max: 0, noNaN: true }), { minLength: 1, maxLength: 8 }),
});
const table = readConfidenceTable(MODEL_FOLDER)!;

function folderWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'taltid-confidence-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, CONFIDENCE_FILE), text);
  return folder;
}

describe('the probability of a word', () => {
  test('is one, whatever is known of the word', () => {
    fc.assert(
      fc.property(evidence, fc.double({ min: 0, max: 9, noNaN: true }), (known, strangeness) => {
        const probability = calibratedJudge(table, () => strangeness)(known);
        expect(probability).toBeGreaterThanOrEqual(0);
        expect(probability).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('is never more where every token is less likely, nor where the word is stranger', () => {
    fc.assert(
      fc.property(evidence, fc.double({ min: 0, max: 5, noNaN: true }), (known, less) => {
        const worse = { ...known, tokenLogProbabilities: known.tokenLogProbabilities.map((value) => value - less) };
        const usual = calibratedJudge(table, () => 0);
        expect(usual(worse)).toBeLessThanOrEqual(usual(known));
        expect(calibratedJudge(table, () => less)(known)).toBeLessThanOrEqual(usual(known));
      }),
    );
  });
});

describe('the table of the bundled model', () => {
  const likely = (text: string) => ({ text, tokenLogProbabilities: [-0.01, -0.01] });
  const judgeFor = (language: string, wishes: Parameters<WordSupport['judging']>[0] = { beamSize: 5 }) =>
    new WordSupport().judging(wishes, table).judgeFor?.(language);

  test('says what it was fitted on', () => {
    expect(table.provenance).toMatch(/words, \d+ of them right/);
  });

  test('trusts a usual word that the model is sure of more than a strange one', () => {
    const judge = judgeFor('sv')!;
    expect(judge(likely('återbesök,'))).toBeGreaterThan(0.85);
    expect(judge(likely('kapbrustande'))).toBeLessThan(judge(likely('återbesök,')) - 0.15);
  });

  test('holds for its language alone, and where the lexicon is on', () => {
    for (const language of ['en', 'no', 'auto']) expect(judgeFor(language)).toBeUndefined();
    expect(judgeFor('sv', { beamSize: 5, lexicon: false })).toBeUndefined();
    expect(judgeFor('sv', { beamSize: 1 })).toBeDefined();
  });
});

describe('a model', () => {
  test('without a table leaves words to what the recogniser itself says', () => {
    const none = readConfidenceTable(tmpdir());
    expect(new WordSupport().judging({ beamSize: 5 }, none)).toEqual({});
  });

  test.each(['', '{}', '{"provenance":"x","language":"sv","intercept":1,"weights":{}}'])(
    'with a table that is none is refused: %j',
    (text) => {
      expect(() => readConfidenceTable(folderWith(text))).toThrow(expect.objectContaining({ code: 'MODEL_INVALID' }));
    },
  );
});
