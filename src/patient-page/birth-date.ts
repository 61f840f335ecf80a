import { parseLocalDate } from '../followup/calendar/local-date.ts';

const CENTURY_YEARS = 100;

/**
 * A birth date as people write it: 1975-03-04, 19750304, 750304, with spaces, dots or slashes, or as the beginning of a
 * whole personal number. Two digits of a year are of somebody under 100 years on `today` (YYYY-MM-DD). Undefined for
 * what is no day that has been.
 */
export function readBirthDate(text: string, today: string): string | undefined {
  const match = /^(\d{2})?(\d{2})(\d{2})(\d{2})(?:\d{4})?$/.exec(text.replaceAll(/[\s\u00a0./–-]/g, ''));
  if (!match) return undefined;
  const [, century, year = '', month, day] = match;
  const thisYear = Number(today.slice(0, 4));
  const young = Math.floor(thisYear / CENTURY_YEARS) * CENTURY_YEARS + Number(year);
  const fullYear = century === undefined ? readYoung(`${young}`, `${month}-${day}`, today) : century + year;
  const date = `${fullYear}-${month}-${day}`;
  return parseLocalDate(date) !== undefined && date <= today ? date : undefined;
}

/** The year of this century, or the one before it where that day is still to come. */
function readYoung(year: string, monthAndDay: string, today: string): string {
  return `${year}-${monthAndDay}` <= today ? year : String(Number(year) - CENTURY_YEARS);
}
