import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseVocabularyList, VOCABULARY_LIMITS, Vocabulary } from '../../src/contracts/vocabulary.ts';

describe('a vocabulary', () => {
  test('is terms as text or with how they sound', () => {
    expect(Vocabulary.parse(['Waran', { term: 'F9', soundsLike: 'ef nio', weight: 2 }])).toEqual([
      { term: 'Waran' },
      { term: 'F9', soundsLike: 'ef nio', weight: 2 },
    ]);
  });

  test.each([
    [['']],
    [[' ']],
    [['x'.repeat(VOCABULARY_LIMITS.termCharacters + 1)]],
    [[{ term: 'a', weight: 4 }]],
    [[{ term: 'a', weight: 0 }]],
    [[{ term: 'a', other: 1 }]],
    [Array.from({ length: VOCABULARY_LIMITS.terms + 1 }, () => 'a')],
  ])('goes no further than its limits', (value) => {
    expect(Vocabulary.safeParse(value).success).toBe(false);
  });
});

describe('a list of terms', () => {
  test('has one a line, with how it sounds and its weight after tabs', () => {
    const text = '# Läkemedel\nWaran\r\n\nF9\tef nio\nEliquis\t\t1,5\n';
    expect(parseVocabularyList(text)).toEqual([
      { term: 'Waran' },
      { term: 'F9', soundsLike: 'ef nio' },
      { term: 'Eliquis', weight: 1.5 },
    ]);
  });

  test.each(['hemlig\tord\tmycket', '\tef nio', 'a\tb\t1\themlig', 'hemlig\t\t9'])(
    'is refused by the number of the line, without its words: %j',
    (line) => {
      const read = () => parseVocabularyList(`Waran\n${line}`);
      expect(read).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
      expect(read).toThrow(/line 2/);
      expect(read).not.toThrow(/hemlig/);
    },
  );

  test('is refused beyond the limit', () => {
    const many = 'ord\n'.repeat(VOCABULARY_LIMITS.terms + 1);
    expect(() => parseVocabularyList(many)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
  });
});

describe('the medical starter list', () => {
  const text = readFileSync(join(import.meta.dirname, '../../models/vocabulary-sv-medical.tsv'), 'utf8');
  const terms = parseVocabularyList(text).map(({ term }) => term);

  test('holds 1,500 terms and more, each once', () => {
    expect(terms.length).toBeGreaterThan(1_500);
    expect(new Set(terms.map((term) => term.toLowerCase())).size).toBe(terms.length);
  });

  test('is written in Swedish letters, composed', () => {
    expect(terms.filter((term) => !/^[a-zåäöéè0-9 -]+$/i.test(term))).toEqual([]);
    expect(text.normalize('NFC')).toBe(text);
  });

  test('is in groups, in alphabetical order within each', () => {
    const groups = text.split(/^# (?=\p{Lu})/mu).slice(2);
    expect(groups.length).toBeGreaterThan(5);
    for (const group of groups) {
      const lines = group
        .split('\n')
        .slice(1)
        .filter((line) => line !== '');
      expect(lines).toEqual(lines.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
    }
  });
});
