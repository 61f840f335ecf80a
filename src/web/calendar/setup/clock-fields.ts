import { minuteOfDay, parseLocalTime } from '../../../followup/calendar/local-time.ts';

/** "08.30" for 510 minutes since midnight. */
export function sayMinute(minute: number): string {
  return toField(minute).replace(':', '.');
}

/** As a field for times of day takes it. */
export function toField(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

/** Minutes since midnight; undefined for what is no time of day. */
export function minuteOf(form: FormData, name: string): number | undefined {
  const time = parseLocalTime(String(form.get(name) ?? ''));
  return time && minuteOfDay(time);
}

/** What was written; null for nothing. */
export function textOf(form: FormData, name: string): string | null {
  return String(form.get(name) ?? '').trim() || null;
}
