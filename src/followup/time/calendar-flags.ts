import { type FollowUpTime, type PatientPreference, WEEKDAYS } from '../../contracts/followup.ts';
import { addDays, daysBetween, type LocalDate, parseLocalDate, weekdayOf } from '../calendar/local-date.ts';
import { dayKind, holidaysBetween, isWorkingDay, workingDaysBetween } from '../calendar/swedish-days.ts';
import type { FlagSeed } from '../grammar/values.ts';

/** In a longer window a free day or two leave room enough. */
const SHORT_WINDOW_DAYS = 10;

/** What the calendar has to say about a time: free days are told, never moved away from. */
export function calendarFlags(time: FollowUpTime, wishes: PatientPreference | undefined, ref: LocalDate): FlagSeed[] {
  const day = parseLocalDate(time.target ?? time.start?.slice(0, 10) ?? '');
  if (day) return dayFlags(day, wishes);
  const earliest = parseLocalDate(time.earliest ?? '');
  const latest = parseLocalDate(time.latest ?? '');
  if (!latest || !(earliest ?? time.kind === 'inom')) return [];
  return windowFlags(earliest ?? ref, latest);
}

function dayFlags(day: LocalDate, wishes: PatientPreference | undefined): FlagSeed[] {
  const flags: FlagSeed[] = [];
  const { kind } = dayKind(day);
  if (kind === 'roddag' || kind === 'afton') flags.push({ name: 'holiday_in_window', carried: day });
  else if (kind === 'helg') flags.push({ name: 'target_on_weekend', carried: day });
  else if (kind === 'klamdag') flags.push({ name: 'target_on_bridge_day', carried: day });
  const weekday = WEEKDAYS[weekdayOf(day) - 1]!;
  const isUnwanted =
    wishes?.not_weekdays?.includes(weekday) || wishes?.not_dates?.some(([from, to]) => from! <= day && day <= to!);
  if (isUnwanted) flags.push({ name: 'target_on_excluded_weekday', carried: day });
  return flags;
}

function windowFlags(earliest: LocalDate, latest: LocalDate): FlagSeed[] {
  if (daysBetween(earliest, latest) >= SHORT_WINDOW_DAYS) return [];
  const edges = new Set([earliest, latest]);
  const flags = [...edges]
    .filter(isWeekend)
    .map((date): FlagSeed => ({ name: 'window_touches_weekend', carried: date }));
  for (const { date } of holidaysBetween(earliest, latest)) flags.push({ name: 'holiday_in_window', carried: date });
  const workingDays = workingDaysBetween(earliest, addDays(latest, 1));
  if (workingDays <= 1 && flags.some(({ name }) => name === 'window_touches_weekend'))
    flags.push({ name: 'short_window_weekend' });
  return flags;
}

function isWeekend(day: LocalDate): boolean {
  return weekdayOf(day) >= 6 && !isWorkingDay(day);
}
