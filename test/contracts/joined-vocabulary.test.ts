import { describe, expect, test } from 'vitest';
import { joinVocabularies, withClinicVocabulary } from '../../src/contracts/joined-vocabulary.ts';
import { VOCABULARY_LIMITS, type Vocabulary } from '../../src/contracts/vocabulary.ts';

const CLINIC: Vocabulary = [{ term: 'Waran' }, { term: 'F9', soundsLike: 'ef nio' }];

describe('joined lists', () => {
  test('keep of terms that sound alike the first', () => {
    expect(joinVocabularies([[{ term: 'F 9', soundsLike: 'Ef nio' }], CLINIC, [{ term: 'waran', weight: 2 }]])).toEqual(
      [{ term: 'F 9', soundsLike: 'Ef nio' }, { term: 'Waran' }],
    );
  });

  test('lose their end beyond the limit', () => {
    const many = Array.from({ length: VOCABULARY_LIMITS.joinedTerms + 1 }, (_, index) => ({ term: `ord ${index}` }));
    expect(joinVocabularies([[{ term: 'först' }], many])).toHaveLength(VOCABULARY_LIMITS.joinedTerms);
    expect(joinVocabularies([[{ term: 'först' }], many])[0]).toEqual({ term: 'först' });
  });
});

describe('a session’s terms and the clinic’s', () => {
  test('are the very same array for the same two, since what is made of it is kept by it', () => {
    const own: Vocabulary = [{ term: 'Eliquis' }];
    const both = withClinicVocabulary(own, CLINIC);
    expect(both).toEqual([...own, ...CLINIC]);
    expect(withClinicVocabulary(own, CLINIC)).toBe(both);
    expect(withClinicVocabulary(own, [...CLINIC])).not.toBe(both);
  });

  test('are the one where there is no other', () => {
    expect(withClinicVocabulary([], CLINIC)).toBe(CLINIC);
    expect(withClinicVocabulary(CLINIC, [])).toBe(CLINIC);
  });
});
