import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { WordEvidence } from '../../src/speech/word-confidence.ts';
import { timedWords, wordRanges } from '../../src/speech/words.ts';
import { config, tokenizer } from './base-model.ts';

/** The words of a text, as the tokens of its ranges decode. */
function wordsOf(tokens: readonly number[], language = 'sv'): string[] {
  return wordRanges(tokens, tokenizer, language).map(({ from, to }) => tokenizer.decode(tokens.slice(from, to)));
}

function split(text: string, language = 'sv'): string[] {
  return wordsOf(tokenizer.encode(text), language);
}

/** The tokens of single bytes: the finest way to write a text. */
function byteTokens(text: string): number[] {
  return [...Buffer.from(text, 'utf8')].map((byte) => {
    const token = SINGLE_BYTES.get(byte);
    if (token === undefined) throw new Error(`expected a token for the byte ${byte}`);
    return token;
  });
}

const SINGLE_BYTES = new Map(
  Array.from({ length: config.tokens.endOfText }, (_, token) => [tokenizer.bytes(token), token] as const)
    .filter(([bytes]) => bytes.length === 1)
    .map(([bytes, token]) => [bytes[0]!, token]),
);

const WORDS = [
  'Återbesök',
  'om',
  'sex',
  'veckor,',
  'hos',
  'dr.',
  'Öberg',
  '–',
  '38,5',
  '°C',
  'på',
  'natten!',
  '💊',
  'é',
  'a',
];

describe('words', () => {
  test('begin at spaces; punctuation stays with the word that it clings to', () => {
    expect(split(' Återbesök om sex veckor, hos dr. Öberg!')).toEqual([
      ' Återbesök',
      ' om',
      ' sex',
      ' veckor,',
      ' hos',
      ' dr.',
      ' Öberg!',
    ]);
  });

  test('are not cut inside å, ä, ö or an emoji, even when every byte is a token', () => {
    const text = ' räksmörgås på ön 👩🏽‍⚕️ é';
    const tokens = byteTokens(text);
    expect(tokens).toHaveLength(Buffer.byteLength(text));
    expect(wordsOf(tokens)).toEqual([' räksmörgås', ' på', ' ön', ' 👩🏽‍⚕️', ' é']);
  });

  test('of a language without spaces are characters, never parts of one', () => {
    expect(wordsOf(byteTokens('血圧が高い'), 'ja')).toEqual(['血', '圧', 'が', '高', 'い']);
  });

  test('of no text are none', () => {
    expect(wordRanges([], tokenizer, 'sv')).toEqual([]);
  });

  test('cover all tokens, in order, each once, whatever the tokens', () => {
    const tokens = fc.array(fc.nat(config.dimensions.vocabularySize - 1), { maxLength: 60 });
    fc.assert(
      fc.property(tokens, fc.constantFrom('sv', 'ja'), (drawn, language) => {
        const ranges = wordRanges(drawn, tokenizer, language);
        expect(ranges.map(({ from }) => from)).toEqual([0, ...ranges.map(({ to }) => to)].slice(0, ranges.length));
        expect(ranges.at(-1)?.to ?? 0).toBe(drawn.length);
        for (const { from, to } of ranges) expect(to).toBeGreaterThan(from);
      }),
    );
  });
});

describe('timed words', () => {
  test('start with their first token and end where the next word starts', () => {
    const tokens = tokenizer.encode(' Återbesök om sex');
    const boundaries = [...tokens, 0].map((_, index) => index / 10);
    const words = timedWords(
      { tokens, logProbabilities: tokens.map(() => Math.log(0.5)), boundariesSeconds: boundaries },
      tokenizer,
      'sv',
    );
    expect(words.map(({ text }) => text)).toEqual(['Återbesök', 'om', 'sex']);
    expect(words[0]!.startSeconds).toBe(0);
    expect(words.slice(1).map(({ startSeconds }) => startSeconds)).toEqual(
      words.slice(0, -1).map(({ endSeconds }) => endSeconds),
    );
    expect(words.at(-1)!.endSeconds).toBe(boundaries.at(-1));
  });

  test('are as probable as the tokens that spell them are on average; a doubtful comma changes nothing', () => {
    const tokens = [' om', ',', ' 38', '5', '!', ' –'].flatMap((text) => tokenizer.encode(text));
    const logProbabilities = [0.9, 0.1, 0.2, 0.6, 0.1, 0.3].map(Math.log);
    const words = timedWords({ tokens, logProbabilities, boundariesSeconds: [0, 1, 2, 3, 4, 5, 6] }, tokenizer, 'sv');
    expect(words.map(({ text, probability }) => [text, probability])).toEqual([
      ['om,', expect.closeTo(0.9, 10)],
      ['385!', expect.closeTo(0.4, 10)],
      ['–', expect.closeTo(0.3, 10)],
    ]);
  });

  test('are judged by their text and the tokens that spell them', () => {
    const tokens = [' om', ' sex', '.'].flatMap((text) => tokenizer.encode(text));
    const timed = { tokens, logProbabilities: [-1, -2, -6, -3], boundariesSeconds: [0, 1, 2, 3] };
    const seen: WordEvidence[] = [];
    const words = timedWords(timed, tokenizer, 'sv', (evidence) => {
      seen.push(evidence);
      return 0.25;
    });
    expect(words.map(({ probability }) => probability)).toEqual([0.25, 0.25]);
    expect(seen).toEqual([
      { text: 'om', tokenLogProbabilities: [-1] },
      { text: 'sex.', tokenLogProbabilities: [-2] },
    ]);
  });

  test('with single spaces between them are the text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 12 }),
        fc.boolean(),
        (said, inBytes) => {
          const text = ` ${said.join(' ')}`;
          const tokens = inBytes ? byteTokens(text) : tokenizer.encode(text);
          const timed = {
            tokens,
            logProbabilities: tokens.map(() => 0),
            boundariesSeconds: [...tokens, 0].map((_, at) => at),
          };
          const words = timedWords(timed, tokenizer, 'sv');
          expect(words.map((word) => word.text).join(' ')).toBe(text.trim());
        },
      ),
    );
  });
});
