import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MONTH_NAMES } from '../../../src/contracts/month-names.ts';
import {
  addDuration,
  dayOf,
  localDate,
  monthOf,
  weekdayOf,
  yearOf,
} from '../../../src/followup/calendar/local-date.ts';
import { parseLocalTime } from '../../../src/followup/calendar/local-time.ts';
import {
  NUMBER_WORDS,
  sayDate,
  sayDateTime,
  sayDay,
  sayDuration,
  sayEarliest,
  sayIn,
  sayLatest,
  sayNumber,
  sayOffset,
  sayTime,
  sayWeek,
  sayWeekday,
  sayWindow,
  WEEKDAY_NAMES,
} from '../../../src/followup/calendar/say.ts';
import { anyDay, date } from './dates.ts';

const ref = date('2026-03-10');
const time = parseLocalTime('10:30')!;

describe('in words', () => {
  it('a date, a time and both are as people write them', () => {
    expect(sayDate(date('2026-04-24'), ref)).toBe('fre 24 april');
    expect(sayTime(time)).toBe('kl. 10.30');
    expect(sayDateTime(date('2026-04-24'), time, ref)).toBe('fre 24 april kl. 10.30');
  });

  it('another year than the reader’s is named', () => {
    expect(sayDay(date('2027-01-05'), ref)).toBe('5 januari 2027');
    expect(sayWeek(date('2026-04-20'), ref)).toBe('vecka 17');
    expect(sayWeek(date('2027-01-04'), ref)).toBe('vecka 1 2027');
    expect(sayWeek(date('2027-01-01'), ref)).toBe('vecka 53');
  });

  it('bounds and windows name their days', () => {
    expect(sayLatest(date('2026-06-10'), ref)).toBe('senast 10 juni');
    expect(sayEarliest(date('2026-06-10'), ref)).toBe('tidigast 10 juni');
    expect(sayWindow(date('2026-04-01'), date('2026-05-05'), ref)).toBe('1 april–5 maj');
  });

  it.each([
    ['P3M', 'tre månader'],
    ['P6W', 'sex veckor'],
    ['P1M', 'en månad'],
    ['P1W', 'en vecka'],
    ['P1D', 'en dag'],
    ['P1Y', 'ett år'],
    ['P2Y', 'två år'],
    ['P12M', 'tolv månader'],
    ['P13M', '13 månader'],
    ['P90D', '90 dagar'],
    ['P1Y6M', 'ett år och sex månader'],
    ['P1Y2M3D', 'ett år, två månader och tre dagar'],
    ['-P1W', 'en vecka'],
    ['P0D', 'noll dagar'],
  ])('the duration %s is %s', (duration, words) => {
    expect(sayDuration(duration)).toBe(words);
  });

  it('a time ahead and a distance to another booking are told', () => {
    expect(sayIn('P6W')).toBe('om sex veckor');
    expect(sayOffset('-P1W')).toBe('en vecka innan');
    expect(sayOffset('P14D')).toBe('14 dagar efter');
  });

  it('what is no duration is refused', () => {
    expect(() => sayDuration('3M')).toThrow(/expected P3M/);
  });

  it('numbers up to twelve are words, larger ones digits', () => {
    expect([0, 1, 2, 12, 13, 100].map((number) => sayNumber(number))).toEqual([
      'noll',
      'en',
      'två',
      'tolv',
      '13',
      '100',
    ]);
    expect(sayNumber(1, 'ett')).toBe('ett');
  });

  it('weekdays and months are those of Intl', () => {
    const weekdayName = new Intl.DateTimeFormat('sv-SE', { weekday: 'long', timeZone: 'UTC' });
    const monthName = new Intl.DateTimeFormat('sv-SE', { month: 'long', timeZone: 'UTC' });
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(sayWeekday(weekdayOf(day))).toBe(weekdayName.format(Date.parse(day)));
        expect(MONTH_NAMES[monthOf(day) - 1]).toBe(monthName.format(Date.parse(day)));
      }),
    );
  });
});

describe('the way back from words', () => {
  it('leads from a said date to the date, its weekday included', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (day, reader) => {
        const [weekday, dayText, month, year = String(yearOf(reader))] = sayDate(day, reader).split(' ');
        const monthNumber = MONTH_NAMES.indexOf(month!) + 1;
        expect(localDate(Number(year), monthNumber, Number(dayText))).toBe(day);
        expect(WEEKDAY_NAMES[weekdayOf(day) - 1]!.startsWith(weekday!)).toBe(true);
        expect(Number(dayText)).toBe(dayOf(day));
      }),
    );
  });

  it('leads from a said duration to the same day', () => {
    const units = { dag: 'D', veck: 'W', måna: 'M', år: 'Y' };
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 120 }), fc.constantFrom('D', 'W', 'M'), (day, count, unit) => {
        const [number, name] = sayDuration(`P${count}${unit}`).split(' ');
        const word = NUMBER_WORDS.indexOf(number!);
        const letter = Object.entries(units).find(([start]) => name!.startsWith(start))![1];
        const back = `P${word >= 0 ? word : number}${letter}`;
        expect(addDuration(day, back)).toBe(addDuration(day, `P${count}${unit}`));
      }),
    );
  });
});
