import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ROUTES, type Route } from '../../src/contracts/followup-flags.ts';
import { withoutWords } from '../../src/evaluation/followup/fields.ts';
import { figuresOf } from '../../src/evaluation/followup/figures.ts';
import { judge } from '../../src/evaluation/followup/judge.ts';
import { missesOf } from '../../src/evaluation/followup/misses.ts';
import type { Place, StatedRequest, Statement } from '../../src/evaluation/followup/statement.ts';

const WHOLE: Place = { start: 0, end: 100 };

interface FollowUpPlan {
  readonly route?: Route;
  readonly place?: Place;
  readonly flags?: readonly string[];
}

function followUp(
  requests: readonly StatedRequest[],
  { route = 'auto', place = WHOLE, flags = [] }: FollowUpPlan = {},
) {
  return { requests: requests.map((request) => ({ request, place })), flags, route, place };
}

function statement(...followUps: readonly ReturnType<typeof followUp>[]): Statement {
  return { followUps, decisions: [] };
}

function compare(labelled: Statement, found: Statement, isNote = false) {
  return figuresOf([{ isNote, judgement: judge(labelled, found) }]);
}

const VISIT = { id: 'R1', type: 'aterbesok', role: 'lakare', time: { kind: 'om', target: '2026-06-10' } };
const TESTS = { id: 'R2', type: 'provtagning', before: 'R1', time: { kind: 'relativ', offset: '-P1W' } };

describe('what is found as it is labelled', () => {
  test('has every figure at its best', () => {
    const label = statement(followUp([VISIT, TESTS], { flags: ['needs_referral_R1'] }));
    const figures = compare(label, label);
    expect(figures).toMatchObject({ rows: 1, requests: 2, routeAccuracy: 1, foundRate: 1 });
    expect(figures).toMatchObject({ missed: 0, wrongAuto: 0, autoWithErrors: 0, falseFollowUps: 0 });
    for (const agreement of Object.values(figures.fields)) expect(agreement).toMatchObject({ precision: 1, recall: 1 });
    expect(missesOf('', judge(label, label))).toEqual([]);
  });

  test('may have other ids: links, triggers and flags are compared by what they point at', () => {
    const label = statement(
      followUp([VISIT, TESTS, { id: 'R3', type: 'remiss', trigger: 'svar:R2' }], { flags: ['needs_referral_R1'] }),
    );
    const found = statement(
      followUp(
        [
          { ...TESTS, id: 'R1', before: 'R2' },
          { ...VISIT, id: 'R2' },
          { id: 'R3', type: 'remiss', trigger: 'svar:R1' },
        ],
        { flags: ['needs_referral_R2'] },
      ),
    );
    expect(missesOf('', judge(label, found))).toEqual([]);
  });

  test('may have its keys in another order, and leave out what the label says is not said', () => {
    const found = statement(
      followUp([{ ...VISIT, anchor: null, time: { target: '2026-06-10', kind: 'om', offset: null } }]),
    );
    expect(compare(statement(followUp([VISIT])), found).autoWithErrors).toBe(0);
  });
});

describe('what differs', () => {
  test('a request that is not found is missed, and all its fields with it', () => {
    const figures = compare(statement(followUp([VISIT, TESTS])), statement(followUp([VISIT])));
    expect(figures).toMatchObject({ missed: 1, foundRate: 0.5, autoWithErrors: 1 });
    expect(figures.fields.before).toEqual({ precision: null, recall: 0, labelled: 1, found: 0, right: 0 });
    expect(figures.fields.type).toMatchObject({ precision: 1, recall: 0.5 });
  });

  test('a request that nobody labelled is false, and never pairs with what is of another kind and time', () => {
    const call = { id: 'R1', type: 'telefon', time: { kind: 'snarast' } };
    const figures = compare(statement(followUp([VISIT])), statement(followUp([call])));
    expect(figures).toMatchObject({ missed: 1, falseFollowUps: 1, foundRate: 0 });
  });

  test('a request of the wrong type at the right time is found, with its type wrong', () => {
    const figures = compare(statement(followUp([VISIT])), statement(followUp([{ ...VISIT, type: 'nybesok' }])));
    expect(figures).toMatchObject({ missed: 0, falseFollowUps: 0, autoWithErrors: 1 });
    expect(figures.fields.type).toMatchObject({ precision: 0, recall: 0 });
  });

  test('a wrong day spoils the time and its target, not its kind', () => {
    const found = { ...VISIT, time: { kind: 'om', target: '2026-06-11' } };
    const { fields } = compare(statement(followUp([VISIT])), statement(followUp([found])));
    expect([fields.time?.precision, fields['time.target']?.precision, fields['time.kind']?.precision]).toEqual([
      0, 0, 1,
    ]);
  });

  test('each of several alike requests is paired with the one it is most like', () => {
    const later = { ...VISIT, id: 'R2', time: { kind: 'om', target: '2026-09-10' } };
    const found = statement(
      followUp([
        { ...later, id: 'R1' },
        { ...VISIT, id: 'R2' },
      ]),
    );
    expect(missesOf('', judge(statement(followUp([VISIT, later])), found))).toEqual([]);
  });

  test('a miss tells the words, and of a field only the part that differs', () => {
    const found = { ...VISIT, role: undefined, time: { kind: 'om', target: '2026-06-11' } };
    const place = { start: 4, end: 9 };
    const label = statement(followUp([VISIT], { place }));
    expect(
      missesOf('den återb om', judge(label, statement(followUp([found], { place, flags: ['time_missing'] })))),
    ).toEqual([
      {
        text: 'återb',
        fields: [
          { request: 'R1', field: 'role', labelled: '"lakare"' },
          { request: 'R1', field: 'time.target', labelled: '"2026-06-10"', found: '"2026-06-11"' },
        ],
        flags: { missed: [], extra: ['time_missing'] },
      },
    ]);
  });

  test('what was said not to be needed is compared by its kind', () => {
    const decided = (...types: string[]) => ({
      followUps: [],
      decisions: types.map((type) => ({ type, place: WHOLE })),
    });
    const { decisions } = compare(decided('aterbesok', 'brev'), decided('brev', 'telefon'));
    expect(decisions).toMatchObject({ labelled: 2, found: 2, right: 1 });
  });
});

describe('routes', () => {
  const routed = (route: Route) => statement(followUp([VISIT], { route }));

  test('only auto against the label is wrongly auto; a stricter route is safe, a looser one is neither', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ROUTES), fc.constantFrom(...ROUTES), (label, found) => {
        const figures = compare(routed(label), routed(found));
        const isWrongAuto = found === 'auto' && label !== 'auto';
        const isAsStrict = ROUTES.indexOf(found) <= ROUTES.indexOf(label);
        expect(figures.wrongAuto).toBe(Number(isWrongAuto));
        expect(figures.routeAccuracy).toBe(Number(found === label));
        expect(figures.routeSafety).toBe(Number(isAsStrict && !isWrongAuto));
      }),
    );
  });

  test('a follow-up found in two pieces is wrongly auto when one of them is', () => {
    const label = statement(followUp([VISIT, TESTS], { route: 'clinician' }));
    const found = statement(followUp([VISIT], { route: 'clinician' }), followUp([TESTS], { route: 'auto' }));
    expect(compare(label, found)).toMatchObject({ wrongAuto: 1, routeAccuracy: 0, missed: 0 });
  });

  test('of a follow-up that is not found is none', () => {
    expect(judge(routed('auto'), statement()).followUps[0]).toMatchObject({
      foundRoute: 'none',
      routeVerdict: 'looser',
    });
  });
});

describe('in a note', () => {
  const first = { start: 0, end: 20 };
  const second = { start: 40, end: 60 };

  test('what is found elsewhere in the text is no answer to a label', () => {
    const label = statement(followUp([VISIT], { place: first }));
    const found = statement(followUp([VISIT], { place: second }));
    expect(compare(label, found, true)).toMatchObject({
      notes: 1,
      missed: 1,
      falseFollowUps: 1,
      falseFollowUpsInNotes: 1,
      wrongAuto: 1,
    });
  });

  test('each labelled follow-up is compared with what was found in its words', () => {
    const other = { ...VISIT, id: 'R2' };
    const label = statement(followUp([VISIT], { place: first }), followUp([other], { place: second, route: 'review' }));
    expect(compare(label, label, true)).toMatchObject({ routeAccuracy: 1, missed: 0, falseFollowUps: 0 });
  });

  test('a question about what nobody labelled counts as false', () => {
    const found = statement(followUp([], { place: second, route: 'clinician', flags: ['other_person'] }));
    expect(compare(statement(), found, true)).toMatchObject({ falseFollowUps: 1, wrongAuto: 0 });
  });

  test('a labelled question without requests is answered by a question in its words', () => {
    const label = statement(followUp([], { place: second, route: 'clinician', flags: ['other_person'] }));
    expect(compare(label, label, true)).toMatchObject({ routeAccuracy: 1, falseFollowUps: 0 });
  });
});

test('without the words of the text, what was misheard differs in what it means only', () => {
  const label = statement(followUp([{ ...VISIT, reason: 'svar', time: { kind: 'om', expr: 'om tre månader' } }]));
  const found = statement(followUp([{ ...VISIT, time: { kind: 'om', expr: 'am tre mona der' } }]));
  expect(missesOf('', judge(withoutWords(label), withoutWords(found)))).toEqual([]);
});

test('figures of no texts are nothing, not a hundred per cent', () => {
  expect(figuresOf([])).toMatchObject({
    routeAccuracy: null,
    foundRate: null,
    flags: { precision: null, recall: null },
  });
});
