import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Word } from '../../../src/contracts/transcript.ts';
import { WrittenForms } from '../../../src/speech/vocabulary/written-forms.ts';

const FORMS = new WrittenForms([
  { term: 'F9', soundsLike: 'ef nio' },
  { term: 'Waran' },
  { term: 'metoprolol' },
  { term: 'EKG' },
  { term: 'vilo-EKG', soundsLike: 'vila e k g' },
  { term: 'per oralt', soundsLike: 'peroralt' },
  { term: 'doktor Lind', soundsLike: 'doktorlind' },
]);

/** Words of half a second each, one after another. */
function timed(text: string): Word[] {
  return text.split(' ').map((word, index) => ({
    text: word,
    startSeconds: index / 2,
    endSeconds: (index + 1) / 2,
    probability: 1 / (index + 1),
  }));
}

describe('a term', () => {
  test.each([
    ['vi tar ef nio i dag', 'vi tar F9 i dag'],
    ['Ef nio, sedan hem.', 'F9, sedan hem.'],
    ['(ef nio)', '(F9)'],
    ['sätt in waran.', 'sätt in Waran.'],
    ['ekg tas', 'EKG tas'],
    ['ett vila, e K g nu', 'ett vilo-EKG nu'],
    ['Peroralt och peroralt', 'Per oralt och per oralt'],
    ['till doktorlind!', 'till doktor Lind!'],
  ])('is written where its sound stands: "%s"', (heard, written) => {
    expect(FORMS.inText(heard)).toBe(written);
  });

  test.each(['chef nio', 'ef. Nio', 'ef tio', 'ef', 'waranet', 'Metoprolol 50', 'ekgs', ''])(
    'is not written elsewhere: "%s"',
    (heard) => {
      expect(FORMS.inText(heard)).toBe(heard);
    },
  );

  test('takes the whole time and the mean probability of the words that it stands for', () => {
    expect(FORMS.inWords(timed('tar ef nio, nu'))).toEqual([
      timed('tar')[0],
      { text: 'F9,', startSeconds: 0.5, endSeconds: 1.5, probability: expect.closeTo((1 / 2 + 1 / 3) / 2) },
      { text: 'nu', startSeconds: 1.5, endSeconds: 2, probability: 1 / 4 },
    ]);
  });

  test('of several words shares their time out', () => {
    const [first, second] = FORMS.inWords(timed('doktorlind.'));
    expect(first).toMatchObject({ text: 'doktor', startSeconds: 0 });
    expect(second).toMatchObject({ text: 'Lind.', endSeconds: 0.5 });
    expect(first!.endSeconds).toBeCloseTo(second!.startSeconds);
  });
});

const someText = fc
  .array(fc.constantFrom('ef', 'nio', 'nio.', 'Waran,', 'waran', 'vila', 'e', 'k', 'g', 'peroralt', 'doktorlind', 'x'))
  .map((words) => words.join(' '));

test('text and words are written alike, times stay in order, and nothing is written twice', () => {
  fc.assert(
    fc.property(someText, (text) => {
      const written = FORMS.inText(text);
      const words = text === '' ? [] : FORMS.inWords(timed(text));
      expect(words.map((word) => word.text).join(' ')).toBe(written);
      expect(FORMS.inText(written)).toBe(written);
      for (const [index, word] of words.entries()) {
        expect(word.endSeconds).toBeGreaterThanOrEqual(word.startSeconds);
        if (index > 0) expect(word.startSeconds).toBeGreaterThanOrEqual(words[index - 1]!.endSeconds - 1e-9);
      }
    }),
  );
});
