import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  localTime,
  minuteOfDay,
  parseLocalTime,
  stockholmClockAt,
  stockholmInstant,
} from '../../../src/followup/calendar/local-time.ts';
import { anyDay, date } from './dates.ts';

const MS_PER_MINUTE = 60_000;
const anyMinute = fc.nat(1439);
const timeAt = (minute: number) => localTime(Math.floor(minute / 60), minute % 60)!;

function instantOf(day: string, time: string, ofDoubled?: 'first' | 'second') {
  const { instantMs, clockCount } = stockholmInstant(date(day), parseLocalTime(time)!, ofDoubled);
  return [new Date(instantMs).toISOString().slice(0, 16), clockCount];
}

describe('a time of day', () => {
  it('is read back from its text and its minute, every one', () => {
    for (let minute = 0; minute < 1440; minute++) {
      expect(parseLocalTime(timeAt(minute))).toBe(timeAt(minute));
      expect(minuteOfDay(timeAt(minute))).toBe(minute);
    }
  });

  it.each(['24:00', '12:60', '9:00', '09.00', '09:00:00', ''])('that does not exist is refused: %j', (text) => {
    expect(parseLocalTime(text)).toBeUndefined();
  });
});

describe('a Swedish clock', () => {
  it('is one hour ahead of UTC in winter and two in summer', () => {
    expect(instantOf('2026-01-15', '14:30')).toEqual(['2026-01-15T13:30', 'once']);
    expect(instantOf('2026-07-15', '14:30')).toEqual(['2026-07-15T12:30', 'once']);
  });

  it('skips from 02:00 to 03:00 on the last Sunday of March: a time between moves as far past the jump', () => {
    expect(instantOf('2026-03-29', '01:59')).toEqual(['2026-03-29T00:59', 'once']);
    expect(instantOf('2026-03-29', '02:00')).toEqual(['2026-03-29T01:00', 'skipped']);
    expect(instantOf('2026-03-29', '02:30')).toEqual(['2026-03-29T01:30', 'skipped']);
    expect(instantOf('2026-03-29', '03:00')).toEqual(['2026-03-29T01:00', 'once']);
    expect(stockholmClockAt(Date.UTC(2026, 2, 29, 1, 30))).toEqual({ date: '2026-03-29', time: '03:30' });
  });

  it('shows 02:00 to 02:59 twice on the last Sunday of October: the first unless the second is asked for', () => {
    expect(instantOf('2026-10-25', '01:59')).toEqual(['2026-10-24T23:59', 'once']);
    expect(instantOf('2026-10-25', '02:30')).toEqual(['2026-10-25T00:30', 'doubled']);
    expect(instantOf('2026-10-25', '02:30', 'second')).toEqual(['2026-10-25T01:30', 'doubled']);
    expect(instantOf('2026-10-25', '03:00')).toEqual(['2026-10-25T02:00', 'once']);
    for (const hour of [0, 1]) {
      const shown = stockholmClockAt(Date.UTC(2026, 9, 25, hour, 30));
      expect(shown).toEqual({ date: '2026-10-25', time: '02:30' });
    }
  });

  it('leads back to the date and time it was asked for, unless they were skipped', () => {
    fc.assert(
      fc.property(anyDay, anyMinute, fc.constantFrom('first', 'second'), (day, minute, ofDoubled) => {
        const { instantMs, clockCount } = stockholmInstant(day, timeAt(minute), ofDoubled);
        const shown = stockholmClockAt(instantMs);
        if (clockCount === 'skipped') expect(minuteOfDay(shown.time)).toBe(minute + 60);
        else expect(shown).toEqual({ date: day, time: timeAt(minute) });
      }),
    );
  });

  it('leads back to the minute it was read at, one of the two when doubled', () => {
    fc.assert(
      fc.property(anyDay, anyMinute, fc.nat(MS_PER_MINUTE - 1), (day, minute, restMs) => {
        const minuteMs = Date.parse(day) + minute * MS_PER_MINUTE;
        const shown = stockholmClockAt(minuteMs + restMs);
        const ways = (['first', 'second'] as const).map((which) => stockholmInstant(shown.date, shown.time, which));
        expect(ways.map(({ instantMs }) => instantMs)).toContain(minuteMs);
      }),
    );
  });

  it('agrees with what Intl writes for Sweden', () => {
    const swedish = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Stockholm',
      dateStyle: 'short',
      timeStyle: 'short',
    });
    fc.assert(
      fc.property(anyDay, anyMinute, (day, minute) => {
        const instantMs = Date.parse(day) + minute * MS_PER_MINUTE;
        const shown = stockholmClockAt(instantMs);
        expect(`${shown.date} ${shown.time}`).toBe(swedish.format(instantMs));
      }),
    );
  });

  it('has 23, 24 or 25 hours in a day, and the odd ones once a year each', () => {
    const hoursOn = (day: string) => {
      const midnight = parseLocalTime('00:00')!;
      const start = stockholmInstant(date(day), midnight).instantMs;
      const dayAfter = new Date(Date.parse(day) + 24 * 60 * MS_PER_MINUTE).toISOString().slice(0, 10);
      return (stockholmInstant(date(dayAfter), midnight).instantMs - start) / (60 * MS_PER_MINUTE);
    };
    const days = Array.from({ length: 365 }, (_, index) =>
      new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
    );
    const odd = days.map((day) => [day, hoursOn(day)]).filter(([, hours]) => hours !== 24);
    expect(odd).toEqual([
      ['2026-03-29', 23],
      ['2026-10-25', 25],
    ]);
  });
});
