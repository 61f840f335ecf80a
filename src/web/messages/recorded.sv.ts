/** The words of the page of recorded dictations, and of a note that came from one. */
export const RECORDED_MESSAGES = {
  recordedTitle: 'Inspelade diktat – Taltid',
  heading: 'Inspelade diktat',

  uploadHeading: 'Skicka in en inspelning',
  uploadHint: 'Från diktafon eller telefon. Släpp ljudfilen här, eller välj den. Den skrivs ut på den här servern.',
  choose: 'Välj ljudfil',
  chooseOther: 'Välj en annan fil',
  oneFile: 'En inspelning i taget: varje diktat hör till en patient.',
  patient: 'Patient',
  searchPatient: 'Sök patient: namn eller personnummer',
  nobodyFound: 'Ingen patient på dina enheter börjar så.',
  author: 'Vem har dikterat?',
  searchAuthor: 'Sök den som har dikterat: namn',
  noAuthorFound: 'Ingen i vården på enheten heter så.',
  unit: 'Enhet',
  recordedAt: 'Inspelat',
  recordedAtHint: '”Om tre veckor” räknas från den dagen.',
  templates: (names: readonly string[]) =>
    `”Infoga mall” och namnet: dina mallar i den här webbläsaren följer med (${names.join(', ')}).`,
  send: 'Skicka in',
  abort: 'Avbryt',
  patientMissing: 'Välj patient.',
  authorMissing: 'Välj vem som har dikterat.',
  timeMissing: 'Skriv när det spelades in.',
  sending: (percent: number) => `Skickar, ${percent} procent`,
  sent: 'Inspelningen är mottagen. Följ den i listan nedan.',

  toCorrect: 'Att rätta',
  toCorrectHint: 'Läs igenom, rätta och lämna till författaren.',
  toSignHint: 'Läs igenom, rätta och signera.',
  atAuthor: 'Hos författaren för signering',
  underWay: 'Skrivs ut',
  failed: 'Gick inte att skriva ut',
  none: 'Inga inspelade diktat väntar. Skicka in en inspelning ovan, eller låt journalsystemet göra det.',
  loading: 'Hämtar diktaten …',
  moreExist: 'De senaste visas. Fler visas när några av dem är klara.',

  protectedIdentity: 'Skyddad identitet',
  recorded: (when: string) => `inspelat ${when}`,
  by: (name: string) => `av ${name}`,
  waits: 'Väntar på sin tur',
  begun: 'Lyssnar igenom',
  progress: (doneMinutes: string, totalMinutes: string) => `${doneMinutes} av ${totalMinutes} min utskrivet`,
  handedOver: (when: string) => `lämnat ${when}`,

  open: 'Öppna',
  openToCorrect: 'Öppna och rätta',
  openOwn: 'Öppna och signera',
  listen: 'Lyssna',
  stopListening: 'Dölj spelaren',
  player: 'Inspelningen',
  handOver: 'Lämna till författaren',
  handOverLong: 'Lämna till författaren för signering',
  retry: 'Försök igen',
  withdraw: 'Ta tillbaka',
  withdrawSure: 'Ta bort inspelningen och utkastet?',
  withdrawYes: 'Ta bort',
  withdrawNo: 'Behåll',

  handedOverNotice: (name: string) => `Lämnat till ${name} för signering.`,
  withdrawnNotice: 'Diktatet är borttaget.',
  retriedNotice: 'Diktatet skrivs ut igen.',

  notYours: 'Inspelade diktat är för vårdpersonal och administration.',
  recordedNote: 'Inspelat diktat',
  waitsForCorrection: 'Rättas innan det lämnas till författaren.',
  isHandedOver: 'Lämnat till författaren för signering.',
  noneToCorrect: 'Inget diktat väntar på att rättas.',
  playKey: 'F4 spelar och pausar. Alt+L spelar ordet vid markören.',
  back: 'Till listan över inspelade diktat',
} as const;

const ERRORS: Readonly<Record<string, string>> = {
  CONNECTION: 'Ingen kontakt med servern. Kontrollera att den är igång och försök igen.',
  AUDIO_EMPTY: 'Filen är tom. Välj en annan.',
  AUDIO_TOO_LARGE: 'Filen är för stor. Dela upp diktatet eller spara det som FLAC eller MP3.',
  RECORDINGS_FULL:
    'Servern har inte plats för fler inspelningar just nu. Försök igen om en stund, och säg till driften.',
  DISK_FULL: 'Serverns disk är full. Säg till driften, och försök sedan igen.',
  CONFLICT: 'Någon annan ändrade samma diktat. Listan visar hur det är nu.',
  STATE_NOT_ALLOWED: 'Det går inte längre: anteckningen är påbörjad eller signerad. Listan visar hur det är nu.',
  NOTE_CLOSED: 'Anteckningen är redan signerad.',
  ROLE_NOT_ALLOWED: 'Det gör den som skickade in diktatet, eller dess författare.',
  REQUEST_INVALID: 'Patient, författare eller tid stämmer inte. Kontrollera dem och försök igen.',
  NOT_SIGNED_IN: 'Du är inte inloggad längre. Ladda om sidan.',
  SOUND_GONE: 'Ljudet finns inte kvar.',
};

export function recordedError(code: string): string {
  return ERRORS[code] ?? `Något gick fel på servern (${code}). Försök igen.`;
}
