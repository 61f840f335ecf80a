import { describe, expect, test } from 'vitest';
import { VOCABULARY_LIMITS } from '../../../src/contracts/vocabulary.ts';
import { compileVocabulary } from '../../../src/speech/vocabulary/compile-vocabulary.ts';
import type { TermTrie } from '../../../src/speech/vocabulary/term-trie.ts';
import { vocabularyPrompt } from '../../../src/speech/vocabulary/vocabulary-prompt.ts';

function bonus(terms: TermTrie, word: string): number {
  let place = 0;
  for (const byte of Buffer.from(word, 'utf8')) {
    place = terms.step(place, byte);
    if (place < 0) return 0;
  }
  return terms.bonus(place);
}

describe('a compiled vocabulary', () => {
  const { terms } = compileVocabulary([
    { term: 'Metoprolol' },
    { term: 'Waran', weight: 2 },
    { term: 'waran' },
    { term: 'F9', soundsLike: 'ef nio' },
    { term: 'ny rad' },
    { term: 'diabetes mellitus' },
    { term: 'B12' },
  ]);

  test('prefers its words in small letters, long ones and those of more weight by more', () => {
    expect(bonus(terms, 'metoprolol')).toBeGreaterThan(0);
    expect(bonus(terms, 'metoprolol')).toBeCloseTo(bonus(terms, 'waran'));
    expect(bonus(terms, 'Metoprolol')).toBe(0);
  });

  test('prefers what terms sound like, and each longer word of a phrase', () => {
    expect(bonus(terms, 'diabetes')).toBeGreaterThan(0);
    expect(bonus(terms, 'mellitus')).toBeGreaterThan(0);
  });

  test.each(['nio', 'ny', 'rad', 'f9', 'b12', 'b'])('leaves "%s" to the model', (word) => {
    expect(bonus(terms, word)).toBe(0);
  });

  test('gives a beginning less than the whole, and never more than the best word that begins so', () => {
    let place = 0;
    let before = 0;
    for (const byte of Buffer.from('metoprolol')) {
      place = terms.step(place, byte);
      expect(terms.credit(place)).toBeGreaterThan(before);
      before = terms.credit(place);
    }
    expect(before).toBeCloseTo(bonus(terms, 'metoprolol'));
  });
});

describe('the prompt of a vocabulary', () => {
  test('holds its first terms, as they are written', () => {
    expect(vocabularyPrompt([{ term: 'Waran' }, { term: 'F9', soundsLike: 'ef nio' }])).toBe('Waran, F9');
    expect(vocabularyPrompt([])).toBe('');
  });

  test('leaves out terms of less than the usual weight', () => {
    expect(
      vocabularyPrompt([
        { term: 'abakavir', weight: 0.9 },
        { term: 'Waran', weight: 2 },
      ]),
    ).toBe('Waran');
  });

  test('stays short, however many terms there are', () => {
    const many = Array.from({ length: VOCABULARY_LIMITS.terms }, (_, index) => ({ term: `läkemedel ${index}` }));
    expect(vocabularyPrompt(many).length).toBeLessThanOrEqual(400);
    expect(vocabularyPrompt(many)).toMatch(/^läkemedel 0, läkemedel 1, /);
  });
});
