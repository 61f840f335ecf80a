/** Every word around a letter; the letter's own words are the unit's. */
export const LETTER_MESSAGES = {
  heading: 'Kallelse',
  show: 'Visa brevet',
  hide: 'Dölj brevet',
  print: 'Öppna för utskrift (PDF)',
  largePrint: 'Stor stil',
  loading: 'Hämtar brevet …',
  again: 'Försök igen',
  preview: 'Brevet som det går ut nu',
  checkHeading: 'Kontrollera förberedelserna',
  original: 'Sagt i anteckningen',
  plain: 'I brevet',
} as const;

export const LETTER_FAILURES: Readonly<Record<string, string>> = {
  CONNECTION: 'Servern svarar inte. Kontrollera nätet och försök igen.',
  STATE_NOT_ALLOWED:
    'Brevet går inte att skriva än: enheten saknar telefonnummer, eller uppgiften saknar både tid och måldatum.',
  REQUEST_INVALID: 'Namnet har ett tecken som brevets typsnitt inte kan skriva.',
};
export const OTHER_LETTER_FAILURE = 'Något gick fel på servern. Försök igen.';
