import type { ErrorCode } from '../contracts/errors.ts';

/** Why a job was given up, in words for operators. No patient is named: the ids say where to look. */
const REASONS: Partial<Readonly<Record<ErrorCode, string>>> = {
  NOT_FOUND: 'Det som jobbet gäller finns inte i databasen. Har en säkerhetskopia lagts tillbaka?',
  REQUEST_INVALID: 'Meddelandet går inte att förstå. Det kan komma från en annan version av programmet.',
  QUEUE_WORKER_DIED:
    'Arbetsprocessen dog gång på gång medan den gjorde jobbet. Se efter i loggen om minnet tog slut, och försök igen.',
  DATABASE_BUSY: 'Databasen var upptagen vid varje försök. Försök igen när belastningen är lägre.',
  DATABASE_SCHEMA: 'Databasens tabeller är inte de som programmet väntar sig. Starta om servern efter uppgraderingen.',
  CONFLICT: 'Någon annan ändrade samma sak vid varje försök.',
  STATE_NOT_ALLOWED: 'Begäran eller uppgiften är i ett läge där jobbet inte får göras.',
  TARGET_DATE_FIXED: 'Uppgiftens måldatum stämmer inte med begärans.',
  UNIT_NOT_ALLOWED: 'Databasen lät inte arbetsprocessen skriva på enheten.',
};

const UNKNOWN =
  'Jobbet misslyckades av ett fel i programmet. Loggen för tidpunkten säger mer; försök igen efter rättelse.';

export function failureReason(code: ErrorCode): string {
  return REASONS[code] ?? UNKNOWN;
}
