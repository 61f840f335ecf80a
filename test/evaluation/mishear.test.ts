import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mishear, placeInMisheard } from '../../src/evaluation/mishear.ts';
import { scoreText, wordErrorRate } from '../../src/evaluation/score.ts';

const PLAN = 'Återbesök om tre månader hos doktor Lind, med prover en vecka innan. Telefontid på fredag.';

function hear(text: string, seed: number): string {
  return mishear(text, seed).text;
}

describe('mishearing', () => {
  test('is the same for the same text and seed, and other for other seeds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.nat(), (text, seed) => {
        expect(mishear(text, seed)).toEqual(mishear(text, seed));
      }),
    );
    expect(new Set(Array.from({ length: 20 }, (_, seed) => hear(PLAN, seed))).size).toBeGreaterThan(15);
  });

  test('makes about as many words wrong as a small recogniser does', () => {
    const rates = Array.from({ length: 200 }, (_, seed) => wordErrorRate(scoreText(PLAN, hear(PLAN, seed))));
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    expect(mean).toBeGreaterThan(0.2);
    expect(mean).toBeLessThan(0.5);
  });

  test('does what was heard of a recogniser: sound-alike letters, words run together and split, commas, lost points', () => {
    const heard = Array.from({ length: 300 }, (_, seed) => hear(PLAN, seed)).join('\n');
    for (const kind of [
      /Åter?b[aeo]sök|Otörb|[OA]terb/,
      /omtre|påf|prov\p{L}+en /u,
      /Tele\p{L}* \p{Lu}/u,
      /om,/,
      /innan Tele/,
      /\b3\b/,
    ]) {
      expect(heard).toMatch(kind);
    }
  });

  test('keeps every stretch in its order, each with the words of the text that it comes from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), fc.nat(), (text, seed) => {
        const { text: heard, stretches } = mishear(text, seed);
        let [read, written] = [0, 0];
        for (const { from, to } of stretches) {
          expect(from.start).toBeGreaterThanOrEqual(read);
          expect(to.start).toBeGreaterThanOrEqual(written);
          expect(from.end).toBeLessThanOrEqual(text.length);
          expect(to.end).toBeLessThanOrEqual(heard.length);
          [read, written] = [from.start, to.end];
        }
      }),
    );
  });

  test('a place in the text is found again in what was heard', () => {
    const misheard = mishear(PLAN, 3);
    const start = PLAN.indexOf('Telefontid');
    const place = placeInMisheard(misheard, { start, end: PLAN.length });
    expect(misheard.text.slice(place.start, place.end).toLowerCase()).toMatch(/^t.*d/);
    expect(place.end).toBe(misheard.text.length);
    expect(placeInMisheard(misheard, { start: PLAN.length, end: PLAN.length + 5 })).toEqual({ start: 0, end: 0 });
  });
});

test('words that every object has a property of are words', () => {
  expect(Array.from({ length: 200 }, (_, seed) => hear('constructor', seed))).toContain('Constructor');
});

describe('abbreviations and numbers are heard as they are said:', () => {
  test.each([
    ['åb 3 mån', /åte.*tre|tre/i],
    ['dsk v. 12', /vecka|wecka/i],
    ['6-8 v', /till/],
    ['prover enl. plan', /enligt|änligt/],
  ])('%s', (written, said) => {
    expect(Array.from({ length: 20 }, (_, seed) => hear(written, seed)).join('\n')).toMatch(said);
  });

  test('what can be read in two ways stays as it is written', () => {
    expect(Array.from({ length: 20 }, (_, seed) => hear('tid hos AT', seed))).toContain('Tid hos AT');
  });
});
