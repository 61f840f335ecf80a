import type { PatientPreference, WEEKDAYS } from '../../contracts/followup.ts';
import { languageInWords } from './queue-fields.sv.ts';

/** Every word about what a patient wishes of times. */
export const WISHES_MESSAGES = {
  heading: 'Patientens önskemål',
  none: 'Inga önskemål om tider.',
  fromNote: 'Ur anteckningen',
  fromPhone: (by: string, at: string) => `Sagt på telefon, antecknat av ${by} ${at}`,
  write: 'Skriv ner önskemål …',
  change: 'Ändra önskemålen …',
  backToNote: 'Gå tillbaka till anteckningens',
  saved: 'Önskemålen är sparade. Förslagen följer dem.',
  forgotten: 'Anteckningens önskemål gäller igen.',

  formHeading: 'Vad patienten önskar',
  formHint: 'Gäller alla besök som hör ihop, i stället för det som står i anteckningen.',
  daypart: 'Tid på dagen',
  anyTime: 'Spelar ingen roll',
  weekdays: 'Helst dessa dagar',
  notWeekdays: 'Inte dessa dagar',
  away: 'Kan inte komma',
  awayFrom: 'Från',
  awayTo: 'Till och med',
  addAway: 'Lägg till dagar',
  removeAway: (span: string) => `Ta bort ${span}`,
  interpreter: 'Tolk',
  noInterpreter: 'Ingen tolk',
  interpreterBooked: 'Tolken är bokad med tiden. Avboka tiden för att ändra.',
  note: 'Annat som patienten sa',
  save: 'Spara',

  earlierWanted: (visit: string, notBefore: string | null) =>
    notBefore === null
      ? `Vill ha en tidigare tid än ${visit}.`
      : `Vill ha en tidigare tid än ${visit}, tidigast ${notBefore}.`,
  askedByPatient: (at: string) => `Från patientens egen sida, ${at}`,
  askedByStaff: (by: string, at: string) => `Sagt på telefon, antecknat av ${by} ${at}`,
  staff: 'personalen',
  wantEarlierTime: 'Vill ha en tidigare tid',
  wantEarlier: (visit: string) => `Vill ha tidigare tid än ${visit}`,
  noEarlier: 'Vill inte längre ha tidigare tid',
  earlierSaved: 'Tider som blir lediga erbjuds patienten.',
  earlierEnded: 'Patienten erbjuds inga tidigare tider längre.',
} as const;

export const DAYPARTS: Readonly<Record<NonNullable<PatientPreference['daypart']>, string>> = {
  formiddag: 'Förmiddag',
  eftermiddag: 'Eftermiddag',
};

type Weekday = (typeof WEEKDAYS)[number];
export const WEEKDAY_NAMES: Readonly<Record<Weekday, string>> = {
  man: 'måndag',
  tis: 'tisdag',
  ons: 'onsdag',
  tor: 'torsdag',
  fre: 'fredag',
  lor: 'lördag',
  son: 'söndag',
};

/** A sentence for each wish; days as the page writes them. */
export function wishesInWords(
  { daypart, weekdays = [], not_weekdays: unwanted = [], not_dates: away = [] }: PatientPreference,
  sayDay: (day: string) => string,
): string[] {
  return [
    ...(daypart === undefined ? [] : [`Helst ${DAYPARTS[daypart].toLocaleLowerCase('sv')}`]),
    ...(weekdays.length === 0 ? [] : [`Helst ${list(weekdays)}`]),
    ...(unwanted.length === 0 ? [] : [`Inte ${list(unwanted)}`]),
    ...away.map(([from = '', to = from]) => `Kan inte ${spanInWords(from, to, sayDay)}`),
  ];
}

/** "tor 3 december" or "tor 3 december–fre 4 december". */
export function spanInWords(from: string, to: string, sayDay: (day: string) => string): string {
  return from === to ? sayDay(from) : `${sayDay(from)}–${sayDay(to)}`;
}

/** Languages that interpreters are asked for in, by ISO 639-1; with one that is not among them. */
export function interpreterChoices(present: string | null): { readonly code: string; readonly name: string }[] {
  const codes = new Set([...INTERPRETED, ...(present === null ? [] : [present])]);
  return [...codes]
    .map((code) => ({ code, name: languageInWords(code) }))
    .sort((one, other) => one.name.localeCompare(other.name, 'sv'));
}

const INTERPRETED = 'ar so fa ti ps ku tr pl ru uk es en fr de fi sq bs hr sr th vi zh am bg ro hu el it pt'.split(' ');

function list(days: readonly Weekday[]): string {
  return new Intl.ListFormat('sv').format(days.map((day) => `${WEEKDAY_NAMES[day]}ar`));
}

export function wishesFailure(code: string): string {
  switch (code) {
    case 'CONNECTION':
      return 'Servern svarar inte. Kontrollera nätet och försök igen.';
    case 'CONFLICT':
    case 'PRECONDITION_FAILED':
      return 'Uppgiften har ändrats av någon annan. Stäng, se efter och försök igen.';
    case 'STATE_NOT_ALLOWED':
      return 'Det går inte i det läge som uppgiften har nu.';
    case 'REQUEST_INVALID':
      return 'Något datum stämmer inte. Den första dagen kan inte ligga efter den sista.';
    default:
      return 'Något gick fel på servern. Försök igen.';
  }
}
