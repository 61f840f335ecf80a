import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alternativesIn } from '../../../src/speech/lexicon/alternatives.ts';
import { automatonEdges } from '../../../src/speech/lexicon/build-automaton.ts';
import { nearWords } from '../../../src/speech/lexicon/near-words.ts';
import { swedishLexicon } from '../../../src/speech/lexicon/swedish-lexicon.ts';
import { WordAutomaton } from '../../../src/speech/lexicon/word-automaton.ts';
import { swedishWordPairs } from '../../../src/speech/lexicon/word-pairs.ts';
import { TermTrie } from '../../../src/speech/vocabulary/term-trie.ts';

const lexicon = swedishLexicon();
const nearestOther = (heard: string) => nearWords(lexicon, heard, 0.8).find((near) => near.word !== heard)?.word;
const word = fc.array(fc.constantFrom(...'abdeåäö'), { minLength: 1, maxLength: 6 }).map((parts) => parts.join(''));
const words = fc.array(fc.tuple(word, fc.integer({ min: 1, max: 7 })), { maxLength: 40 });

describe('near words', () => {
  test.each([
    ['käramik', 'keramik'],
    ['pilsbetsar', 'pilspetsar'],
    ['redningsaktion', 'räddningsaktion'],
    ['antekommunistiska', 'antikommunistiska'],
    ['romariket', 'romarriket'],
    ['misstankt', 'misstänkt'],
  ])('of %s: %s first', (heard, meant) => {
    expect(nearestOther(heard)).toBe(meant);
  });

  test('of what is like nothing are none', () => {
    expect(nearWords(lexicon, 'xzqvwk', 1)).toEqual([]);
    expect(nearWords(lexicon, 'a'.repeat(60), 1)).toEqual([]);
  });

  test('are words of the lexicon within the limit, nearest first, and the word itself at no distance', () => {
    fc.assert(
      fc.property(words, word, fc.double({ min: 0, max: 2, noNaN: true }), (entries, heard, limit) => {
        const ranks = new Map([...entries, [heard, 3] as const]);
        const found = nearWords(new WordAutomaton(automatonEdges(ranks)), heard, limit);
        expect(found.find((near) => near.word === heard)).toEqual({ word: heard, distance: 0, rank: 3 });
        for (const [at, near] of found.entries()) {
          expect(near.rank).toBe(ranks.get(near.word));
          expect(near.distance).toBeLessThanOrEqual(limit);
          expect(near.distance).toBeGreaterThanOrEqual(found[at - 1]?.distance ?? 0);
        }
        expect(new Set(found.map((near) => near.word)).size).toBe(found.length);
      }),
    );
  });

  test('within a whole letter are those that plain edits of one letter lead to', () => {
    fc.assert(
      fc.property(words, word, (entries, heard) => {
        const ranks = new Map(entries);
        const found = new Set(nearWords(new WordAutomaton(automatonEdges(ranks)), heard, 1).map((near) => near.word));
        for (const other of ranks.keys()) if (isOneEditAway(heard, other)) expect([...found]).toContain(other);
      }),
    );
  });
});

describe('alternatives', () => {
  const pairs = swedishWordPairs();
  const { ofWord: alternativesOf, ofTwo } = alternativesIn({ lexicon, pairs });

  test('are there for strange words and for compounds that may be bad spelling', () => {
    expect(alternativesOf('nesta').map((other) => other.word)).toContain('nästa');
    expect(alternativesOf('pilsbetsar').map((other) => other.word)).toContain('pilspetsar');
  });

  test.each(['patienten', 'och', 'ont', 'återbesök'])('are none for a usual word: %s', (usual) => {
    expect(alternativesOf(usual)).toEqual([]);
  });

  test('never hold the word itself, and are few', () => {
    for (const heard of ['messen', 'decket', 'buka', 'läsna']) {
      const others = alternativesOf(heard).map((other) => other.word);
      expect(others).not.toContain(heard);
      expect(others.length).toBeLessThanOrEqual(6);
    }
  });

  test('are none for a term of the vocabulary, however strange it looks', () => {
    expect(alternativesOf('panodyl')).not.toEqual([]);
    const terms = new TermTrie(new Map([['panodyl', 3]]));
    expect(alternativesIn({ lexicon, terms, pairs }).ofWord('panodyl')).toEqual([]);
  });

  test('of two words are the one that they make', () => {
    expect(ofTwo('bort', 'förd')).toEqual([{ word: 'bortförd', advantage: expect.any(Number) }]);
    expect(ofTwo('be', 'undra').map((other) => other.word)).toEqual(['beundra']);
  });

  test.each([
    ['i', 'dag', 'often written apart'],
    ['till', 'exempel', 'two words, and no one'],
    ['de', 'ist', 'the word that they make is too rare'],
    ['stor', 'hund', 'no word is made of them'],
  ])('are none for the two words »%s %s«: %s', (first, second) => {
    expect(ofTwo(first, second)).toEqual([]);
  });

  test('that are nearer and more usual are further ahead', () => {
    const ahead = new Map(alternativesOf('misstankt').map((other) => [other.word, other.advantage]));
    expect(ahead.get('misstänkt')).toBeGreaterThan(0);
    for (const [other, advantage] of ahead) {
      if (other !== 'misstänkt') expect(advantage).toBeLessThanOrEqual(ahead.get('misstänkt')!);
    }
  });
});

function isOneEditAway(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  return long.length === short.length
    ? short.slice(at + 1) === long.slice(at + 1)
    : short.slice(at) === long.slice(at + 1);
}
