import {
  addDays,
  isoWeekOf,
  type LocalDate,
  localDate,
  mondayOfIsoWeek,
  parseLocalDate,
  yearOf,
} from '../../followup/calendar/local-date.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'] as const;
/** Who names no year means what is ahead, or was lately. */
const LOOKED_BACK_DAYS = 92;

type InYear = (year: number) => LocalDate | undefined;

/**
 * The day that somebody wants to see: "v 12" and "12" are the Monday of an ISO week, "mars" is the first of a month,
 * then "3/4", "3 april" and "2027-04-03", each with a year or without. Undefined for what is none of these.
 */
export function dayToGoTo(text: string, today: LocalDate): LocalDate | undefined {
  const wanted = text.trim().toLocaleLowerCase('sv');
  const iso = parseLocalDate(wanted);
  if (iso) return iso;
  if (/^i ?dag$/.test(wanted)) return today;
  const [, week, weekYear] = /^(?:v\.? ?|vecka )?(\d{1,2})(?:[ /-](\d{4}))?$/.exec(wanted) ?? [];
  if (week !== undefined) {
    return inYear(weekYear, isoWeekOf(today).year, today, (year) => mondayOfIsoWeek(year, Number(week)));
  }
  const [, numberDay, numberMonth, numberYear] = /^(\d{1,2})\/(\d{1,2})(?:[ /-](\d{4}))?$/.exec(wanted) ?? [];
  const [, nameDay = '1', name, nameYear] = /^(?:(\d{1,2}) )?(\p{L}{3,9})\.?(?: (\d{4}))?$/u.exec(wanted) ?? [];
  const month = numberMonth === undefined ? monthOf(name) : Number(numberMonth);
  const day = Number(numberDay ?? nameDay);
  return inYear(numberYear ?? nameYear, yearOf(today), today, (year) => localDate(year, month, day));
}

/** 1 to 12; 0 for what is no month. */
function monthOf(name: string | undefined): number {
  if (name === undefined) return 0;
  const whole = new Intl.DateTimeFormat('sv', { month: 'long', timeZone: 'UTC' });
  const isMonth = (short: string, month: number) =>
    name.startsWith(short) && whole.format(Date.UTC(2026, month, 1)).startsWith(name);
  return MONTHS.findIndex(isMonth) + 1;
}

function inYear(said: string | undefined, thisYear: number, today: LocalDate, dayIn: InYear): LocalDate | undefined {
  if (said !== undefined) return dayIn(Number(said));
  const earliest = addDays(today, -LOOKED_BACK_DAYS);
  const days = [thisYear - 1, thisYear, thisYear + 1].flatMap((year) => dayIn(year) ?? []);
  return days.find((day) => day >= earliest) ?? days.at(-1);
}
