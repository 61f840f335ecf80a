import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalendarAppointment, CalendarView } from '../../src/contracts/appointments-api.ts';
import {
  addDays,
  daysBetween,
  isoWeekOf,
  type LocalDate,
  parseLocalDate,
  weekdayOf,
} from '../../src/followup/calendar/local-date.ts';
import { clinicDay, sayWallTime } from '../../src/web/calendar/clinic-days.ts';
import { dayToGoTo } from '../../src/web/calendar/jump.ts';
import { dateAfter, periodOf, readSearch, type Shown, searchOf, VIEW_NAMES } from '../../src/web/calendar/period.ts';
import { type Column, columnsOf } from '../../src/web/calendar/places.ts';
import { firstPlace, isReachable, stepFrom } from '../../src/web/calendar/stepping.ts';
import { axisOf, spotsOf } from '../../src/web/calendar/time-axis.ts';

const MINUTE_MS = 60_000;
const SPRING: LocalDate = parseLocalDate('2026-03-29')!;
const AUTUMN: LocalDate = parseLocalDate('2026-10-25')!;
const day = (date: LocalDate) => ({ date, isoWeek: 1, kind: 'vardag', name: null }) as const;

type Resource = CalendarView['resources'][number];
type Slot = Resource['slots'][number];

function slots(date: LocalDate, fromHour: number, count: number, minutes: number, over: Partial<Slot> = {}): Slot[] {
  const startMs = clinicDay(date).startMs + fromHour * 60 * MINUTE_MS;
  return Array.from({ length: count }, (_, index) => ({
    startsAt: new Date(startMs + index * minutes * MINUTE_MS),
    endsAt: new Date(startMs + (index + 1) * minutes * MINUTE_MS),
    owner: 'care',
    state: 'free',
    visitTypeIds: [],
    ...over,
  }));
}

function resource(id: string, own: Slot[]): Resource {
  return { id, kind: 'person', name: id, role: null, slots: own };
}

function columnOf(date: LocalDate, own: Slot[], appointments: CalendarAppointment[] = []): Column {
  return columnsOf({ days: [day(date)], appointments }, [resource('lind', own)])[0]![0]!;
}

const clocks = ({ day: of, places }: Column) => places.map(({ startMs }) => sayWallTime(of, startMs));

function booked(date: LocalDate, fromHour: number, minutes: number): CalendarAppointment {
  const startMs = clinicDay(date).startMs + fromHour * 60 * MINUTE_MS;
  return {
    id: `at ${fromHour}`,
    performer: { id: 'lind', name: 'lind' },
    others: [],
    startsAt: new Date(startMs),
    endsAt: new Date(startMs + minutes * MINUTE_MS),
  } as unknown as CalendarAppointment;
}

describe('the places of a day', () => {
  test('are told by the clock on the wall when it jumps ahead, and the hour that is not there is not drawn', () => {
    const column = columnOf(SPRING, slots(SPRING, 1, 3, 60));
    expect(clocks(column)).toEqual(['01.00', '03.00', '04.00']);
    expect(spotsOf(column, axisOf([column])).map(({ topMinutes }) => topMinutes)).toEqual([0, 120, 180]);
  });

  test('are told apart in the hour that the clock shows twice, and lie side by side there', () => {
    const column = columnOf(AUTUMN, slots(AUTUMN, 1, 4, 60));
    expect(clocks(column)).toEqual(['01.00', '02.00 sommartid', '02.00 vintertid', '03.00']);
    const spots = spotsOf(column, axisOf([column]));
    expect(spots.map(({ lane, lanes }) => [lane, lanes])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
      [0, 1],
    ]);
  });

  test('are told to the minute, also where one began between two', () => {
    const day = clinicDay(SPRING);
    expect(sayWallTime(day, day.startMs + 8.5 * 60 * MINUTE_MS + 14_150)).toBe('09.30');
  });

  test('keep their keys and their number when they are booked, so that nothing jumps', () => {
    const date = parseLocalDate('2026-04-24')!;
    const free = columnOf(date, slots(date, 8, 4, 30));
    const taken = columnOf(date, slots(date, 8, 4, 30), [booked(date, 8.5, 45)]);
    expect(taken.places.map(({ key }) => key)).toEqual(free.places.map(({ key }) => key));
    expect(taken.places.map(({ kind }) => kind)).toEqual(['free', 'appointment', 'rest', 'free']);
  });

  test('show what is booked beside the templates, and a shut stretch once', () => {
    const date = parseLocalDate('2026-04-24')!;
    const shut = slots(date, 8, 3, 30, { state: 'closed' });
    const { places } = columnOf(date, shut, [booked(date, 12, 30), booked(date, 7, 30)]);
    expect(places.map(({ kind }) => kind)).toEqual(['appointment', 'closed', 'appointment']);
  });
});

const anyGrid = fc
  .array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 4 })
  .map((counts) => {
    const monday = parseLocalDate('2026-04-20')!;
    const dates = [0, 1, 2].map((days) => addDays(monday, days));
    const resources = counts.map((ofDay, index) =>
      resource(
        `r${index}`,
        dates.flatMap((date, at) => slots(date, 8 + index, ofDay[at]!, 30)),
      ),
    );
    return columnsOf({ days: dates.map(day), appointments: [] }, resources);
  });

describe('the arrows', () => {
  test('lead down and back up again, and stay in the column', () => {
    fc.assert(
      fc.property(anyGrid, (rows) => {
        for (const { places } of rows.flat()) {
          for (const { key } of places) {
            const next = stepFrom(rows, key, 'down');
            if (next) expect(stepFrom(rows, next.key, 'up')?.key).toBe(key);
          }
        }
      }),
    );
  });

  test('reach every time of a column by going down from its first', () => {
    fc.assert(
      fc.property(anyGrid, fc.integer({ min: 0, max: 2 }), (rows, column) => {
        const wanted = rows.flatMap((columns) => columns[column]!.places.filter(isReachable));
        const steps = wanted.map(({ key }) => stepFrom(rows, key, 'down')?.key);
        expect(steps).toEqual([...wanted.slice(1).map(({ key }) => key), ...(wanted.length > 0 ? [undefined] : [])]);
      }),
    );
  });

  test('go sideways to the nearest time of the next day that has one', () => {
    const [monday, wednesday] = [parseLocalDate('2026-04-20')!, parseLocalDate('2026-04-22')!];
    const days = [0, 1, 2].map((count) => addDays(monday, count));
    const own = [...slots(monday, 8, 8, 30), ...slots(wednesday, 9, 2, 60)];
    const rows = columnsOf({ days: days.map(day), appointments: [] }, [resource('lind', own)]);
    const at = rows[0]![0]!.places[5]!;
    expect(stepFrom(rows, at.key, 'right')).toBe(rows[0]![2]!.places[1]);
    expect(stepFrom(rows, at.key, 'left')).toBeUndefined();
    expect(stepFrom(rows, undefined, 'down')).toBe(firstPlace(rows));
  });
});

describe('what is shown', () => {
  const anyShown = fc.record({
    view: fc.constantFrom(...VIEW_NAMES),
    date: fc.integer({ min: 0, max: 4000 }).map((days) => addDays(parseLocalDate('2024-12-25')!, days)),
    unitId: fc.constantFrom('unit-1', 'unit-2'),
    whose: fc.constantFrom<Shown['whose']>({ resourceId: 'lind' }),
  });

  test('comes back from its address', () => {
    fc.assert(
      fc.property(anyShown, (shown) => {
        const options = { today: shown.date, unitIds: ['unit-2', 'unit-1'], isNarrow: false };
        expect(readSearch(searchOf(shown), options).shown).toEqual(shown);
      }),
    );
  });

  test('is a day or the week from Monday to Sunday, and the next follows without a gap', () => {
    fc.assert(
      fc.property(anyShown, (shown) => {
        const { first, last } = periodOf(shown);
        expect(first <= shown.date && shown.date <= last).toBe(true);
        if (shown.view !== 'dag') expect([weekdayOf(first), weekdayOf(last)]).toEqual([1, 7]);
        expect(periodOf({ ...shown, date: dateAfter(shown, 1) }).first).toBe(addDays(last, 1));
      }),
    );
  });
});

describe('where to go', () => {
  const today = parseLocalDate('2026-11-22')!;

  test.each([
    ['v 12', '2027-03-22'],
    ['vecka 47', '2026-11-16'],
    ['v.53', '2026-12-28'],
    ['40', '2026-09-28'],
    ['12 2026', '2026-03-16'],
    ['mars', '2027-03-01'],
    ['Sept', '2026-09-01'],
    ['juli 2028', '2028-07-01'],
    ['3/4', '2027-04-03'],
    ['24 december', '2026-12-24'],
    ['29 feb 2028', '2028-02-29'],
    ['2027-01-05', '2027-01-05'],
    ['i dag', '2026-11-22'],
  ])('"%s" is %s', (text, day) => {
    expect(dayToGoTo(text, today)).toBe(day);
  });

  test.each(['', 'v 54', 'v 53 2027', '31/2', 'trettio', 'marsmånad', '0'])('"%s" is no day', (text) => {
    expect(dayToGoTo(text, today)).toBeUndefined();
  });

  test('a week that is named lies within the year around today, and is the one that was named', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 1, max: 52 }), (days, week) => {
        const from = addDays(parseLocalDate('2024-01-01')!, days);
        const day = dayToGoTo(`v ${week}`, from)!;
        expect([weekdayOf(day), isoWeekOf(day).week]).toEqual([1, week]);
        expect(Math.abs(daysBetween(from, day))).toBeLessThan(366);
      }),
    );
  });
});
