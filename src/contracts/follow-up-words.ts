import type { RequestType } from './followup.ts';

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
  [/_/g, ' '],
];

/** A role or need of the schema as people write it: "diabetessjuksköterska" for "diabetessjukskoterska". */
export function withSwedishLetters(name: string): string {
  return LETTERS.reduce((words, [ascii, swedish]) => words.replace(ascii, swedish), name);
}
