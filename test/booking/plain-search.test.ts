import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { candidatesOn } from '../../src/booking/candidates.ts';
import { earliestTime } from '../../src/booking/earliest.ts';
import { type CalendarQuestion, openSearch, planOf } from '../../src/booking/plan.ts';
import { proposeTimes } from '../../src/booking/propose.ts';
import type { Span } from '../../src/booking/schedule.ts';
import { TakenTimes } from '../../src/booking/taken-times.ts';
import type { VisitNeed } from '../../src/booking/visit-need.ts';
import { ALL_WISHES } from '../../src/booking/wishes.ts';
import { addDays, daysBetween, type LocalDate } from '../../src/followup/calendar/local-date.ts';
import { dayKind } from '../../src/followup/calendar/swedish-days.ts';
import { A_WEEK_BEFORE, about, at, closure, need, PATIENT, question, schedule, TODAY } from './made-unit.ts';

const MINUTE_MS = 60_000;
const DAYS = 40;
const DOCTORS = ['lind', 'sandberg'] as const;
/** How far a test may be from a week before the visit. */
const LAB_TOLERANCE_DAYS = 2;
/** When a question of made-unit is asked. */
const NOW_MS = at(`${TODAY} 07:00`);

const inDays = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((days) => addDays(TODAY, days));

/** Calendars so full that little is left, in hours and half hours. */
const takenSpans = fc.array(
  fc
    .record({ day: inDays(0, DAYS), half: fc.integer({ min: 14, max: 32 }), halves: fc.integer({ min: 1, max: 18 }) })
    .map(({ day, half, halves }): Span => {
      const clock = `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
      const startMs = at(`${day} ${clock}`);
      return { startMs, endMs: startMs + halves * 30 * MINUTE_MS };
    }),
  { minLength: 20, maxLength: 80 },
);

const calendar = fc.record({
  taken: fc.record({ lind: takenSpans, sandberg: takenSpans, lab: takenSpans, [PATIENT]: takenSpans }),
  shut: fc.array(fc.tuple(fc.constantFrom(null, 'lind', 'lab'), inDays(0, DAYS), fc.integer({ min: 0, max: 6 })), {
    maxLength: 2,
  }),
  target: inDays(14, DAYS - 10),
  person: fc.constantFrom(null, 'lind'),
});

type Calendar = typeof calendar extends fc.Arbitrary<infer Value> ? Value : never;

function ask(needs: readonly VisitNeed[], { taken, shut }: Calendar): CalendarQuestion {
  const closures = shut.map(([resourceId, firstDay, days]) =>
    closure({ resourceId, firstDay, lastDay: addDays(firstDay, days) }),
  );
  return question(needs, {
    schedule: { ...schedule(), closures },
    taken: new TakenTimes(Object.entries(taken)),
    lastDay: addDays(TODAY, DAYS),
  });
}

/** Every time of somebody's day that is free, looked for one by one: nothing is sorted, remembered or left out. */
function plainTimes({ taken, shut }: Calendar, who: 'lind' | 'sandberg' | 'lab', date: LocalDate): number[] {
  if (dayKind(date).free) return [];
  const isShut = shut.some(
    ([resource, first, days]) =>
      (resource === null || resource === who) && first <= date && date <= addDays(first, days),
  );
  if (isShut) return [];
  const [stepMinutes, sessions] =
    who === 'lab'
      ? [15, [['08:00', '11:00']]]
      : [
          30,
          [
            ['08:00', '12:00'],
            ['13:00', '16:00'],
          ],
        ];
  const busy = [...taken[who], ...taken[PATIENT]];
  const free: number[] = [];
  for (const [from, until] of sessions as [string, string][]) {
    for (let startMs = at(`${date} ${from}`); startMs < at(`${date} ${until}`); startMs += stepMinutes * MINUTE_MS) {
      const endMs = startMs + stepMinutes * MINUTE_MS;
      if (!busy.some((span) => span.startMs < endMs && startMs < span.endMs)) free.push(startMs);
    }
  }
  return free;
}

const days = Array.from({ length: DAYS + 1 }, (_, index) => addDays(TODAY, index));
const RUNS = { numRuns: 40 };

describe('in small calendars the search finds what looking everywhere finds:', () => {
  test('the same times of each day', () => {
    fc.assert(
      fc.property(calendar, (made) => {
        const asked = ask([need({ time: about(made.target) })], made);
        const plan = planOf(asked);
        if (!('root' in plan)) throw new Error('no plan');
        const search = openSearch(asked, false);
        for (const date of days.slice(1)) {
          const found = Array.from(
            candidatesOn(search, plan.root, search.days.at(date), ALL_WISHES),
            ({ performerId, startMs }) => `${performerId} ${startMs}`,
          );
          const plain = DOCTORS.flatMap((who) => plainTimes(made, who, date).map((startMs) => `${who} ${startMs}`));
          expect(found.sort()).toEqual(plain.sort());
        }
      }),
      RUNS,
    );
  });

  test('for one visit the nearest day before måldatum that has one, or none where there is none', () => {
    fc.assert(
      fc.property(calendar, (made) => {
        const visit = need({ time: about(made.target) }, { practitionerId: made.person });
        const { proposals } = proposeTimes(ask([visit], made), 6, 'nothing');
        const doctors = DOCTORS.filter((who) => made.person === null || who === made.person);
        const possible = days.filter(
          (date) =>
            date >= visit.notBefore! &&
            date <= made.target &&
            doctors.some((who) => plainTimes(made, who, date).length > 0),
        );
        expect(proposals[0]?.visits[0]?.date).toBe(possible.at(-1));
      }),
      RUNS,
    );
  });

  test('for one visit, alone or with a test a week before it, the earliest day of all, past måldatum too', () => {
    fc.assert(
      fc.property(calendar, fc.boolean(), (made, hasLab) => {
        const visit = need({ time: about(made.target) });
        const lab = need({ id: 'R2', type: 'provtagning', before: 'R1', time: A_WEEK_BEFORE });
        const earliest = earliestTime(ask(hasLab ? [visit, lab] : [visit], made), visit.taskId);
        const labDays = days.filter((date) => plainTimes(made, 'lab', date).some((startMs) => startMs >= NOW_MS));
        const first = days.find(
          (date) =>
            date >= visit.notBefore! &&
            DOCTORS.some((who) => plainTimes(made, who, date).some((startMs) => startMs >= NOW_MS)) &&
            (!hasLab || labDays.some((day) => Math.abs(daysBetween(day, addDays(date, -7))) <= LAB_TOLERANCE_DAYS)),
        );
        expect(earliest).toMatchObject(first === undefined ? { kind: 'none' } : { kind: 'found', date: first });
      }),
      RUNS,
    );
  });

  test('for a visit and its test a week before it the pair that is least off, or none where there is none', () => {
    fc.assert(
      fc.property(calendar, (made) => {
        const visit = need({ time: about(made.target) });
        const lab = need({ id: 'R2', type: 'provtagning', before: 'R1', time: A_WEEK_BEFORE });
        const { proposals } = proposeTimes(ask([visit, lab], made), 6, 'nothing');
        const off = (visitDay: LocalDate, labDay: LocalDate) =>
          daysBetween(visitDay, made.target) + Math.abs(daysBetween(labDay, addDays(visitDay, -7)));
        const visitDays = days.filter(
          (date) =>
            date >= visit.notBefore! &&
            date <= made.target &&
            DOCTORS.some((who) => plainTimes(made, who, date).length > 0),
        );
        const labDays = days.filter((date) => plainTimes(made, 'lab', date).some((startMs) => startMs >= NOW_MS));
        const pairs = visitDays.flatMap((visitDay) =>
          labDays
            .filter((labDay) => Math.abs(daysBetween(labDay, addDays(visitDay, -7))) <= LAB_TOLERANCE_DAYS)
            .map((labDay) => off(visitDay, labDay)),
        );
        const [best] = proposals;
        const byType = (type: string) => best?.visits.find(({ fit }) => fit.need.type === type)?.date;
        const [visitDay, labDay] = [byType('aterbesok'), byType('provtagning')];
        expect(visitDay && labDay && off(visitDay, labDay)).toBe(pairs.length === 0 ? undefined : Math.min(...pairs));
      }),
      RUNS,
    );
  });
});
