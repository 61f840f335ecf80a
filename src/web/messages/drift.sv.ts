/** The views of the operations page, by their names in its address. */
export type AdminView = 'laget' | 'konton' | 'nycklar' | 'fel' | 'enheter';

export const VIEW_NAMES: Readonly<Record<AdminView, string>> = {
  laget: 'Läget',
  konton: 'Konton',
  nycklar: 'Nycklar',
  fel: 'Fel',
  enheter: 'Enheter',
};

const TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm', dateStyle: 'long' });

/** The words that the views of the operations page share. */
export const ADMIN_MESSAGES = {
  adminTitle: 'Drift – Taltid',
  views: 'Drift',
  notYours: 'Sidan är för den som har driftrollen.',
  actions: 'Gör',
  /** "22 november 2026 kl. 10:32" */
  at: (time: Date) => TIME.format(time),
  day: (time: Date) => DAY.format(time),
  copy: 'Kopiera',
  copied: 'Kopierat.',
  copyByHand: 'Webbläsaren lät inte sidan kopiera. Texten är markerad: tryck Ctrl C.',

  keyViews: 'Läget, konton, nycklar, fel, enheter',
  keyNew: 'Nytt konto, ny nyckel, ny enhet',
  keyClose: 'Stäng dialogen',
} as const;

const ERRORS: Readonly<Record<string, string>> = {
  CONNECTION: 'Ingen kontakt med servern. Kontrollera att den är igång och försök igen.',
  NOT_SIGNED_IN: 'Du är inte inloggad längre. Ladda om sidan.',
  ROLE_NOT_ALLOWED: 'Det här gör den som har driftrollen.',
  CONFLICT: 'Någon annan har ändrat under tiden. Ladda om sidan och se efter.',
  NOT_FOUND: 'Det finns inte längre, eller så har någon annan redan tagit hand om det.',
  STATE_NOT_ALLOWED: 'Det går inte i det läge som det är nu.',
  REQUEST_INVALID: 'Något i formuläret stämmer inte. Kontrollera det och försök igen.',
  DATABASE_UNAVAILABLE: 'Databasen svarar inte. Försök igen om en stund.',
  DATABASE_BUSY: 'Databasen är upptagen. Försök igen.',
  QUEUE_UNAVAILABLE: 'Jobbkön svarar inte. Försök igen om en stund.',
};

/** What went wrong; a view has its own words for some of it. */
export function adminError(code: string, words: Readonly<Record<string, string>> = {}): string {
  return words[code] ?? ERRORS[code] ?? `Något gick fel på servern (${code}). Försök igen.`;
}
