import ical, { ICalEventBusyStatus } from 'ical-generator';
import type { PatientLanguage } from '../contracts/patient-page.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { PatientVisit, UnitContact } from './times.ts';

const STOCKHOLM = 'Europe/Stockholm';

/** The rule of the European Union since 1996, as RFC 5545 writes it. */
const STOCKHOLM_RULES = `BEGIN:VTIMEZONE
TZID:${STOCKHOLM}
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE`.replaceAll('\n', '\r\n');

const SUMMARIES: Readonly<Record<PatientLanguage, { at: string; untold: string }>> = {
  sv: { at: 'Tid', untold: 'Bokad tid' },
  en: { at: 'Appointment', untold: 'Appointment' },
};

/**
 * A visit as a file for the patient's own calendar, which others may see: when and at which clinic, not what for. With a
 * protected identity, when alone.
 */
export function calendarFile(
  { id, version, startsAt, endsAt, told }: PatientVisit,
  unit: UnitContact,
  { language, now }: { readonly language: PatientLanguage; readonly now: Date },
): string {
  const words = SUMMARIES[language];
  const isTold = told !== null && unit.name !== null;
  const calendar = ical({
    prodId: { company: 'Taltid', product: 'Min tid', language: language.toUpperCase() },
    // Of the events alone: a file with a zone of its own would stamp itself by that clock, which the form forbids.
    timezone: { name: null, generator: () => STOCKHOLM_RULES },
  });
  calendar.createEvent({
    id,
    // A later file of the same visit takes the place of an earlier one.
    sequence: version,
    stamp: now,
    timezone: STOCKHOLM,
    start: wallClock(startsAt),
    end: wallClock(endsAt),
    summary: isTold ? `${words.at}: ${unit.name}` : words.untold,
    ...(isTold && { location: [unit.name, ...unit.addressLines].join(', ') }),
    ...(isTold && unit.phone !== null && { description: unit.phone }),
    busystatus: ICalEventBusyStatus.BUSY,
  });
  return calendar.toString();
}

/** What the clock in Sweden shows, as a time of this process's own zone: the library writes that one's parts. */
function wallClock(at: Date): Date {
  const { date, time } = stockholmClockAt(at.getTime());
  return new Date(`${date}T${time}:00`);
}
