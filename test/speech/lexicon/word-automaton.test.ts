import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { automatonEdges, lexiconFile } from '../../../src/speech/lexicon/build-automaton.ts';
import { LEXICON_FILE, swedishLexicon } from '../../../src/speech/lexicon/swedish-lexicon.ts';
import { NOWHERE, WORD_START, WordAutomaton } from '../../../src/speech/lexicon/word-automaton.ts';
import { WORD_PAIRS_FILE } from '../../../src/speech/lexicon/word-pairs.ts';

const letters = fc.constantFrom(...'abcåäöé');
const word = fc.array(letters, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''));
const ranked = fc
  .array(fc.tuple(word, fc.integer({ min: 1, max: 7 })), { maxLength: 60 })
  .map((entries) => new Map(entries));

describe('an automaton of any words', () => {
  test('holds each with its rank, and no others', () => {
    fc.assert(
      fc.property(ranked, word, (ranks, other) => {
        const automaton = new WordAutomaton(automatonEdges(ranks));
        expect(new Map(automaton.words())).toEqual(ranks);
        expect(automaton.rankOf(other)).toBe(ranks.get(other) ?? 0);
      }),
    );
  });

  test('tells the best rank that a beginning can come to', () => {
    fc.assert(
      fc.property(ranked, word, (ranks, text) => {
        const automaton = new WordAutomaton(automatonEdges(ranks));
        const bytes = Buffer.from(text, 'utf8');
        let place = WORD_START;
        for (let length = 1; length <= bytes.length; length++) {
          place = automaton.step(place, bytes[length - 1]!);
          const begun = [...ranks].filter(([known]) =>
            Buffer.from(known, 'utf8').subarray(0, length).equals(bytes.subarray(0, length)),
          );
          expect(place === NOWHERE).toBe(begun.length === 0);
          if (place === NOWHERE) break;
          expect(automaton.bestRank(place)).toBe(Math.max(...begun.map(([, rank]) => rank)));
        }
      }),
    );
  });

  test('survives being written to a file and read', () => {
    fc.assert(
      fc.property(ranked, (ranks) => {
        const automaton = WordAutomaton.read(lexiconFile(automatonEdges(ranks)));
        expect(new Map(automaton.words())).toEqual(ranks);
      }),
    );
  });

  test('stores endings that words share once', () => {
    const stems = ['gång', 'häng', 'sjung', 'spring'];
    const all = stems.flatMap((stem) => ['', 'er', 'are', 'arna'].map((ending) => [stem + ending, 3] as const));
    const one = automatonEdges(new Map(all.slice(0, 4)));
    const four = automatonEdges(new Map(all));
    expect(four.length).toBeLessThan(2.5 * one.length);
  });
});

describe('refused:', () => {
  const whole = lexiconFile(automatonEdges(new Map([['ord', 1]])));
  test.each([
    ['a file that is cut off', whole.subarray(0, whole.length - 4)],
    ['a file of another kind', Buffer.from('%PDF-1.7 and so on, for a while')],
    ['an empty file', new Uint8Array(0)],
  ])('%s', (_name, bytes) => {
    expect(() => WordAutomaton.read(bytes)).toThrow(expect.objectContaining({ code: 'MODEL_INVALID' }));
  });

  test.each([0, 8, 1.5])('the rank %d', (rank) => {
    expect(() => automatonEdges(new Map([['ord', rank]]))).toThrow(RangeError);
  });
});

describe('the lexicon that is shipped', () => {
  test.each([LEXICON_FILE, WORD_PAIRS_FILE])('is the one that its provenance names', (file) => {
    const provenance = readFileSync(join(file, '../PROVENANCE.md'), 'utf8');
    const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
    expect(provenance).toContain(sha256);
  });

  test.each(['och', 'återbesök', 'blodtryck', 'sjuksköterska', 'metoprolol', 'hjärtsvikt', 'idé'])(
    'knows "%s"',
    (known) => {
      expect(swedishLexicon().rankOf(known)).toBeGreaterThan(0);
    },
  );

  test.each(['kapbrustande', 'vakuaeras', 'skatliga', 'redningsaktion', 'oventade'])(
    'does not know "%s"',
    (unknown) => {
      expect(swedishLexicon().rankOf(unknown)).toBe(0);
    },
  );

  test('holds 300,000 words and more', () => {
    let count = 0;
    for (const _ of swedishLexicon().words()) count++;
    expect(count).toBeGreaterThan(300_000);
  });
});
