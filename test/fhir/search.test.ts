import { describe, expect, test } from 'vitest';
import { readDate } from '../../src/fhir/search/dates.ts';
import { personalNumberParameter, referenceParameter, statusParameter } from '../../src/fhir/search/parameters.ts';
import { type RawQuery, readSearch } from '../../src/fhir/search/search-query.ts';

const at = (text: string) => Date.parse(text);

describe('a date of a search', () => {
  test.each([
    ['2026-03-10', '2026-03-10T00:00+01:00', '2026-03-11T00:00+01:00'],
    ['2026', '2026-01-01T00:00+01:00', '2027-01-01T00:00+01:00'],
    ['2026-10', '2026-10-01T00:00+02:00', '2026-11-01T00:00+01:00'],
    ['2026-03-10T08:30', '2026-03-10T08:30+01:00', '2026-03-10T08:31+01:00'],
    ['2026-03-10T08:30:00Z', '2026-03-10T08:30:00Z', '2026-03-10T08:30:01Z'],
  ])('%s is from %s and before %s', (text, from, before) => {
    expect(readDate(text)).toEqual({ fromMs: at(from), beforeMs: at(before) });
    expect(readDate(`ge${text}`)).toEqual({ fromMs: at(from), beforeMs: null });
    expect(readDate(`gt${text}`)).toEqual({ fromMs: at(before), beforeMs: null });
    expect(readDate(`le${text}`)).toEqual({ fromMs: null, beforeMs: at(before) });
    expect(readDate(`lt${text}`)).toEqual({ fromMs: null, beforeMs: at(from) });
  });

  test('on which the clocks change has 23 or 25 hours', () => {
    const hours = (day: string) => {
      const { fromMs, beforeMs } = readDate(day);
      return (beforeMs! - fromMs!) / 3_600_000;
    };
    expect([hours('2026-03-29'), hours('2026-10-25')]).toEqual([23, 25]);
  });

  test.each([
    '',
    'spring',
    '9999',
    '0500-01-01T00:00:00Z',
    '2026-02-30',
    'ne2026',
    'ap2026',
    '2026-03-10T25:00',
    '2026-03-10T08:30:61Z',
  ])('"%s" is refused', (text) => {
    expect(() => readDate(text)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
  });
});

describe('a parameter', () => {
  test('of states takes codes with FHIR’s system or without, and several', () => {
    const { filter } = statusParameter({ new: 'requested', question: 'on-hold', waiting: 'on-hold' }, 'state');
    const asked = filter('http://hl7.org/fhir/task-status|on-hold,requested');
    expect(asked).toEqual({ column: 'state', isOneOf: ['new', 'question', 'waiting'] });
    expect(filter('lost')).toEqual({ column: 'state', isOneOf: [] });
  });

  test('of references takes them relative, absolute and bare, and refuses another type', () => {
    const { filter } = referenceParameter(['Patient'], 'patient_id', '');
    const id = '6a3f6a3a-3b0a-4a5e-9a57-0f4f0d1c2b3a';
    const found = { column: 'patient_id', isOneOfIds: [id] };
    for (const text of [id, `Patient/${id}`, `https://klinik.test/fhir/Patient/${id}`])
      expect(filter(text)).toEqual(found);
    expect(filter('Patient/1')).toEqual({ column: 'patient_id', isOneOfIds: [] });
    expect(() => filter(`Task/${id}`)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
  });

  test('of numbers finds nobody by the number of another system', () => {
    const { filter } = personalNumberParameter();
    expect(filter('urn:oid:1.2.3|191212121212')).toEqual({ anyOf: [] });
    expect(filter('191212121212')).toEqual({ column: 'personal_number', isOneOf: ['191212121212'] });
  });
});

describe('a search', () => {
  const known = { params: ['status'], sorts: ['modified'], includes: ['Task:patient'], revIncludes: [] };

  test('is bounded in count, values and includes', () => {
    expect(readSearch([['_count', '100000']], known, false).count).toBe(100);
    const many = (name: string, value: string): RawQuery => Array.from({ length: 51 }, () => [name, value] as const);
    for (const query of [
      many('status', 'a'),
      many('_include', 'Task:patient').slice(0, 6),
      [['status', 'a'.repeat(1001)]],
    ]) {
      expect(() => readSearch(query as RawQuery, known, false)).toThrow(
        expect.objectContaining({ code: 'REQUEST_INVALID' }),
      );
    }
    expect(() => readSearch([['_count', '-1']], known, false)).toThrow();
  });

  test('is ordered by one parameter of the type, and of a modifier it says that it has none', () => {
    expect(readSearch([['_sort', '-modified']], known, true).sort).toEqual({ name: 'modified', isDescending: true });
    expect(readSearch([['_sort', 'modified,status']], known, false)).toMatchObject({
      sort: undefined,
      ignored: ['_sort=modified,status'],
    });
    expect(readSearch([['_summary', 'count']], known, true).count).toBe(0);
    expect(() => readSearch([['status:not', 'a']], known, false)).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID' }),
    );
  });

  test('keeps in its links what was understood, and tells the rest', () => {
    const query = readSearch(
      [
        ['status', 'a'],
        ['x', 'y'],
        ['_include', 'Task:owner'],
        ['_count', '5'],
      ],
      known,
      false,
    );
    expect(query.used).toEqual([
      ['status', 'a'],
      ['_count', '5'],
    ]);
    expect(query.ignored).toEqual(['x', '_include=Task:owner']);
  });
});
