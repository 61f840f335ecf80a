import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textWithEnds } from '../../src/speech/token-text.ts';
import { config, tokenizer } from './base-model.ts';

describe('the text of tokens', () => {
  test('is told with the end of each token, from the first letter on', () => {
    const tokens = tokenizer.encode(' Har du ont?');
    const { text, ends } = textWithEnds(tokens, tokenizer);
    expect(text).toBe('Har du ont?');
    const pieces = ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
    expect(pieces).toEqual(tokens.map((token, index) => (index === 0 ? 'Har' : tokenizer.decode([token]))));
  });

  test('counts a character that several tokens write with the last of them', () => {
    const tokens = tokenizer.encode(' 👩‍⚕️');
    expect(tokens.length).toBeGreaterThan(3);
    const { text, ends } = textWithEnds(tokens, tokenizer);
    expect(text).toBe('👩‍⚕️');
    for (const end of ends) expect(text.slice(0, end).isWellFormed()).toBe(true);
    expect(ends[0]).toBe(0);
    expect(ends.at(-1)).toBe(text.length);
  });

  test('is that of all tokens decoded at once, whatever they are; ends never go back, and the last is its length', () => {
    const token = fc.integer({ min: 0, max: config.tokens.endOfText - 1 });
    fc.assert(
      fc.property(fc.array(token, { maxLength: 30 }), (tokens) => {
        const { text, ends } = textWithEnds(tokens, tokenizer);
        expect(text).toBe(tokenizer.decode(tokens).trim());
        expect(ends).toHaveLength(tokens.length);
        expect(ends).toEqual(ends.toSorted((one, other) => one - other));
        expect(ends.at(-1) ?? 0).toBe(text.length);
      }),
    );
  });
});
