import type { AccountRole } from '../../contracts/clinic.ts';

/** The words of the head that signed-in pages share. */
export const SHELL_MESSAGES = {
  pages: 'Sidor',
  demo: 'Demo',
  demoHint: 'Alla patienter är påhittade.',
  signOut: 'Logga ut',
  loading: 'Hämtar …',
  toDictation: 'Diktera',
  toQueue: 'Bokning',
  toLog: 'Logg',
  toOperations: 'Drift',
  toFiles: 'Ljudfiler',
  tryAgain: 'Försök igen',
} as const;

export const ROLE_WORDS: Readonly<Record<AccountRole, string>> = {
  clinician: 'vårdpersonal',
  administrator: 'administration',
  operator: 'drift',
};
