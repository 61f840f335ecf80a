import type { ProposalProblem } from '../../contracts/calendar.ts';
import { sayNumber } from '../../followup/calendar/say.ts';

/** Every word of the page for days when somebody is away. */
export const SICK_DAY_MESSAGES = {
  sickDayTitle: 'Sjukdag – Taltid',
  heading: 'Sjukdag',
  hint: 'Stäng tidboken för den som är borta. Besöken ligger kvar tills du flyttar dem.',
  notYours: 'Sidan är för den som har administrationsrollen.',
  unit: 'Enhet',
  who: 'Vem är borta?',
  firstDay: 'Från och med',
  lastDay: 'Till och med',
  declare: 'Stäng tidboken',
  declaring: 'Stänger …',
  nobody: 'Ingen på enheten har någon tidbok.',
  listHeading: 'Frånvaro',
  none: 'Ingen är borta nu, och ingen har varit det de senaste två veckorna.',
  left: (open: number, all: number) =>
    all === 0 ? 'Inga besök' : open === 0 ? 'Allt är klart' : `${open} av ${all} besök kvar`,
  ended: 'Tidboken är öppen igen',
  back: 'Alla frånvarodagar',
  planning: 'Letar nya tider för alla besök tillsammans …',
  progress: (done: number, all: number) => `${done} av ${all} besök klara`,
  noVisits: 'Inget är bokat de här dagarna. Tidboken är stängd.',
  allDone: 'Alla besök är klara.',
  moveAll: (count: number) => (count === 1 ? 'Flytta det besök som passar' : `Flytta de ${count} besök som passar`),
  moveAllHeading: (count: number) => (count === 1 ? 'Flytta ett besök?' : `Flytta ${count} besök?`),
  moveAllHint: 'Varje besök flyttas för sig, till den tid som står på raden. De som inte passar ligger kvar.',
  sendsLetters: 'Skicka nytt brev till den som redan fått ett',
  sendsLettersHint: 'Den som ska komma inom några dagar behöver också ett samtal.',
  lettersSent: (count: number) => (count === 1 ? 'Ett nytt brev är på väg.' : `${count} nya brev är på väg.`),
  lettersFailed: (count: number) =>
    `${count === 1 ? 'Ett brev' : `${count} brev`} gick inte att skriva: skicka från bokningskön.`,
  stop: 'Stanna',
  stopping: 'Stannar efter det här besöket …',
  reopen: 'Öppna tidboken igen',
  reopenHeading: 'Öppna tidboken igen?',
  reopenHint: (open: number) =>
    open === 0
      ? 'Tiderna går att boka igen.'
      : 'Tiderna går att boka igen, och besök som inte är flyttade blir av som de var bokade.',
  visitLabel: (patient: string, at: string) => `${patient}, ${at}`,
  phone: 'Telefon',
  noPhone: 'Inget telefonnummer',
  target: (day: string, slack: number) => `Måldatum ${day}, ${slackWords(slack)}`,
  noTarget: 'Inget måldatum',
  samePerson: 'Samma person',
  colleague: 'Kollega med samma yrke',
  givesUp: 'Ges upp',
  nothingFits: 'Ingen tid uppfyller allt.',
  nothingAtAll: 'Det finns ingen tid, vad som än ges upp.',
  later: 'Får ett förslag när besöken med minst marginal till måldatum är klara.',
  together: (patient: string) => `Flyttas tillsammans med det andra besöket för ${patient}.`,
  move: 'Flytta hit',
  moveKnowingly: 'Flytta ändå',
  others: 'Andra tider',
  othersHeading: (patient: string) => `Andra tider för ${patient}`,
  noOthers: 'Det finns inga andra tider.',
  giveBack: 'Till bokningskön',
  giveBackHeading: (patient: string) => `Till bokningskön: ${patient}`,
  giveBackHint: (slack: string) => `Tiden avbokas, med det som hör ihop med den, och uppgiften blir ny i kön. ${slack}`,
  giveBackAlone: 'Besöket har ingen uppgift i kön. Tiden avbokas: ring patienten.',
  cancel: 'Avboka',
  moving: 'Flyttar …',
  movedNotice: (patient: string) => `${patient} är flyttad.`,
  movedCount: (count: number) => (count === 1 ? 'Ett besök är flyttat.' : `${count} besök är flyttade.`),
  givenBackNotice: (patient: string) => `${patient} är tillbaka i bokningskön.`,
  cancelledNotice: (patient: string) => `Tiden för ${patient} är avbokad.`,
  reopened: 'Tidboken är öppen igen.',
  protectedIdentity: 'Skyddad identitet',
  state: {
    moved: 'Flyttad',
    requeued: 'Tillbaka i bokningskön',
    cancelled: 'Avbokad',
    changed_elsewhere: 'Ändrad av någon annan',
    open: 'Kvar',
  },
  keys: [
    [['Alt A'], 'Flytta alla som passar'],
    [['Alt J', 'Alt K'], 'Nästa och föregående besök'],
    [['Esc'], 'Stäng dialogen'],
  ],
} as const;

/** Why nothing can be proposed. */
export const SICK_DAY_PROBLEMS: Readonly<Record<ProposalProblem, string>> = {
  has_time: 'Besöket har redan en annan tid.',
  no_time_needed: 'Uppgiften behöver ingen tid i tidboken.',
  no_visit_type: 'Enheten har ingen besökstyp för det som ordinerats.',
  nobody_does_it: 'Ingen annan i tidboken har den kompetens som behövs.',
  waits_for_other: 'Besöket hänger på något som inte har någon tid än.',
};

const ERRORS: Readonly<Record<string, string>> = {
  CONNECTION: 'Ingen kontakt med servern. Det som är flyttat är flyttat: ladda om sidan och fortsätt.',
  NOT_SIGNED_IN: 'Du är inte inloggad längre. Ladda om sidan.',
  ROLE_NOT_ALLOWED: 'Det här gör den som har administrationsrollen.',
  CONFLICT: 'Någon annan har ändrat under tiden. Listan är hämtad på nytt.',
  STATE_NOT_ALLOWED: 'Besöket är redan ändrat av någon annan. Listan är hämtad på nytt.',
  TIME_TAKEN: 'Någon annan hann ta tiden. Ett nytt förslag är framtaget.',
  TIME_NOT_OFFERED: 'Tiden är inte ledig längre. Ett nytt förslag är framtaget.',
  CHAIN_BROKEN: 'Besöken som hör ihop går inte ihop med den tiden.',
  CONFIG_INVALID:
    'Brevet går inte att skicka: serverns adress för patienter är inte inställd (TALTID_PUBLIC_URL). Ingenting är ändrat.',
  NOT_FOUND: 'Det finns inte längre.',
  REQUEST_INVALID: 'Dagarna stämmer inte: högst 31 dagar, och inte tidigare än i dag.',
};

const DECLARE_ERRORS: Readonly<Record<string, string>> = {
  TIME_TAKEN: 'Tidboken är redan stängd någon av de dagarna. Se listan nedanför.',
};

export function sickDayError(code: string): string {
  return ERRORS[code] ?? `Något gick fel på servern (${code}). Försök igen.`;
}

/** What went wrong when a calendar was to be shut. */
export function declareError(code: string): string {
  return DECLARE_ERRORS[code] ?? sickDayError(code);
}

/** "sju arbetsdagar kvar", "två arbetsdagar för sent". */
export function slackWords(workingDays: number): string {
  const count = Math.abs(workingDays);
  const days = `${sayNumber(count)} ${count === 1 ? 'arbetsdag' : 'arbetsdagar'}`;
  if (workingDays === 0) return 'i dag';
  return workingDays > 0 ? `${days} kvar` : `${days} för sent`;
}
