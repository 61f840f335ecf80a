import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FollowUpReading } from '../../src/contracts/followup.ts';
import { FLAGS, flagName, strictestRoute } from '../../src/contracts/followup-flags.ts';
import { REF_DATE, readDictated, readTyped, requestsOf } from './reading.ts';

const WORDS =
  'åb återbesök återbesöket telefontid prover provtagning DT MR thorax om inom efter före innan tre 3 6-8 veckor v mån månader halvår 26/3 31 april fredag nästa vecka hos dr Lind dsk AT mig inget ej behövs tidigare uteblev skickad när svar kommit därefter och + , . : nej stryk det jul hösten var tredje under ett år samma dag kallas remiss till kirurgen vb ring Waran 5 mg 1x1 sätts ut mamma ska ha'.split(
    ' ',
  );
/** Texts of the field's own words in any order, and texts of anything. */
const clinicalText = fc.array(fc.constantFrom(...WORDS), { maxLength: 25 }).map((words) => words.join(' '));
const anyText = fc.oneof(clinicalText, fc.string({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 60 }));

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
      fc.property(anyText, (text) => {
        const { followUps, decisions, setAside } = readDictated(text);
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
