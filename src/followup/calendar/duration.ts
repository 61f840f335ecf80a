import { AppError } from '../../contracts/errors.ts';

/** A calendar duration in whole units; one sign holds for all of them. */
export interface CalendarDuration {
  readonly sign: 1 | -1;
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
}

// Few digits: no slip of the tongue leads outside the calendar, or to a window of which the holidays take seconds.
const DURATION = /^(-?)P(?=\d)(?:(\d{1,2})Y)?(?:(\d{1,3})M)?(?:(\d{1,3})W)?(?:(\d{1,4})D)?$/;

/**
 * A duration of years, months, weeks and days: P3M, P2W, P1Y, P10D, P1Y6M, -P1W.
 *
 * Source: ISO 8601-1 5.5.2, with weeks beside the other units and a leading sign as ISO 8601-2 allows.
 *
 * @returns undefined for anything else: times of day, fractions, and more than 99 years, 999 months or weeks or 9999
 *   days
 */
export function parseDuration(text: string): CalendarDuration | undefined {
  const match = DURATION.exec(text);
  if (!match) return undefined;
  const [, sign, years, months, weeks, days] = match;
  return {
    sign: sign === '-' ? -1 : 1,
    years: Number(years ?? 0),
    months: Number(months ?? 0),
    weeks: Number(weeks ?? 0),
    days: Number(days ?? 0),
  };
}

/**
 * The same for text that our own code wrote.
 *
 * @throws AppError INTERNAL for what is no duration
 */
export function requireDuration(text: string): CalendarDuration {
  const duration = parseDuration(text);
  if (!duration) throw new AppError('INTERNAL', 'not a duration', { expected: 'P3M, P2W, -P1W or alike', got: text });
  return duration;
}
