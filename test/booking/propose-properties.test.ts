import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeTimes } from '../../src/booking/judge.ts';
import { judgeLink } from '../../src/booking/links.ts';
import type { Placement } from '../../src/booking/placing.ts';
import type { CalendarQuestion } from '../../src/booking/plan.ts';
import { proposeTimes } from '../../src/booking/propose.ts';
import type { Span } from '../../src/booking/schedule.ts';
import { overlaps, TakenTimes } from '../../src/booking/taken-times.ts';
import type { VisitNeed } from '../../src/booking/visit-need.ts';
import { wishesIn } from '../../src/booking/wishes.ts';
import { WEEKDAYS } from '../../src/contracts/followup.ts';
import { addDays } from '../../src/followup/calendar/local-date.ts';
import { dayKind } from '../../src/followup/calendar/swedish-days.ts';
import { about, at, closure, need, PATIENT, question, schedule, TODAY } from './made-unit.ts';

const LAST_DAY = addDays(TODAY, 70);
const HOUR_MS = 3_600_000;

const inDays = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((days) => addDays(TODAY, days));

/** Half hours of somebody's days. */
const takenSpans = fc.array(
  fc
    .record({ day: inDays(0, 70), hour: fc.integer({ min: 7, max: 16 }), hours: fc.integer({ min: 1, max: 6 }) })
    .map(({ day, hour, hours }): Span => {
      const startMs = at(`${day} ${String(hour).padStart(2, '0')}:00`);
      return { startMs, endMs: startMs + hours * HOUR_MS };
    }),
  { maxLength: 60 },
);

const wishes = fc.record(
  {
    daypart: fc.constantFrom('formiddag' as const, 'eftermiddag' as const),
    not_weekdays: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { maxLength: 4 }),
    not_dates: fc.array(fc.tuple(inDays(10, 40), inDays(30, 60)), { maxLength: 2 }),
  },
  { requiredKeys: [] },
);

/** A visit, with a test before it, one on its day, both or none. */
const needs = fc
  .record({
    target: inDays(4, 60),
    floorDays: fc.option(fc.integer({ min: 1, max: 10 })),
    wishes,
    person: fc.constantFrom(null, 'lind', 'sandberg'),
    labDays: fc.option(fc.constantFrom('-P1D', '-P3D', '-P1W', '-P2W')),
    sameDay: fc.boolean(),
  })
  .map(({ target, floorDays, wishes: patient_pref, person, labDays, sameDay }): VisitNeed[] => {
    const earliestDate = floorDays === null ? null : addDays(target, -floorDays);
    const visit = need({ time: about(target), patient_pref }, { practitionerId: person, earliestDate });
    const lab = need({
      id: 'R2',
      type: 'provtagning',
      before: 'R1',
      time: { kind: 'relativ', expr: 'innan', offset: labDays },
    });
    const other = need({ id: 'R3', type: 'provtagning', same_day: 'R1', time: { kind: 'relativ', expr: 'samma dag' } });
    return [visit, ...(labDays === null ? [] : [lab]), ...(sameDay ? [other] : [])];
  });

const clinic = fc.record({
  lind: takenSpans,
  sandberg: takenSpans,
  lab: takenSpans,
  [PATIENT]: takenSpans,
  closed: fc.array(fc.tuple(fc.constantFrom(null, 'lind', 'lab'), inDays(0, 60), fc.integer({ min: 0, max: 10 })), {
    maxLength: 3,
  }),
});

type Clinic = typeof clinic extends fc.Arbitrary<infer Value> ? Value : never;

function ask(chain: readonly VisitNeed[], { closed, ...taken }: Clinic): CalendarQuestion {
  const closures = closed.map(([resourceId, firstDay, days]) =>
    closure({ resourceId, firstDay, lastDay: addDays(firstDay, days) }),
  );
  return question(chain, {
    schedule: { ...schedule(), closures },
    taken: new TakenTimes(Object.entries(taken)),
    lastDay: LAST_DAY,
  });
}

const RUNS = { numRuns: 60 };

function forAll(check: (chain: readonly VisitNeed[], made: Clinic, found: ReturnType<typeof proposeTimes>) => void) {
  fc.assert(
    fc.property(needs, clinic, (chain, made) => check(chain, made, proposeTimes(ask(chain, made), 6, 'alternatives'))),
    RUNS,
  );
}

function allOf({ proposals, alternatives }: ReturnType<typeof proposeTimes>): Placement[] {
  return [...proposals, ...alternatives];
}

describe('whatever is asked for, and whatever is taken:', () => {
  test('nothing is given up but what is said, and what is said is given up', () => {
    forAll((chain, _made, found) => {
      for (const { givesUp } of found.proposals) expect(givesUp).toBe(0);
      for (const placement of allOf(found)) {
        const said = new Set(wishesIn(placement.givesUp));
        const visit = placement.visits.find(({ fit }) => fit.need.key === 'R1')!;
        const { latest, notBefore, floor, staffId, wishes: wanted } = chain[0]!;
        expect(said.has('late')).toBe(visit.date > latest!);
        expect(said.has('early')).toBe(visit.date < notBefore!);
        expect(said.has('person')).toBe(staffId !== null && visit.performer.staffId !== staffId);
        const isUnwanted = wanted.not_dates?.some(([from, to]) => from! <= visit.date && visit.date <= to!) ?? false;
        if (isUnwanted) expect(said.has('dates')).toBe(true);
        if (floor !== null) expect(visit.date >= floor).toBe(true);
      }
    });
  });

  test('a chain keeps its order and its distances, unless that is said', () => {
    forAll((chain, _made, found) => {
      for (const { at: placed, givesUp } of allOf(found)) {
        expect(placed.size).toBe(chain.length);
        for (const { key, links } of chain) {
          for (const link of links) {
            const broken = judgeLink(link, placed.get(key)!, placed.get(link.to)!);
            expect(broken).toBeDefined();
            expect(wishesIn(givesUp)).toEqual(expect.arrayContaining(wishesIn(broken!)));
            if (link.kind === 'before')
              expect(placed.get(key)!.endMs).toBeLessThanOrEqual(placed.get(link.to)!.startMs);
          }
        }
      }
    });
  });

  test('nobody is at two places: neither the patient nor who is met, and nobody on a free day', () => {
    forAll((_chain, made, found) => {
      for (const { visits } of allOf(found)) {
        for (const [index, visit] of visits.entries()) {
          const taken = [...made[visit.performerId as 'lind'], ...made[PATIENT]];
          expect(taken.some((span) => overlaps(span, visit))).toBe(false);
          expect(visits.slice(index + 1).some((other) => overlaps(other, visit))).toBe(false);
          expect(dayKind(visit.date).free).toBe(false);
        }
      }
    });
  });

  test('what is proposed is what judging the same times comes to', () => {
    forAll((chain, made, found) => {
      for (const { visits, givesUp } of allOf(found)) {
        const times = visits.map(({ fit, performerId, startMs }) => ({
          taskId: fit.need.taskId,
          performerId,
          startMs,
        }));
        expect(judgeTimes(ask(chain, made), times)).toMatchObject({ givesUp });
      }
    });
  });

  test('the best comes first, and proposals differ', () => {
    forAll((_chain, _made, { proposals }) => {
      const costs = proposals.map(({ cost }) => cost);
      expect(costs).toEqual(costs.toSorted((one, other) => one - other));
      const keys = proposals.map(({ visits }) => visits.map((one) => `${one.performerId} ${one.startMs}`).join());
      expect(new Set(keys).size).toBe(keys.length);
    });
  });
});

test('where a single visit has a time that fulfils everything, one is proposed', () => {
  fc.assert(
    fc.property(needs, clinic, (chain, made) => {
      const single = ask(chain.slice(0, 1), made);
      const { proposals } = proposeTimes(single, 1, 'nothing');
      const performers = ['lind', 'sandberg'];
      const starts = Array.from({ length: 71 * 16 }, (_, index) => {
        const startOfDayMs = at(`${addDays(TODAY, Math.floor(index / 16))} 08:00`);
        return startOfDayMs + (index % 16) * (HOUR_MS / 2);
      });
      const exists = starts.some((startMs) =>
        performers.some((performerId) => {
          const judged = judgeTimes(single, [{ taskId: 'task-R1', performerId, startMs }]);
          return 'visits' in judged && judged.givesUp === 0;
        }),
      );
      expect(proposals.length > 0).toBe(exists);
    }),
    { numRuns: 5 },
  );
});
