import { type LocalDate, parseLocalDate } from './local-date.ts';

declare const localTimeBrand: unique symbol;

/** A time of day without date or place, as 'HH:MM' from 00:00 to 23:59 (ISO 8601-1 5.3.1). */
export type LocalTime = string & { readonly [localTimeBrand]: true };

/**
 * Whether the clock shows a time once, never or twice on its day. In Sweden it jumps from 02:00 to 03:00 on the last
 * Sunday of March and goes back from 03:00 to 02:00 on the last Sunday of October, and 02:00-02:59 are those times.
 */
export type ClockCount = 'once' | 'skipped' | 'doubled';

export interface StockholmInstant {
  /** Milliseconds since 1970-01-01T00:00Z. */
  readonly instantMs: number;
  readonly clockCount: ClockCount;
}

const TIME_ZONE = 'Europe/Stockholm';
const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;

const stockholmClock = new Intl.DateTimeFormat('en-GB', {
  timeZone: TIME_ZONE,
  calendar: 'iso8601',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** @returns undefined unless the text is 'HH:MM' and there is such a time */
export function parseLocalTime(text: string): LocalTime | undefined {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  return match ? localTime(Number(match[1]), Number(match[2])) : undefined;
}

/**
 * @param hour 0 to 23
 * @param minute 0 to 59
 * @returns undefined for a time that does not exist
 */
export function localTime(hour: number, minute: number): LocalTime | undefined {
  if (!Number.isInteger(hour) || !Number.isInteger(minute)) return undefined;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return undefined;
  return `${twoDigits(hour)}:${twoDigits(minute)}` as LocalTime;
}

/** Minutes since midnight: 0 to 1439. */
export function minuteOfDay(time: LocalTime): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/**
 * The instant at which a Swedish clock shows a date and time. A skipped time becomes the one as long after the jump
 * (02:30 becomes 03:30), a doubled one its first or, when asked for, its second: the rule that Temporal calls
 * "compatible". Which of them it was is told, so that nobody is called to a time that is not there.
 */
export function stockholmInstant(
  date: LocalDate,
  time: LocalTime,
  ofDoubled: 'first' | 'second' = 'first',
): StockholmInstant {
  const wallMs = Date.parse(date) + minuteOfDay(time) * MS_PER_MINUTE;
  const before = offsetMs(wallMs - MS_PER_DAY);
  const after = offsetMs(wallMs + MS_PER_DAY);
  const showing = [...new Set([before, after])].filter((offset) => offsetMs(wallMs - offset) === offset);
  if (showing.length === 0) return { instantMs: wallMs - before, clockCount: 'skipped' };
  const offset = ofDoubled === 'first' ? showing[0]! : showing.at(-1)!;
  return { instantMs: wallMs - offset, clockCount: showing.length === 2 ? 'doubled' : 'once' };
}

/** What a Swedish calendar and clock show at an instant in milliseconds; begun minutes are cut off. */
export function stockholmClockAt(instantMs: number): { date: LocalDate; time: LocalTime } {
  const wall = new Date(instantMs + offsetMs(instantMs)).toISOString();
  return { date: parseLocalDate(wall.slice(0, 10))!, time: parseLocalTime(wall.slice(11, 16))! };
}

/** How far Swedish clocks are ahead of UTC at an instant: one hour, or two in summer. */
function offsetMs(instantMs: number): number {
  const parts = new Map(stockholmClock.formatToParts(instantMs).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name)!;
  const wallMs = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wallMs - Math.floor(instantMs / 1000) * 1000;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
