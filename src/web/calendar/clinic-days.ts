import { addDays, type LocalDate } from '../../followup/calendar/local-date.ts';
import { localTime, minuteOfDay, stockholmClockAt, stockholmInstant } from '../../followup/calendar/local-time.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const MIDNIGHT = localTime(0, 0)!;

/** A day in Europe/Stockholm: 23, 24 or 25 hours long. */
export interface ClinicDay {
  readonly date: LocalDate;
  /** Milliseconds since 1970-01-01T00:00Z; the end is where the next day begins. */
  readonly startMs: number;
  readonly endMs: number;
}

export function clinicDay(date: LocalDate): ClinicDay {
  return {
    date,
    startMs: stockholmInstant(date, MIDNIGHT).instantMs,
    endMs: stockholmInstant(addDays(date, 1), MIDNIGHT).instantMs,
  };
}

/** Which way the clocks change on a day. */
export function clockChangeOf({ startMs, endMs }: ClinicDay): 'summer' | 'winter' | undefined {
  const lengthMs = endMs - startMs;
  if (lengthMs === DAY_MS) return undefined;
  return lengthMs < DAY_MS ? 'summer' : 'winter';
}

/** What the clock on the wall shows, in minutes since midnight. */
export function wallMinute(day: ClinicDay, instantMs: number): number {
  if (clockChangeOf(day) === undefined) return (instantMs - day.startMs) / MINUTE_MS;
  return minuteOfDay(stockholmClockAt(instantMs).time);
}

/** "08.30"; in the hour that the clock shows twice "02.30 sommartid" or "02.30 vintertid". */
export function sayWallTime(day: ClinicDay, instantMs: number): string {
  // Times are told to the minute, also one that began between two.
  const minute = Math.floor(wallMinute(day, instantMs));
  const clock = `${twoDigits(Math.floor(minute / 60))}.${twoDigits(minute % 60)}`;
  if (clockChangeOf(day) !== 'winter') return clock;
  const time = localTime(Math.floor(minute / 60), minute % 60)!;
  const first = stockholmInstant(day.date, time);
  if (first.clockCount !== 'doubled') return clock;
  return `${clock} ${first.instantMs === instantMs ? 'sommartid' : 'vintertid'}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
