import {
  addDays,
  daysBetween,
  type LocalDate,
  localDate,
  type Weekday,
  weekdayOf,
} from '../followup/calendar/local-date.ts';
import { localTime, minuteOfDay, stockholmClockAt, stockholmInstant } from '../followup/calendar/local-time.ts';
import { type DayKindName, dayKind } from '../followup/calendar/swedish-days.ts';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;
const EPOCH = localDate(1970, 1, 1)!;

/** A day of the clinic with all that the calendar asks of it. */
export interface CalendarDay {
  readonly date: LocalDate;
  /** Days since 1970-01-01. */
  readonly number: number;
  readonly weekday: Weekday;
  readonly kind: DayKindName;
  readonly isFree: boolean;
  readonly startMs: number;
  /** Where the next day begins: 23, 24 or 25 hours later. */
  readonly endMs: number;
}

const MIDNIGHT = localTime(0, 0)!;

/** The day of a date in Europe/Stockholm. */
function calendarDay(date: LocalDate): CalendarDay {
  const { kind, free } = dayKind(date);
  return {
    date,
    number: daysBetween(EPOCH, date),
    weekday: weekdayOf(date),
    kind,
    isFree: free,
    startMs: stockholmInstant(date, MIDNIGHT).instantMs,
    endMs: stockholmInstant(addDays(date, 1), MIDNIGHT).instantMs,
  };
}

/** Some years of days; then they are looked up anew. */
const MOST_DAYS = 4_000;
const known = new Map<LocalDate, CalendarDay>();

/** Days, each looked up once: searches ask for the same ones thousands of times, and a day stays what it is. */
export class CalendarDays {
  at(date: LocalDate): CalendarDay {
    const seen = known.get(date);
    if (seen !== undefined) return seen;
    if (known.size >= MOST_DAYS) known.clear();
    const day = calendarDay(date);
    known.set(date, day);
    return day;
  }

  /** From the first to the last, both included; none when the last is before the first. */
  between(first: LocalDate, last: LocalDate): CalendarDay[] {
    const days: CalendarDay[] = [];
    for (let date = first; date <= last; date = addDays(date, 1)) days.push(this.at(date));
    return days;
  }
}

/**
 * The instant at which the clock on the wall shows so many minutes since midnight, 0 to 1440. A time that the clock
 * jumps over is the one as long after the jump; one that it shows twice is the first.
 */
export function instantOn(day: CalendarDay, minute: number): number {
  if (minute === DAY_MINUTES) return day.endMs;
  if (day.endMs - day.startMs === DAY_MINUTES * MINUTE_MS) return day.startMs + minute * MINUTE_MS;
  return stockholmInstant(day.date, localTime(Math.floor(minute / 60), minute % 60)!).instantMs;
}

/** What the clock on the wall shows at an instant of a day, in minutes since midnight. */
export function wallMinute(day: CalendarDay, instantMs: number): number {
  if (day.endMs - day.startMs === DAY_MINUTES * MINUTE_MS) return (instantMs - day.startMs) / MINUTE_MS;
  return minuteOfDay(stockholmClockAt(instantMs).time);
}
