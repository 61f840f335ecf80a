import type { CalendarAppointment } from '../../contracts/appointments-api.ts';
import { type LocalDate, weekdayOf } from '../../followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../followup/calendar/local-time.ts';
import { sayDate, sayDay, sayWeek, sayWeekday, sayWindow } from '../../followup/calendar/say.ts';
import { sayClock } from '../booking/say-times.ts';
import { DAY_KIND_WORDS, STATE_WORDS, CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import { languageInWords } from '../messages/queue-fields.sv.ts';
import { sayWallTime } from './clinic-days.ts';
import { type Period, periodOf, type Shown } from './period.ts';
import type { CalendarDayView, Column, Place } from './places.ts';

/** Who comes; nobody's name with a protected identity. */
export function sayPatient({ patient }: CalendarAppointment): string {
  return patient.name ?? words.protectedName;
}

/** "08.00–08.30". */
export function saySpan({ day }: Column, { startMs, endMs }: Place): string {
  return `${sayWallTime(day, startMs)}–${sayWallTime(day, endMs)}`;
}

/** What stands at a place: on one line whose it is by family name first, since the line may be cut off. */
export function sayShort({ day }: Column, { startMs, isLent, appointment }: Place, size: 'line' | 'block'): string {
  const clock = sayWallTime(day, startMs);
  if (!appointment) return isLent ? `${clock} ${words.lentShort}` : clock;
  const { name, familyName } = appointment.patient;
  if (size === 'block' || name === null || familyName === null) return `${clock} ${sayPatient(appointment)}`;
  return `${clock} ${familyName}, ${name.slice(0, -familyName.length).trim()}`;
}

/** What stands below that where there is room. */
export function sayDetails(appointment: CalendarAppointment): string {
  return [appointment.visitType.name, ...marksOf(appointment)].join(', ');
}

/** A place in full, for those who hear it: first what stands there, as others see it. */
export function sayPlace(column: Column, place: Place, size: 'line' | 'block', today: LocalDate): string {
  const { resource, day } = column;
  const { appointment, isLent, endMs } = place;
  return [
    appointment && size === 'block'
      ? `${sayShort(column, place, size)} ${sayDetails(appointment)}`
      : sayShort(column, place, size),
    words.until(sayWallTime(day, endMs)),
    ...(appointment ? (size === 'line' ? [sayDetails(appointment)] : []) : [words.free]),
    ...(isLent && !appointment ? [words.lent] : []),
    sayDate(day.date, today),
    resource.name,
  ].join(', ');
}

/** What is to be known of an appointment beside who, what and when. */
export function marksOf({ state, reservedUntil, interpreterLanguage }: CalendarAppointment): string[] {
  const held = reservedUntil && words.heldUntil(sayClock(reservedUntil));
  return [
    ...(held ? [held] : state === 'booked' ? [] : [STATE_WORDS[state].toLocaleLowerCase('sv')]),
    ...(interpreterLanguage === null ? [] : [words.interpreter(languageInWords(interpreterLanguage))]),
  ];
}

/** "fre 24 april kl. 10.30, Elin Lind". */
export function sayWhenAndWho(
  { startsAt, performer }: { startsAt: Date; performer: { name: string } },
  today: LocalDate,
): string {
  const { date } = stockholmClockAt(+startsAt);
  return `${sayDate(date, today)} kl. ${sayClock(startsAt)}, ${performer.name}`;
}

/** What was moved and where to, itself the first. */
export function sayMoved(appointments: readonly CalendarAppointment[], today: LocalDate): string {
  return appointments
    .map((one, index) => `${index === 0 ? words.moved : one.visitType.name} till ${sayWhenAndWho(one, today)}.`)
    .join(' ');
}

/** "vecka 17, 20–26 april", "fredag 24 april, vecka 17". */
export function sayPeriod(shown: Pick<Shown, 'view' | 'date'>, today: LocalDate): string {
  const { first, last } = periodOf(shown);
  const week = sayWeek(first, today);
  if (first === last) return `${capital(sayWeekday(weekdayOf(first)))} ${sayDay(first, today)}, ${week}`;
  return `${capital(week)}, ${sayDays({ first, last }, today)}`;
}

function sayDays({ first, last }: Period, today: LocalDate): string {
  const isOneMonth = first.slice(0, 7) === last.slice(0, 7);
  return isOneMonth ? `${Number(first.slice(8))}–${sayDay(last, today)}` : sayWindow(first, last, today);
}

/** What kind of day it is where that is to be known: "långfredagen, röd dag". */
export function sayDayKind({ kind, name }: Pick<CalendarDayView, 'kind' | 'name'>): string {
  const kindWord = DAY_KIND_WORDS[kind];
  const isSaid = kindWord === '' || name?.toLocaleLowerCase('sv').includes(kindWord);
  return [...(name === null ? [] : [name]), ...(isSaid ? [] : [kindWord])].join(', ');
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase('sv') + text.slice(1);
}
