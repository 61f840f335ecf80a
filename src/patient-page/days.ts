import type { PatientLanguage } from '../contracts/patient-page.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';

const STOCKHOLM = 'Europe/Stockholm';
const LOCALES: Readonly<Record<PatientLanguage, string>> = { sv: 'sv-SE', en: 'en-GB' };
const DAY = { timeZone: STOCKHOLM, weekday: 'long', day: 'numeric', month: 'long' } as const;

/** "tisdag 5 januari", with its year where that is another than now: "tisdag 5 januari 2027". */
export function dayInWords(at: Date, language: PatientLanguage, nowMs: number): string {
  const isThisYear = yearOf(at.getTime()) === yearOf(nowMs);
  const form = new Intl.DateTimeFormat(LOCALES[language], isThisYear ? DAY : { ...DAY, year: 'numeric' });
  // English puts a comma after the weekday in some versions of its tables.
  return form.format(at).replaceAll(',', '');
}

/** "kl. 10.30", "at 10:30": by the clock in Sweden. */
export function clockInWords(at: Date, language: PatientLanguage): string {
  const { time } = stockholmClockAt(at.getTime());
  return language === 'sv' ? `kl.\u00a0${time.replace(':', '.')}` : `at\u00a0${time}`;
}

/** "tisdag 5 januari kl. 10.30". */
export function timeInWords(at: Date, language: PatientLanguage, nowMs: number): string {
  return `${dayInWords(at, language, nowMs)} ${clockInWords(at, language)}`;
}

/** Of an ISO date: "5 januari", with its year where that is another than now. */
export function dateInWords(date: string, language: PatientLanguage, nowMs: number): string {
  return dayInWords(new Date(`${date}T12:00:00Z`), language, nowMs);
}

/** "1 timme och 30 minuter", "1 hour and 30 minutes". */
export function lengthInWords(minutes: number, language: PatientLanguage): string {
  const parts = [
    { count: Math.floor(minutes / 60), ...UNITS[language].hours },
    { count: minutes % 60, ...UNITS[language].minutes },
  ];
  return parts
    .filter(({ count }) => count > 0)
    .map(({ count, one, many }) => `${count} ${count === 1 ? one : many}`)
    .join(language === 'sv' ? ' och ' : ' and ');
}

const UNITS = {
  sv: { hours: { one: 'timme', many: 'timmar' }, minutes: { one: 'minut', many: 'minuter' } },
  en: { hours: { one: 'hour', many: 'hours' }, minutes: { one: 'minute', many: 'minutes' } },
} as const;

function yearOf(instantMs: number): string {
  return stockholmClockAt(instantMs).date.slice(0, 4);
}
