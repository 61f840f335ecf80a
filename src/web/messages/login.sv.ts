import { LoginProblem } from '../../contracts/openid.ts';

/** The words of the login page. */
export const LOGIN_MESSAGES = {
  loginTitle: 'Logga in – Taltid',
  heading: 'Logga in',
  username: 'Användarnamn',
  password: 'Lösenord',
  signIn: 'Logga in',
  signingIn: 'Loggar in …',

  organisationHeading: 'Inloggning med e-tjänstekort',
  organisationHint: 'Välj det uppdrag som hör till mottagningen där du arbetar i dag.',
  organisation: 'Logga in genom organisationen',

  demoHeading: 'Demo: prova med ett påhittat konto',
  demoHint: 'Alla patienter är påhittade. Kontona går bara att använda på den här datorn.',
  demoElsewhere:
    'Det här är en demo med påhittade patienter. Demokontona går bara att använda på den dator där servern är.',
  at: (units: readonly string[]) => units.join(' och '),

  setupHeading: 'Skapa första kontot',
  setupHint: 'Kontot sköter mottagningens konton och inställningar. Sedan loggar du in med det.',
  setupNeedsLink: 'Ingen har något konto här än. Öppna länken i serverns logg för att skapa det första.',
  unitName: 'Mottagningens namn',
  givenName: 'Förnamn',
  familyName: 'Efternamn',
  newPassword: 'Lösenord',
  isClinician: 'Jag är vårdpersonal och skriver anteckningar',
  create: 'Skapa kontot',
  creating: 'Skapar …',

  chooseHeading: 'Välj lösenord',
  chooseHint: 'Länken gäller en gång. Sedan loggar du in med lösenordet som du väljer nu.',
  choose: 'Spara och logga in',
  choosing: 'Sparar …',
} as const;

const ERROR_WORDS: Readonly<Record<string, string>> = {
  LOGIN_REFUSED: 'Användarnamnet eller lösenordet stämmer inte, eller så är kontot stängt.',
  LOGIN_LIMITED: 'För många försök. Vänta en kvart och försök igen.',
  REQUEST_INVALID: 'Något i formuläret stämmer inte. Kontrollera det och försök igen.',
  CONNECTION: 'Ingen kontakt med servern. Kontrollera att den är igång och försök igen.',
};

const ORGANISATION_PROBLEMS: Readonly<Record<LoginProblem, string>> = {
  cancelled: 'Inloggningen avbröts. Försök igen när du vill.',
  expired: 'Inloggningen tog för lång tid. Börja om.',
  refused: 'Inloggningen gick inte att kontrollera. Börja om.',
  unavailable: 'Organisationens inloggning svarar inte just nu. Försök igen om en stund eller logga in med lösenord.',
  unknown:
    'Det finns inget öppet konto här för uppdraget som du valde. Välj ett annat uppdrag eller fråga den som sköter kontona.',
};

/** Of what the login page was told about a login by the organisation; undefined for nothing. */
export function organisationProblem(told: string | null): string | undefined {
  const problem = LoginProblem.safeParse(told).data;
  return problem && ORGANISATION_PROBLEMS[problem];
}

const SETUP_ERROR_WORDS: Readonly<Record<string, string>> = {
  ...ERROR_WORDS,
  LOGIN_REFUSED: 'Länken gäller inte längre. Använd den som servern skrev i loggen när den senast startade.',
  CONFLICT: 'Det finns redan ett konto här. Ladda om sidan och logga in.',
};

const CHOOSE_ERROR_WORDS: Readonly<Record<string, string>> = {
  ...ERROR_WORDS,
  LOGIN_REFUSED: 'Länken gäller inte längre. Be den som sköter kontona om en ny.',
};

const WORDS_ON = { login: ERROR_WORDS, setup: SETUP_ERROR_WORDS, choose: CHOOSE_ERROR_WORDS } as const;

export function loginError(code: string, on: keyof typeof WORDS_ON): string {
  const words: Readonly<Record<string, string>> = WORDS_ON[on];
  return words[code] ?? `Något gick fel på servern (${code}). Försök igen.`;
}
