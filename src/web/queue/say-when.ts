import { daysBetween, type LocalDate, parseLocalDate } from '../../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { sayDate, sayDuration, sayTime, sayWeek } from '../../followup/calendar/say.ts';

const WEEK_DAYS = 7;
const MONTH_DAYS = 30.44;
const DAYS_UNTIL_WEEKS = 14;
const DAYS_UNTIL_MONTHS = 70;
const DAYS_UNTIL_YEARS = 700;

/** "om sex veckor", "i morgon", "för tre dagar sedan". */
export function sayDistance(day: string, today: string): string {
  const days = daysBetween(known(today), known(day));
  if (days === 0) return 'i dag';
  if (days === 1) return 'i morgon';
  if (days === -1) return 'i går';
  const duration = sayDuration(about(Math.abs(days)));
  return days > 0 ? `om ${duration}` : `för ${duration} sedan`;
}

function about(days: number): string {
  if (days < DAYS_UNTIL_WEEKS) return `P${days}D`;
  if (days < DAYS_UNTIL_MONTHS) return `P${Math.round(days / WEEK_DAYS)}W`;
  if (days < DAYS_UNTIL_YEARS) return `P${Math.round(days / MONTH_DAYS)}M`;
  return `P${Math.round(days / (12 * MONTH_DAYS))}Y`;
}

/** "fre 24 april". */
export function sayDay(day: string, today: string): string {
  return sayDate(known(day), known(today));
}

/** "fre 24 april, om sex veckor". */
export function sayDayAndDistance(day: string, today: string): string {
  return `${sayDay(day, today)}, ${sayDistance(day, today)}`;
}

/** "vecka 17". */
export function sayIsoWeek(day: string, today: string): string {
  return sayWeek(known(day), known(today));
}

/** "kl. 10.32" for a time of today, "tis 10 mars kl. 10.32" for another. */
export function sayInstant(at: Date, today: string): string {
  const { date, time } = stockholmClockAt(at.getTime());
  return date === today ? sayTime(time) : `${sayDate(date, known(today))} ${sayTime(time)}`;
}

/** "10.32" for a time of today, "tis 10 mars 10.32" for another. */
export function sayClock(at: Date, today: string): string {
  return sayInstant(at, today).replace('kl. ', '');
}

/** Days between two days, negative backwards. */
export function daysFromTo(from: string, to: string): number {
  return daysBetween(known(from), known(to));
}

/** Days come from the server, which made them. */
function known(day: string): LocalDate {
  return parseLocalDate(day)!;
}
