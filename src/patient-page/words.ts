import type { PatientLanguage } from '../contracts/patient-page.ts';
import { ENGLISH } from './words.en.ts';
import { type PatientWords, SWEDISH } from './words.sv.ts';

const WORDS: Readonly<Record<PatientLanguage, PatientWords>> = { sv: SWEDISH, en: ENGLISH };

/** Everything that the patient's page says, in one language. */
export function wordsOf(language: PatientLanguage): PatientWords {
  return WORDS[language];
}
