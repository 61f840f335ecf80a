import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLIPS, config, MODEL_FOLDER, tokenizer } from './base-model.ts';

const reference = new Tokenizer(JSON.parse(readFileSync(join(MODEL_FOLDER, 'tokenizer.json'), 'utf8')), {});

const TEXTS = [
  ...CLIPS.map(({ spoken }) => spoken),
  ' Patienten söker för ont i bröstet sedan två dagar; blodtryck 145/90, puls 88.',
  'ÅÄÖ åäö é ü ñ – “citat” … 38,5 °C ½ μg',
  'två  mellanslag\noch en rad\tmed tabb',
  '💊👩🏽‍⚕️🇸🇪',
  '',
];

describe('text to tokens and back', () => {
  test.each(TEXTS)('%j comes back as it was', (text) => {
    const tokens = tokenizer.encode(text);
    expect(tokenizer.decode(tokens)).toBe(text);
    expect(Math.max(-1, ...tokens)).toBeLessThan(config.tokens.endOfText);
  });

  test('any text comes back as it was', () => {
    // Without what the normalisation of Unicode may change.
    const text = fc.string({ unit: 'grapheme-ascii', maxLength: 80 });
    fc.assert(
      fc.property(text, (drawn) => {
        expect(tokenizer.decode(tokenizer.encode(drawn))).toBe(drawn);
      }),
    );
  });
});

describe('decoding', () => {
  test('agrees with the library that wrote the vocabulary, for any text tokens', () => {
    const tokens = fc.array(fc.nat(config.tokens.endOfText - 1), { minLength: 1, maxLength: 30 });
    const options = { skip_special_tokens: true, clean_up_tokenization_spaces: false };
    fc.assert(
      fc.property(tokens, (drawn) => {
        expect(tokenizer.decode(drawn)).toBe(reference.decode(drawn, options));
      }),
    );
  });

  test('leaves out special tokens and ids beyond the vocabulary', () => {
    const { startOfTranscript, endOfText, noTimestamps } = config.tokens;
    const text = tokenizer.encode(' Hej då');
    expect(tokenizer.decode([startOfTranscript, noTimestamps, ...text, endOfText, 999_999])).toBe(' Hej då');
  });

  test('shows a character that is cut off as U+FFFD', () => {
    const [first] = tokenizer.encode('💊');
    expect(tokenizer.decode([first!])).toContain('\ufffd');
  });

  test('the bytes of the tokens, joined, are the text', () => {
    const tokens = tokenizer.encode(' räksmörgås');
    const bytes = Buffer.concat(tokens.map((token) => tokenizer.bytes(token)));
    expect(bytes.toString('utf8')).toBe(' räksmörgås');
  });
});
