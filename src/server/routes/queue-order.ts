import { addDays, type LocalDate } from '../../followup/calendar/local-date.ts';
import { addWorkingDays, nextWorkingDay } from '../../followup/calendar/swedish-days.ts';
import type { SlackScale } from '../../storage/repositories/queue-lanes.ts';

/** About a year back and two ahead: måldatum beyond that are ordered by their days alone. */
const WORKING_DAYS = { before: 250, after: 500 } as const;

let known: { today: LocalDate; scale: SlackScale } | undefined;

/** The days on which slack counted from a day grows by one. */
export function slackScale(today: LocalDate): SlackScale {
  if (known?.today === today) return known.scale;
  const days: string[] = [];
  let day = addWorkingDays(today, -WORKING_DAYS.before);
  for (let count = 0; count < WORKING_DAYS.before + WORKING_DAYS.after; count += 1) {
    days.push(addDays(day, 1));
    day = nextWorkingDay(day);
  }
  const scale = { days, before: WORKING_DAYS.before };
  known = { today, scale };
  return scale;
}
