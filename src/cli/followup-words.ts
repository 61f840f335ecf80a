import type { FollowUpRequest, RequestType } from '../contracts/followup.ts';
import type { Route } from '../contracts/followup-flags.ts';

/** What staff call each kind of request. */
export const TYPE_WORDS: Readonly<Record<RequestType, string>> = {
  aterbesok: 'Återbesök',
  nybesok: 'Nybesök',
  telefon: 'Telefontid',
  video: 'Videobesök',
  hembesok: 'Hembesök',
  provtagning: 'Provtagning',
  undersokning: 'Undersökning',
  rontgen: 'Röntgen',
  vaccination: 'Vaccination',
  remiss: 'Remiss',
  brev: 'Brev',
  mote: 'Möte',
  ombokning: 'Ombokning',
  avbokning: 'Avbokning',
};

/** What a route asks of whom. */
export const ROUTE_WORDS: Readonly<Record<Route, string>> = {
  clinician: 'FRÅGA DEN SOM SKREV',
  hold: 'VÄNTAR PÅ EN HÄNDELSE',
  review: 'ATT KONTROLLERA',
  auto: 'KLAR ATT BOKA',
  none: 'INGET ATT BOKA',
};

export const WEEKDAY_WORDS = {
  man: 'måndag',
  tis: 'tisdag',
  ons: 'onsdag',
  tor: 'torsdag',
  fre: 'fredag',
  lor: 'lördag',
  son: 'söndag',
} as const satisfies Record<NonNullable<NonNullable<FollowUpRequest['patient_pref']>['weekdays']>[number], string>;

/** Swedish letters for the names of the schema, which has none. */
const LETTERS: readonly (readonly [RegExp, string])[] = [
  [/lakare/, 'läkare'],
  [/skoterska/, 'sköterska'],
  [/^astma_kol_/, 'astma-KOL-'],
  [/^at_/, 'AT-'],
  [/^st_/, 'ST-'],
  [/^hjart/, 'hjärt'],
  [/^sarsj/, 'sårsj'],
  [/ingenjor/, 'ingenjör'],
  [/vardkontakt/, 'vårdkontakt'],
  [/vardnadshavare/, 'vårdnadshavare'],
  [/formiddag/, 'förmiddag'],
  [/^svf$/, 'standardiserat vårdförlopp'],
  [/_/g, ' '],
];

/** A name of the schema as people write it: "diabetessjuksköterska" for "diabetessjukskoterska". */
export function nameInWords(name: string): string {
  return LETTERS.reduce((words, [ascii, swedish]) => words.replace(ascii, swedish), name);
}

/** A name, or "den som skrev", "samma som förut". */
export function practitionerInWords(practitioner: string): string {
  if (practitioner === '@author') return 'den som skrev';
  return practitioner === '@same' ? 'samma som förut' : practitioner;
}
