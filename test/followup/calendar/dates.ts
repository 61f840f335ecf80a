import fc from 'fast-check';
import { addDays, type LocalDate, parseLocalDate } from '../../../src/followup/calendar/local-date.ts';

/** A date that the test knows to exist. */
export function date(text: string): LocalDate {
  const parsed = parseLocalDate(text);
  if (!parsed) throw new Error(`expected a date; got ${text}`);
  return parsed;
}

const FIRST_DAY = date('1990-01-01');
const DAYS_1990_TO_2060 = 25_933;

export const everyDay = Array.from({ length: DAYS_1990_TO_2060 }, (_, days) => addDays(FIRST_DAY, days));

export const anyDay = fc.integer({ min: 0, max: DAYS_1990_TO_2060 - 1 }).map((days) => addDays(FIRST_DAY, days));

/** From 2005 the table of holidays is that of the law as it is now. */
export const anyPlanningDay = anyDay.filter((day) => day >= '2005-01-01');
