import { describe, expect, test } from 'vitest';
import { strangenessOf } from '../../../src/speech/lexicon/strangeness.ts';
import { swedishLexicon } from '../../../src/speech/lexicon/swedish-lexicon.ts';
import { TermTrie } from '../../../src/speech/vocabulary/term-trie.ts';

const strangeness = strangenessOf({ lexicon: swedishLexicon() });

describe('a word', () => {
  test.each(['patienten', 'Och', '(återbesök),', 'Öppnar'])('that is usual is not strange: %s', (word) => {
    expect(strangeness(word)).toBeLessThan(0.1);
  });

  test.each(['kapbrustande', 'vakuaeras', 'Xyzzyq!'])('that nobody knows is as strange as can be: %s', (word) => {
    expect(strangeness(word)).toBe(1);
  });

  test('made of known words is a little strange, and a rare one somewhat', () => {
    expect(strangeness('skeppsmuseum')).toBeGreaterThan(0);
    expect(strangeness('skeppsmuseum')).toBeLessThan(0.5);
  });

  test('of the vocabulary is usual', () => {
    expect(strangeness('abatacept')).toBeGreaterThan(0);
    const terms = new TermTrie(new Map([['abatacept', 3]]));
    expect(strangenessOf({ lexicon: swedishLexicon(), terms })('Abatacept.')).toBe(0);
  });

  test.each(['', '–', '38,5', 'B12', '1980-'])('with figures, or none at all, is not judged: %j', (text) => {
    expect(strangeness(text)).toBe(0);
  });

  test('beside others adds to them, and its accents may be written apart', () => {
    expect(strangeness('kapbrustande vakuaeras')).toBe(2);
    expect(strangeness('återbesök'.normalize('NFD'))).toBe(strangeness('återbesök'));
  });
});
