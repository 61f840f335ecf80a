import type { AccountRole } from '../../contracts/clinic.ts';

const ROLE_HINTS: Readonly<Record<AccountRole, string>> = {
  clinician: 'dikterar, signerar, svarar på frågor',
  administrator: 'arbetar i bokningskön',
  operator: 'sköter konton, nycklar, enheter och läser loggen',
};

/** The words of the accounts. */
export const ACCOUNT_WORDS = {
  heading: 'Konton',
  hint: 'De som arbetar på dina enheter.',
  columns: ['Namn', 'Roll', 'Enhet', 'Läge'],
  noRole: 'ingen roll',
  otherUnit: 'annan enhet',
  open: 'Öppet',
  closed: 'Stängt',
  noPassword: 'Har inget lösenord',
  linkUntil: (time: string) => `Väntar på lösenord; länken gäller till ${time}`,
  signedIn: (count: number) => (count === 1 ? 'Inloggad' : `Inloggad på ${count} ställen`),

  create: 'Nytt konto',
  createHeading: 'Nytt konto',
  change: 'Ändra',
  changeHeading: (name: string) => `Ändra ${name}`,
  save: 'Spara',
  givenName: 'Förnamn',
  familyName: 'Efternamn',
  username: 'Användarnamn',
  usernameHint: 'Bokstäver, siffror och . _ @ -, utan mellanslag. Det ändras inte sedan.',
  profession: 'Yrke',
  hsaId: 'HSA-id',
  hsaIdHint: 'Behövs bara för inloggning med e-tjänstekort.',
  noProfession: 'Inget vårdyrke',
  roles: 'Får',
  roleHints: ROLE_HINTS,
  units: 'Arbetar på',
  unitMissing: 'Välj minst en enhet.',
  firstPassword: 'Första lösenordet',
  byLink: 'Engångslänk',
  byLinkHint: 'Du lämnar länken till personen, som väljer ett eget lösenord. Den gäller tre dygn.',
  byPassword: 'Lösenord nu',
  byPasswordHint: 'Du väljer ett lösenord och lämnar det till personen, som byter det sedan.',
  password: 'Lösenord',
  created: (name: string) => `Kontot för ${name} är skapat.`,
  changed: (name: string) => `${name} är ändrad.`,

  linkHeading: (name: string) => `Länk till ${name}`,
  linkHint: (time: string) =>
    `Lämna länken till personen själv. Den visas bara nu, gäller en gång och senast till ${time}.`,
  link: 'Engångslänk',

  signIn: 'Inloggning',
  signInHeading: (name: string) => `Inloggning för ${name}`,
  ownAccount: 'Det här är ditt eget konto. Lösenordet byter du under ditt namn högst upp på sidan.',
  demoAccount: 'Det här är ett demokonto. Dess lösenord visas på inloggningssidan och byts inte.',
  resetHint: 'Det nuvarande lösenordet slutar gälla direkt, och personen loggas ut överallt.',
  makeLink: 'Ny engångslänk',
  setPassword: 'Ge ett nytt lösenord',
  passwordSet: (name: string) => `${name} har ett nytt lösenord och är utloggad överallt.`,
  sessions: (count: number) =>
    count === 0 ? 'Inte inloggad någonstans just nu.' : `Inloggad i ${count} webbläsare just nu.`,
  signOutEverywhere: 'Logga ut överallt',
  signedOut: (name: string) => `${name} är utloggad överallt.`,
  close: 'Stäng kontot',
  wasClosed: (name: string) => `Kontot för ${name} är stängt, och personen är utloggad överallt.`,
  closedHint: 'Kontot är stängt. Ingen kan logga in med det, och nycklar som personen har gjort gäller inte.',
  reopen: 'Öppna kontot igen',
  opened: (name: string) => `Kontot för ${name} är öppet.`,

  errors: {
    CONFLICT: 'Användarnamnet är upptaget, eller så har någon annan ändrat kontot under tiden.',
    REQUEST_INVALID: 'Något i formuläret stämmer inte. Användarnamnet har inga mellanslag.',
  },
} as const;
