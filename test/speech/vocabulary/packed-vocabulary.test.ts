import { expect, test } from 'vitest';
import type { Vocabulary } from '../../../src/contracts/vocabulary.ts';
import { packedOptions, packVocabulary, unpackVocabulary } from '../../../src/speech/vocabulary/packed-vocabulary.ts';

const TERMS: Vocabulary = [{ term: 'F9', soundsLike: 'ef nio', weight: 2 }, { term: 'Åderlåtning' }];

test('a vocabulary comes out as it went in, by way of memory that a message does not copy', () => {
  const packed = structuredClone(packVocabulary(TERMS));
  expect(unpackVocabulary(packed)).toEqual(TERMS);
  expect(packed.bytes).toBeInstanceOf(SharedArrayBuffer);
});

test('the same list is packed once, and the same terms have the same key', () => {
  expect(packVocabulary(TERMS)).toBe(packVocabulary(TERMS));
  expect(packVocabulary([...TERMS]).key).toBe(packVocabulary(TERMS).key);
  expect(packVocabulary(TERMS.slice(1)).key).not.toBe(packVocabulary(TERMS).key);
});

test('options without terms carry none', () => {
  const options = { language: 'sv', beamSize: 5, words: true };
  expect(packedOptions({ ...options, vocabulary: [] })).toEqual(options);
  expect(packedOptions(options)).toEqual(options);
});
