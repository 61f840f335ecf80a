import { withSwedishLetters } from '../../contracts/follow-up-words.ts';
import { sayDuration } from '../../followup/calendar/say.ts';

/** What staff call the fields of a request, in the order in which they are shown. */
export const FIELD_WORDS: Readonly<Record<string, string>> = {
  time: 'När',
  role: 'Kompetens',
  practitioner: 'Hos',
  unit: 'Enhet',
  service: 'Vad',
  to: 'Till',
  reason: 'Varför',
  analyses: 'Prover',
  prep: 'Förberedelser',
  prep_verbatim: 'Att säga till patienten',
  safety_verbatim: 'Säkerhet',
  needs: 'Behov',
  participants: 'Deltagare',
  responsible: 'Ansvarig',
  duration_min: 'Tid',
  priority: 'Prioritet',
  patient_pref: 'Patienten önskar',
  agreed_with_patient: 'Överenskommet',
  delivery: 'Leverans',
  booking_date: 'Bokad tid',
  before: 'Före',
  after: 'Efter',
  same_day: 'Samma dag som',
  alternative_to: 'I stället för',
  anchor: 'Räknas från',
  trigger: 'Väntar på',
  condition: 'Villkor',
  series: 'Serie',
};

export const YES = 'Ja';
export const NO = 'Nej';
export const minutesInWords = (minutes: number) => `${minutes} minuter`;

const DETAIL_WORDS: Readonly<Record<string, string>> = {
  formiddag: 'förmiddag',
  eftermiddag: 'eftermiddag',
  man: 'måndag',
  tis: 'tisdag',
  ons: 'onsdag',
  tor: 'torsdag',
  fre: 'fredag',
  lor: 'lördag',
  son: 'söndag',
  '@author': 'den som skrev',
  '@same': 'samma som förut',
  prov: 'prover',
  svf: 'standardiserat vårdförlopp',
};

const DETAIL_NAMES: Readonly<Record<string, (value: string) => string>> = {
  daypart: (value) => value,
  not_weekdays: (value) => `inte ${value}`,
  not_dates: (value) => `inte ${value}`,
  count: (value) => `${value} gånger`,
  interval: (value) => `med ${sayDuration(value)} emellan`,
  then_interval: (value) => `därefter med ${sayDuration(value)} emellan`,
  until: (value) => `till ${value}`,
  follows: (value) => `vid varje gång av ${value}`,
};

/** A part of a field that has several, as "inte måndag". */
export function partInWords(name: string, value: string): string {
  return DETAIL_NAMES[name]?.(value) ?? value;
}

/** A name of the schema as people write it: "diabetessjuksköterska" for "diabetessjukskoterska". */
export function nameInWords(name: string): string {
  const known = DETAIL_WORDS[name];
  if (known !== undefined) return known;
  const interpreter = /^tolk:(.+)$/.exec(name)?.[1];
  if (interpreter !== undefined) return `tolk (${languageInWords(interpreter)})`;
  return withSwedishLetters(name);
}

const languageNames = new Intl.DisplayNames(['sv'], { type: 'language', fallback: 'code' });

/** "persiska" for "fa"; the code itself for what is none. */
export function languageInWords(code: string): string {
  try {
    return languageNames.of(code) ?? code;
  } catch {
    return code;
  }
}
