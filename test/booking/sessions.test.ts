import { describe, expect, test } from 'vitest';
import { CalendarDays, instantOn, wallMinute } from '../../src/booking/calendar-days.ts';
import { slotsOn } from '../../src/booking/calendar-slots.ts';
import type { Closure, SlotTemplate } from '../../src/booking/schedule.ts';
import { SessionBook, slotStarts } from '../../src/booking/sessions.ts';
import { TakenTimes } from '../../src/booking/taken-times.ts';
import { addDays, type LocalDate, weekdayOf } from '../../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { at, closure, day, everyWeekday, span, TODAY, template } from './made-unit.ts';

const days = new CalendarDays();

function clocksOn(date: LocalDate, templates: readonly SlotTemplate[], closures: readonly Closure[] = []): string[] {
  const book = new SessionBook({ templates, closures });
  return book
    .sessionsOn('lind', days.at(date))
    .flatMap(slotStarts)
    .map((startMs) => stockholmClockAt(startMs).time);
}

/** On whatever weekday the date is. */
function onDay(date: LocalDate, over: Partial<SlotTemplate> = {}): SlotTemplate {
  return template('lind', { weekday: weekdayOf(date), ...over });
}

describe('times of a template', () => {
  test('are cut from its beginning; a rest that is too short is none', () => {
    const morning = onDay(TODAY, { fromMinute: 480, untilMinute: 580, slotMinutes: 30 });
    expect(clocksOn(TODAY, [morning])).toEqual(['08:00', '08:30', '09:00']);
  });

  test('are there on its weekday, from its first to its last day', () => {
    const date = day('2026-03-17');
    const templates = [onDay(date, { validFrom: '2026-03-17', validUntil: '2026-03-24' })];
    const has = (offset: number) => clocksOn(addDays(date, offset), templates).length > 0;
    expect([-7, 0, 1, 7, 14].map(has)).toEqual([false, true, false, true, false]);
  });

  test('every other week count from the week of the first day, whatever weekday that is', () => {
    const thursday = day('2026-03-12');
    const mondays = template('lind', { weekday: 1, everyWeeks: 2, validFrom: thursday });
    const has = (date: string) => clocksOn(day(date), [mondays]).length > 0;
    expect(['2026-03-16', '2026-03-23', '2026-03-30', '2026-04-13'].map(has)).toEqual([false, true, false, false]);
    expect(has('2026-04-20')).toBe(true);
  });

  test.each([
    ['a red day', '2026-05-14', 'Kristi himmelsfärdsdag'],
    ['midsommarafton', '2026-06-19', 'midsommarafton'],
    ['a Sunday', '2026-03-15', ''],
  ])('are none on %s, unless the template says so', (_name, date) => {
    const free = day(date);
    expect(clocksOn(free, [onDay(free)])).toEqual([]);
    expect(clocksOn(free, [onDay(free, { onFreeDays: true })])).toHaveLength(8);
  });

  test('are there on a klämdag, unless the template says not', () => {
    const friday = day('2026-05-15');
    expect(days.at(friday).kind).toBe('klamdag');
    expect(clocksOn(friday, [onDay(friday)])).toHaveLength(8);
    expect(clocksOn(friday, [onDay(friday, { onBridgeDays: false })])).toEqual([]);
  });
});

describe('where the clock changes', () => {
  const spring = day('2026-03-29');
  const autumn = day('2026-10-25');
  const night = { fromMinute: 0, untilMinute: 360, slotMinutes: 30, onFreeDays: true } as const;

  test('the hour that is jumped over has no times, and the night two fewer', () => {
    const clocks = clocksOn(spring, [onDay(spring, night)]);
    expect(clocks).toHaveLength(10);
    expect(clocks.filter((clock) => clock.startsWith('02'))).toEqual([]);
    expect(clocks.at(-1)).toBe('05:30');
  });

  test('the hour that comes twice has its times twice, which lie apart', () => {
    const book = new SessionBook({ templates: [onDay(autumn, night)], closures: [] });
    const starts = book.sessionsOn('lind', days.at(autumn)).flatMap(slotStarts);
    expect(starts).toHaveLength(14);
    expect(starts.every((startMs, index) => index === 0 || startMs - starts[index - 1]! === 30 * 60_000)).toBe(true);
    expect(starts.map((startMs) => stockholmClockAt(startMs).time).filter((clock) => clock.startsWith('02'))).toEqual([
      '02:00',
      '02:30',
      '02:00',
      '02:30',
    ]);
  });

  test.each([spring, autumn])('a morning of %s begins at eight by the clock on the wall', (date) => {
    expect(clocksOn(date, [onDay(date, { onFreeDays: true })])[0]).toBe('08:00');
    const eight = instantOn(days.at(date), 480);
    expect(wallMinute(days.at(date), eight)).toBe(480);
  });

  test('a day has 23, 24 or 25 hours', () => {
    const hours = (date: LocalDate) => (days.at(date).endMs - days.at(date).startMs) / 3_600_000;
    expect([spring, TODAY, autumn].map(hours)).toEqual([23, 24, 25]);
  });
});

test('a calendar shows what is taken, closed and lent, each for what it is', () => {
  const date = day('2026-03-18');
  const book = new SessionBook({
    templates: everyWeekday('lind', { untilMinute: 600, lentUntilDays: 7 }),
    closures: [closure({ resourceId: 'lind', firstDay: date, lastDay: date, fromMinute: 570, untilMinute: 600 })],
  });
  const taken = new TakenTimes([['lind', [span(`${date} 08:30`, '09:00')]]]);
  const shownOn = (today: LocalDate) =>
    slotsOn({ book, taken, today: days.at(today) }, { id: 'lind', whose: 'lind' }, days.at(date));
  expect(shownOn(TODAY).map(({ state }) => state)).toEqual(['free', 'taken', 'free', 'closed']);
  expect(shownOn(TODAY).map(({ owner }) => owner)).toEqual(['patients', 'patients', 'patients', 'patients']);
  expect(shownOn(day('2026-03-11'))[0]!.owner).toBe('patients');
  expect(shownOn(day('2026-03-12'))[0]!.owner).toBe('care');
  expect(shownOn(TODAY)[1]).toMatchObject({ startMs: at(`${date} 08:30`), endMs: at(`${date} 09:00`) });
});

test('what is taken is one stretch where stretches meet or overlap, in whatever order they come', () => {
  const taken = new TakenTimes([
    ['lind', [span('2026-03-10 10:00', '11:00'), span('2026-03-10 08:00', '09:30'), span('2026-03-10 09:00', '10:00')]],
  ]);
  const isFree = (from: string, until: string) =>
    taken.isFree('lind', at(`2026-03-10 ${from}`), at(`2026-03-10 ${until}`));
  expect(isFree('07:00', '08:00')).toBe(true);
  expect(isFree('07:00', '08:01')).toBe(false);
  expect(isFree('09:50', '10:10')).toBe(false);
  expect(isFree('11:00', '12:00')).toBe(true);
  expect(taken.isFree('sandberg', 0, 1)).toBe(true);
});
