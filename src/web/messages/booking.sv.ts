import type { ProposalProblem } from '../../contracts/calendar.ts';
import { sayNumber } from '../../followup/calendar/say.ts';

/** Every word of finding and booking a time. */
export const BOOKING_MESSAGES = {
  findHeading: 'Boka tid',
  bookedHeading: 'Bokade tider',
  looking: 'Letar efter tider …',
  count: (count: number) => (count === 1 ? 'En tid passar' : `${capital(sayNumber(count))} tider passar`),
  alternativesHeading: 'Ingen tid uppfyller allt som ordinerats och önskats. Det här går om något ges upp:',
  nothing: 'Det finns ingen tid, vad som än ges upp. Lägg in fler tider i tidboken, eller fråga den som ordinerat.',
  givesUp: 'Ges upp',
  hold: 'Håll tiden',
  holdLabel: (when: string) => `Håll tiden ${when}`,
  heldUntil: (clock: string) => `Hålls för dig till ${clock}`,
  book: 'Boka',
  release: 'Släpp tiden',
  held: 'Tiden hålls. Fråga patienten och boka.',
  released: 'Tiden är släppt.',
  booked: 'Tiden är bokad.',
  again: 'Leta igen',
} as const;

export const PROBLEM_WORDS: Readonly<Record<ProposalProblem, string>> = {
  has_time: 'Uppgiften har sin tid.',
  no_time_needed: 'Uppgiften behöver ingen tid i tidboken.',
  no_visit_type: 'Enheten har ingen besökstyp för det som ordinerats. Lägg in den i tidboken.',
  nobody_does_it: 'Ingen i enhetens tidbok har den kompetens som behövs.',
  waits_for_other: 'Besöket hänger på något som inte har någon tid än. Boka det först.',
};

export const BOOKING_FAILURES: Readonly<Record<string, string>> = {
  CONNECTION: 'Servern svarar inte. Kontrollera nätet och försök igen.',
  TIME_TAKEN: 'Någon annan hann ta tiden. Välj en annan.',
  TIME_NOT_OFFERED: 'Tiden är inte ledig längre. Välj en annan.',
  CHAIN_BROKEN: 'Besöken som hör ihop går inte ihop med den tiden. Välj en annan.',
  CONFLICT: 'Uppgiften, eller något som hör ihop med den, har ändrats av någon annan.',
  STATE_NOT_ALLOWED: 'Det går inte i det läge som uppgiften har nu.',
};
export const OTHER_BOOKING_FAILURE = 'Något gick fel på servern. Försök igen.';

function capital(word: string): string {
  return word.charAt(0).toLocaleUpperCase('sv') + word.slice(1);
}
