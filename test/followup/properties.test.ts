import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FollowUpReading } from '../../src/contracts/followup.ts';
import { FLAGS, flagName, strictestRoute } from '../../src/contracts/followup-flags.ts';
import { extractFollowUps } from '../../src/followup/extract.ts';
import { UNIT_DEFAULTS } from '../../src/followup/unit.ts';
import { REF_DATE, readDictated, readTyped, requestsOf } from './reading.ts';

const WORDS =
  'åb återbesök återbesöket telefontid prover provtagning DT MR thorax om inom efter före innan tre 3 6-8 veckor v mån månader halvår 26/3 31 april fredag nästa vecka hos dr Lind dsk AT mig inget ej behövs tidigare uteblev skickad när svar kommit därefter och + , . : nej stryk det jul hösten var tredje under ett år samma dag kallas remiss till kirurgen vb ring Waran 5 mg 1x1 sätts ut mamma ska ha'.split(
    ' ',
  );
/** Texts of the field's own words in any order, and texts of anything. */
const clinicalText = fc.array(fc.constantFrom(...WORDS), { maxLength: 25 }).map((words) => words.join(' '));
/** Words that every object has a property of, and what "replace" takes for patterns. */
const treacherousText = fc
  .array(fc.constantFrom(...WORDS, ...Object.getOwnPropertyNames(Object.prototype), '$&', "$'", '$1', '{}', '{ord}'), {
    maxLength: 15,
  })
  .map((words) => words.join(' '));
/** Halves of characters, marks without a letter, letters that change their length in small ones. */
const oddText = fc
  .array(
    fc.constantFrom(
      'åb om 3 v ',
      '\ud83d',
      '\ude00',
      '\u0301',
      'İ',
      'ß',
      'ﬁ',
      '\u00a0',
      '\u2028',
      '\0',
      'A\u030a',
      '１２',
      'Ⅳ',
    ),
    {
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(''));
const anyText = fc.oneof(
  clinicalText,
  treacherousText,
  oddText,
  fc.string({ maxLength: 200 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);

describe('for any text', () => {
  test('reading never throws, keeps to the schema, and gives the same twice', () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, isDictated) => {
        const read = isDictated ? readDictated : readTyped;
        const reading = read(text);
        expect(FollowUpReading.parse(reading)).toEqual(reading);
        expect(read(text)).toEqual(reading);
      }),
    );
  });

  test('every span lies inside the text and holds its words', () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, isDictated) => {
        const { followUps, decisions, setAside } = isDictated ? readDictated(text) : readTyped(text);
        const spans = [
          ...followUps.flatMap(({ source, flags, requests }) => [
            source,
            ...flags.flatMap((flag) => flag.source ?? []),
            ...requests.flatMap(({ sources }) => Object.values(sources).flat()),
          ]),
          ...decisions.map(({ source }) => source),
          ...setAside.map(({ source }) => source),
        ];
        for (const { start, end, text: words } of spans) {
          expect(start).toBeLessThan(end);
          expect(text.slice(start, end)).toBe(words);
        }
      }),
    );
  });

  test('words heard with low confidence, wherever they are said to stand, leave nothing under them ready to book', () => {
    const place = fc.nat(300);
    const words = fc.array(
      fc.record({ start: place, end: place, confidence: fc.double({ min: 0, max: 1, noNaN: true }) }),
    );
    fc.assert(
      fc.property(clinicalText, words, (text, heard) => {
        const options = { refDate: REF_DATE, mode: 'dictated', unit: UNIT_DEFAULTS } as const;
        const all = [{ start: 0, end: text.length, confidence: 0 }];
        expect(() => extractFollowUps(text, { ...options, words: heard })).not.toThrow();
        expect(extractFollowUps(text, { ...options, words: all }).route).not.toBe('auto');
      }),
    );
  });

  test('every field has its source, and every link leads to a request of the text', () => {
    fc.assert(
      fc.property(clinicalText, (text) => {
        const { followUps } = readTyped(text);
        const ids = followUps.flatMap(({ requests }) => requests.map(({ request }) => request.id));
        expect(new Set(ids).size).toBe(ids.length);
        for (const { request, sources } of followUps.flatMap(({ requests }) => requests)) {
          for (const field of Object.keys(request)) {
            if (field !== 'id' && field !== 'priority')
              expect(Object.keys(sources), `${field} of "${text}"`).toContain(field);
          }
          for (const link of [request.before, request.after, request.same_day, request.alternative_to]) {
            if (link !== undefined) expect(ids).toContain(link);
          }
        }
      }),
    );
  });

  test('windows are ordered, and no day lies before the reference date unless it is flagged', () => {
    fc.assert(
      fc.property(clinicalText, (text) => {
        const reading = readTyped(text);
        for (const { time } of requestsOf(reading)) {
          const { earliest, latest, target, preferred } = time ?? {};
          if (earliest && latest) expect(earliest <= latest).toBe(true);
          if (preferred) expect(preferred[0]! <= preferred[1]!).toBe(true);
          const isCounted = time?.kind === 'relativ';
          if (target && !isCounted && !reading.flags.includes('invalid_date')) expect(target >= REF_DATE).toBe(true);
        }
      }),
    );
  });

  test('the route is the strictest that the flags ask for', () => {
    fc.assert(
      fc.property(clinicalText, (text) => {
        for (const { flags, route, requests } of readTyped(text).followUps) {
          const least = flags.map(({ flag }) => FLAGS[flagName(flag)!].route);
          expect(route).toBe(strictestRoute(requests.length > 0 ? ['auto', ...least] : least));
        }
      }),
    );
  });
});
