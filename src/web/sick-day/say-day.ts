import type { SickDayView, SickDayVisitView } from '../../contracts/sick-day-api.ts';
import { parseLocalDate } from '../../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { sayDate } from '../../followup/calendar/say.ts';
import { SICK_DAY_MESSAGES as words } from '../messages/sick-day.sv.ts';

export function today(): string {
  return stockholmClockAt(Date.now()).date;
}

/** "tis 10 mars", "tis 10 mars – fre 13 mars". */
export function sayDays({ firstDay, lastDay }: Pick<SickDayView, 'firstDay' | 'lastDay'>): string {
  return firstDay === lastDay ? sayOne(firstDay) : `${sayOne(firstDay)} – ${sayOne(lastDay)}`;
}

export function sayOne(day: string): string {
  return sayDate(parseLocalDate(day)!, parseLocalDate(today())!);
}

export function patientName({ appointment: { patient } }: SickDayVisitView): string {
  return patient.name ?? words.protectedIdentity;
}
