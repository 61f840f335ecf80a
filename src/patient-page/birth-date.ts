import { parseLocalDate } from '../followup/calendar/local-date.ts';

/** Nobody is older than that. */
const OLDEST_YEARS = 130;

/**
 * The days that a birth date can mean as people write it: 1975-03-04, 19750304, 750304, with spaces, dots or slashes, or
 * as the beginning of a whole personal number. Two digits of a year can be of any century that somebody alive on `today`
 * (YYYY-MM-DD) was born in, the latest first: 240304 is a child of two as well as somebody of a hundred and two. None for
 * what is no day that has been.
 */
export function readBirthDates(text: string, today: string): string[] {
  const match = /^(\d{2})?(\d{2})(\d{2})(\d{2})(?:\d{4})?$/.exec(text.replaceAll(/[\s\u00a0./–-]/g, ''));
  if (!match) return [];
  const [, century, year, month, day] = match;
  const thisYear = Number(today.slice(0, 4));
  const latest = Math.floor(thisYear / 100);
  const centuries = century === undefined ? [latest, latest - 1, latest - 2] : [Number(century)];
  return centuries
    .map((one) => `${one}${year}-${month}-${day}`)
    .filter((date) => parseLocalDate(date) !== undefined && date <= today)
    .filter((date) => century !== undefined || thisYear - Number(date.slice(0, 4)) <= OLDEST_YEARS);
}
