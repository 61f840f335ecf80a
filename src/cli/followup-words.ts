import { withSwedishLetters } from '../contracts/follow-up-words.ts';
import type { FollowUpRequest } from '../contracts/followup.ts';
import type { Route } from '../contracts/followup-flags.ts';

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

/** A name of the schema as people write it: "diabetessjuksköterska" for "diabetessjukskoterska". */
export function nameInWords(name: string): string {
  return withSwedishLetters(name.replace(/formiddag/, 'förmiddag').replace(/^svf$/, 'standardiserat vårdförlopp'));
}

/** A name, or "den som skrev", "samma som förut". */
export function practitionerInWords(practitioner: string): string {
  if (practitioner === '@author') return 'den som skrev';
  return practitioner === '@same' ? 'samma som förut' : practitioner;
}
