import { type LocalDate, parseLocalDate } from '../../followup/calendar/local-date.ts';
import { sayDate } from '../../followup/calendar/say.ts';
import { CALENDAR_MESSAGES as words } from '../messages/calendar.sv.ts';
import { clinicDay, clockChangeOf } from './clinic-days.ts';
import { capital, sayDayKind } from './place-words.ts';
import type { CalendarDayView } from './places.ts';

/** A day over its column: "Fre 24 april". */
export function DayHead({ day, today }: { day: CalendarDayView; today: LocalDate }) {
  return (
    <th scope="col" className="day" data-kind={day.kind} aria-current={day.date === today ? 'date' : undefined}>
      <span className="date">{capital(sayDate(parseLocalDate(day.date)!, today))}</span>
      {day.date === today && <span className="day-note">{words.today}</span>}
      <DayNotes day={day} />
    </th>
  );
}

/** What is to be known of a day: its feast, that it is a klämdag, that the clocks change. */
export function DayNotes({ day }: { day: CalendarDayView }) {
  const kind = sayDayKind(day);
  const change = clockChangeOf(clinicDay(parseLocalDate(day.date)!));
  return (
    <>
      {kind !== '' && <span className="day-note kind">{capital(kind)}</span>}
      {change && <span className="day-note">{words[change]}</span>}
    </>
  );
}
