import type { AccountRole } from '../../contracts/clinic.ts';

/** The words of the head that signed-in pages share. */
export const SHELL_MESSAGES = {
  pages: 'Sidor',
  demo: 'Demo',
  demoHint: 'Alla patienter är påhittade.',
  signOut: 'Logga ut',
  loading: 'Hämtar …',
  toDictation: 'Diktera',
  toRecorded: 'Inspelat',
  toQueue: 'Bokning',
  toCalendar: 'Tidbok',
  toSickDays: 'Sjukdag',
  toExchange: 'Import',
  toLog: 'Logg',
  toLetterTexts: 'Brevtexter',
  toOperations: 'Drift',
  toVocabulary: 'Ordlista',
  toFiles: 'Ljudfiler',
  tryAgain: 'Försök igen',
  abort: 'Avbryt',
  close: 'Stäng',
  undo: 'Ångra',
  showKeys: 'Kortkommandon (?)',
  keysHeading: 'Kortkommandon',
  keyUndo: 'Ångra det senaste',
  keyList: 'Visa den här listan',
  undoing: 'Ångrar …',
  undone: 'Ångrat.',

  account: 'Mitt konto',
  username: 'Användarnamn',
  roles: 'Roll',
  units: 'Enhet',
  idle: (minutes: number) => `Den som inte gör något på ${minutes} minuter loggas ut.`,
  changePassword: 'Byt lösenord',
  currentPassword: 'Nuvarande lösenord',
  newPassword: 'Nytt lösenord',
  passwordHint: (characters: number) => `Minst ${characters} tecken. En mening är lätt att minnas.`,
  showPassword: 'Visa lösenordet',
  sending: 'Skickar …',
  passwordChanged: 'Lösenordet är bytt. Andra datorer är utloggade.',
  signOutEverywhere: 'Logga ut överallt',
} as const;

export const ROLE_WORDS: Readonly<Record<AccountRole, string>> = {
  clinician: 'vårdpersonal',
  administrator: 'administration',
  operator: 'drift',
};

const ACCOUNT_ERRORS: Readonly<Record<string, string>> = {
  LOGIN_REFUSED: 'Det nuvarande lösenordet stämmer inte.',
  LOGIN_LIMITED: 'För många försök. Vänta en kvart och försök igen.',
  REQUEST_INVALID: 'Det nya lösenordet är för kort.',
  STATE_NOT_ALLOWED: 'Demokontonas lösenord byts inte: inloggningssidan visar det.',
  NOT_SIGNED_IN: 'Du är inte inloggad längre. Ladda om sidan.',
  CONNECTION: 'Ingen kontakt med servern. Kontrollera att den är igång och försök igen.',
};

export function accountError(code: string): string {
  return ACCOUNT_ERRORS[code] ?? `Något gick fel på servern (${code}). Försök igen.`;
}
