import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseVocabularyList } from '../../../src/contracts/vocabulary.ts';
import { TERM_LEVELS } from '../../../src/contracts/vocabulary-levels.ts';
import { readTerms, termKey, writeCsv, writeTsv } from '../../../src/server/vocabulary/vocabulary-table.ts';

const read = (text: string) => readTerms(text).map((line) => ('fault' in line ? line.fault : line.term));
const term = (written: string, soundsLike: string | null = null, level: string = 'usual') => ({
  term: written,
  soundsLike,
  level,
});

describe('a table of terms', () => {
  test.each([
    ['tabs', 'Waran\nF9\tef nio\nEliquis\t\t1,5\n'],
    ['semicolons', 'Waran\r\nF9;ef nio\r\nEliquis;;starkt\r\n'],
    ['commas', 'Waran\nF9,ef nio\n"Eliquis",,strong'],
    ['a heading and a mark of the encoding', '\uFEFFord;låter som;vikt\nWaran;;vanligt\nF9;ef nio;\nEliquis;;Starkt'],
    ['comments and empty lines', '# läkemedel\n\nWaran\n \nF9\tef nio\n#\nEliquis\t\t2'],
  ])('is read with %s', (_what, text) => {
    expect(read(text)).toEqual([term('Waran'), term('F9', 'ef nio'), term('Eliquis', null, 'strong')]);
  });

  test('keeps a separator and a mark within quotation marks', () => {
    expect(read('"trycksår, grad ""två""";x')).toEqual([term('trycksår, grad "två"', 'x')]);
  });

  test('is composed, whoever decomposed it', () => {
    expect(read('o\u0308dem')).toEqual([term('ödem')]);
  });

  test.each([
    ['a\tb\t1\td', 'too-many-columns'],
    ['a\tb\tmycket', 'no-level'],
    ['a\t\t-1', 'no-level'],
    [`${'x'.repeat(201)}`, 'too-long'],
    ['\tef nio', 'no-term'],
    ['---', 'no-term'],
    ['a\t?', 'no-term'],
  ])('tells what is wrong with a line: %s', (line, fault) => {
    expect(readTerms(`Waran\n${line}`)[1]).toEqual({ line: 2, fault });
  });

  test('takes a term once, whatever its capitals, and as often as it sounds otherwise', () => {
    expect(read('CRP\ncrp\nCRP\tce er pe')).toEqual([term('CRP'), 'twice', term('CRP', 'ce er pe')]);
  });

  test('one wrong quotation mark costs its line alone', () => {
    expect(read('"Waran;a\nF9;ef nio')).toEqual([term('"Waran', 'a'), term('F9', 'ef nio')]);
  });
});

const someTerm = fc.record({
  term: fc.stringMatching(/^[a-zåäö;,"'=+-]{1,12}[a-zåäö]$/),
  soundsLike: fc.option(fc.stringMatching(/^[a-zåäö]{1,12}$/)),
  level: fc.constantFrom(...TERM_LEVELS),
});
const HEADINGS = ['ord', 'term', 'uttryck'];
const someTerms = fc
  .uniqueArray(someTerm, { selector: termKey, minLength: 1 })
  // As a spreadsheet's guard is taken off again.
  .filter((terms) => terms.every(({ term: each }) => !/^'|^"|^#/.test(each) && !HEADINGS.includes(each)));

test('what is written out is read back as it was, in both forms', () => {
  fc.assert(
    fc.property(someTerms, (terms) => {
      expect(read(writeTsv(terms))).toEqual(terms);
      expect(read(writeCsv(terms))).toEqual(terms);
    }),
  );
});

test('what is written out is a vocabulary of the command line', () => {
  expect(parseVocabularyList(writeTsv([{ term: 'F9', soundsLike: 'ef nio', level: 'strong' }]))).toEqual([
    { term: 'F9', soundsLike: 'ef nio', weight: 1.5 },
  ]);
});

test('a spreadsheet gets no formula', () => {
  expect(writeCsv([{ term: '=1+1', soundsLike: null, level: 'usual' }])).toContain("'=1+1;");
});
