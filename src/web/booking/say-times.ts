import { parseLocalDate } from '../../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { sayDate } from '../../followup/calendar/say.ts';

/** "tis 21 april kl. 08.00–08.30". */
export function sayTimeSpan({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }, today: string): string {
  const { date } = stockholmClockAt(startsAt.getTime());
  return `${sayDate(date, parseLocalDate(today)!)} kl. ${sayClock(startsAt)}–${sayClock(endsAt)}`;
}

/** "tis 21 april". */
export function sayDay(at: Date, today: string): string {
  return sayDate(stockholmClockAt(at.getTime()).date, parseLocalDate(today)!);
}

/** "08.30". */
export function sayClock(at: Date): string {
  return stockholmClockAt(at.getTime()).time.replace(':', '.');
}
