import type { MoveReason, ProposalProblem } from '../../contracts/calendar.ts';
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
  hold: (count: number) => (count === 1 ? 'Håll tiden' : 'Håll tiderna'),
  holdLabel: (count: number, when: string) => `${count === 1 ? 'Håll tiden' : 'Håll tiderna'} ${when}`,
  heldUntil: (clock: string) => `Hålls för dig till ${clock}`,
  book: 'Boka',
  release: 'Släpp tiden',
  held: 'Fråga patienten och boka.',
  released: 'Släppt.',
  booked: 'Bokat.',
  again: 'Leta igen',

  series: (booked: number, count: number | null, until: string | undefined) =>
    (count === null
      ? `Serie utan slut: ${sayNumber(booked, 'ett')} besök har tid`
      : `Serie: ${sayNumber(booked, 'ett')} av ${sayNumber(count, 'ett')} besök har tid`
    ).concat(until === undefined ? '' : `, till och med ${until}`),
  seriesComesBack: (day: string, isEndless: boolean) =>
    isEndless
      ? `Uppgiften kommer tillbaka ${day}, i god tid före det sista bokade besöket.`
      : `Uppgiften kommer tillbaka ${day}, i tid för nästa besök.`,
  endSeries: 'Sätt slut på serien',
  seriesVisits: 'Antal besök i hela serien',
  seriesVisitsHint: (booked: number) =>
    booked === 0
      ? 'Uppgiften är klar när alla har tid.'
      : `Minst ${sayNumber(booked)}, som redan har tid. Uppgiften är klar när alla har tid.`,
  endSeriesNow: 'Spara',
  occasion: (number: number) => `Besök ${number}:`,
  howMany: 'Boka nu',
  allVisits: (count: number) => `Alla ${sayNumber(count)} besök`,
  nextVisits: (count: number) => `De ${sayNumber(count)} närmaste besöken; uppgiften kommer tillbaka i tid för fler`,
  firstVisits: (count: number) =>
    count === 1
      ? 'Bara det första; uppgiften kommer tillbaka i tid för nästa'
      : `De ${sayNumber(count)} första; uppgiften kommer tillbaka i tid för nästa`,

  move: 'Flytta',
  cancel: 'Avboka',
  moveInCalendar: 'Flytta i tidboken',
  why: 'Varför',
  moveHere: (when: string) => `Flytta hit: ${when}`,
  moveHereShort: 'Flytta hit',
  comesAlong: (names: readonly string[]) => `${list(names)} flyttas med, som ovan.`,
  othersStay: 'Det som hör ihop med besöket ligger kvar.',
  moved: (visits: readonly string[]) => `Flyttat: ${list(visits)}.`,
  checking: 'Ser efter vad som hör ihop med besöket …',
  goesAlong: (visit: string) => `Avbokas också: ${visit}.`,
  afterwards: 'Sedan',
  requeue: 'Ny tid behövs: uppgiften går tillbaka till kön',
  close: 'Ingen ny tid behövs: uppgiften avslutas',
  closeOne: 'Ingen ny tid behövs för det här besöket',
  note: 'Anteckning (syns i bokningens historik)',
  cancelNow: 'Avboka tiden',
  keep: 'Behåll tiden',
  cancelled: (names: readonly string[], remarks: readonly string[]) =>
    [`Avbokat: ${list(names)}`, ...remarks].join('. ').concat('.'),

  comingHeading: 'Patientens kommande tider',
  comingHint: 'Flytta eller avboka den tid som begäran gäller. Avsluta sedan uppgiften med Klar.',
  nothingComing: 'Patienten har inga kommande tider hos er.',
  done: 'Klar',
} as const;

export const REASON_NAMES: Readonly<Record<MoveReason, string>> = {
  patient: 'Patienten önskar det',
  clinic: 'Kliniken behöver det',
};

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
  REQUEST_INVALID: 'Fler besök än så har redan tid.',
  STATE_NOT_ALLOWED: 'Det går inte i det läge som uppgiften har nu.',
};
export const OTHER_BOOKING_FAILURE = 'Något gick fel på servern. Försök igen.';

function capital(word: string): string {
  return word.charAt(0).toLocaleUpperCase('sv') + word.slice(1);
}

/** "EKG, provtagning och återbesök". */
function list(parts: readonly string[]): string {
  return new Intl.ListFormat('sv').format(parts);
}
