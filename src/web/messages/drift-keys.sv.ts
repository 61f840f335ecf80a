import type { ApiScope } from '../../contracts/access.ts';

export const SCOPE_WORDS: Readonly<Record<ApiScope, string>> = {
  'dictations:write': 'lämna in diktat',
  'dictations:read': 'läsa diktat',
  transcribe: 'få tal tolkat',
  'webhooks:manage': 'sköta webhookar',
  'fhir:read': 'läsa över FHIR',
  'fhir:book': 'boka över FHIR',
};

export const SCOPE_HINTS: Readonly<Record<ApiScope, string>> = {
  'dictations:write': 'inspelade diktat blir utkast till anteckningar',
  'dictations:read': 'läget för diktat som har lämnats in',
  transcribe: 'ljud till text, från fil eller direkt; inget sparas',
  'webhooks:manage': 'vart Taltid ska skicka besked om ändringar',
  'fhir:read': 'bokningar och anteckningar för andra system',
  'fhir:book': 'reservera, boka, flytta och avboka tider i nyckelägarens namn',
};

/** The words of the API keys. */
export const KEY_WORDS = {
  heading: 'Nycklar för program',
  hint: 'En nyckel släpper in ett annat program, som journalsystemet. Den som gör nyckeln svarar för den.',
  columns: ['Namn', 'Får', 'Ägare', 'Gäller', 'Senast använd'],
  none: 'Inget program har någon nyckel. Gör en när journalsystemet eller en diktafon ska anslutas.',
  until: (day: string) => `till ${day}`,
  revoked: (day: string) => `avslutad ${day}`,
  expired: (day: string) => `gick ut ${day}`,
  unanswered: 'gäller inte: ägarens konto är stängt eller hör inte längre till enheten',
  neverUsed: 'aldrig',

  create: 'Ny nyckel',
  createHeading: 'Ny nyckel',
  name: 'Namn',
  nameHint: 'Vad den är till för, som Journalsystemet.',
  unit: 'Enhet',
  scopes: 'Får',
  scopeMissing: 'Välj minst en sak som nyckeln får göra.',
  validDays: 'Gäller i dagar',
  validDaysHint: (most: number) => `Högst ${most}. Sedan behövs en ny.`,

  madeHeading: (name: string) => `Nyckeln för ${name}`,
  madeHint: 'Kopiera nyckeln till programmet nu. Den visas bara den här gången.',
  key: 'Nyckel',

  end: 'Avsluta',
  endHeading: (name: string) => `Avsluta nyckeln för ${name}?`,
  endHint: 'Programmet som använder nyckeln kommer inte in längre, från och med nu. Det går inte att ångra.',
  ended: (name: string) => `Nyckeln för ${name} är avslutad.`,
} as const;
