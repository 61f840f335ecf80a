import { describe, expect, test } from 'vitest';
import { correctionIn, countIn } from '../../src/web/vocabulary/corrections/correction.ts';
import { excerptAround } from '../../src/web/vocabulary/corrections/excerpt.ts';
import { differences } from '../../src/web/vocabulary/differences.ts';

const found = (before: string, after: string, startsSentence = false) =>
  correctionIn({ before, after, startsSentence });

describe('a rewriting is a correction of what was heard', () => {
  test.each([
    ['elikvis', 'Eliquis'],
    ['elikvis,', 'Eliquis,'],
    ['waran', 'Waran'],
    ['meta prolol', 'metoprolol'],
    ['ef nio', 'F9'],
    ['eko', 'EKG'],
    ['kapbrustande', 'kapprustande'],
    ['tromboemboli', 'tromboembolism'],
  ])('"%s" -> "%s"', (before, after) => {
    expect(found(before, after)).toMatchObject({ heard: expect.any(String), written: after.replace(',', '') });
  });
});

describe('a rewriting is none of what was heard', () => {
  test.each([
    ['punctuation alone', 'feber', 'feber.'],
    ['something else was meant', 'huvudvärk', 'yrsel'],
    ['something was added', 'metoprolol', 'metoprolol depot'],
    ['the words are gone', 'metoprolol', ''],
    ['a common word', 'han', 'hans'],
    ['only figures', '50', '500'],
    ['many words', 'ont i', 'ont i bröstet sedan igår'],
  ])('%s', (_why, before, after) => {
    expect(found(before, after)).toBeUndefined();
  });

  test('the capital that a sentence gives', () => {
    expect(found('patienten', 'Patienten', true)).toBeUndefined();
    expect(found('elikvis', 'Eliquis', true)).toBeDefined();
  });
});

describe('words are counted', () => {
  test.each([
    ['Elikvis och elikvis, ej elikvisen.', 'elikvis', 2],
    ['meta prolol, meta  prolol', 'meta prolol', 2],
    ['a a a', 'a', 3],
    ['', 'a', 0],
  ])('in "%s": "%s" %i times', (text, words, count) => {
    expect(countIn(text, words)).toBe(count);
  });
});

test.each([
  ['ett två tre fyra fem Waran sex sju åtta nio tio', 'Waran', '… två tre fyra fem Waran sex sju åtta nio …'],
  ['Waran nu', 'Waran', 'Waran nu'],
  ['annat', 'Waran', 'annat'],
])('an excerpt of "%s" is around the words', (text, words, excerpt) => {
  expect(excerptAround(text, words)).toBe(excerpt);
});

describe('two texts are compared word by word', () => {
  const marked = (parts: ReturnType<typeof differences>['with']) =>
    parts.map(({ text, isOther }) => (isOther ? `[${text}]` : text)).join(' ');
  test.each([
    ['Han tar elikvis idag.', 'Han tar Eliquis idag.', 'Han tar [elikvis] idag.', 'Han tar [Eliquis] idag.'],
    ['a b', 'a x b', 'a b', 'a [x] b'],
    ['', 'a', '', '[a]'],
    ['lika', 'lika', 'lika', 'lika'],
  ])('"%s" and "%s"', (one, other, markedOne, markedOther) => {
    const compared = differences(one, other);
    expect([marked(compared.without), marked(compared.with)]).toEqual([markedOne, markedOther]);
  });
});
