import type { CancelReason, TaskState } from '../../contracts/booking.ts';
import type { EncounterKind } from '../../contracts/clinic.ts';
import { sayNumber } from '../../followup/calendar/say.ts';

const plural = (count: number, one: string, many: string) => `${sayNumber(count)} ${count === 1 ? one : many}`;

/** Every word of the booking queue's page. */
export const QUEUE_MESSAGES = {
  queueTitle: 'Bokningskön – Taltid',
  heading: 'Bokningskön',
  searchLabel: 'Sök namn eller personnummer',
  searchHint: 'Sök namn eller personnummer  /',
  filters: 'Filter',
  filterUnit: 'Enhet',
  filterType: 'Typ',
  filterRole: 'Kompetens',
  filterState: 'Läge',
  filterWithin: 'Måldatum',
  filterInterpreter: 'Bara med tolk',
  filterMine: 'Bara mina',
  filterLacksLetter: 'Saknar brev',
  all: 'Alla',
  allOpen: 'Alla öppna',
  withinDays: (days: number) =>
    days === 0 ? 'I dag eller passerat' : `Inom ${plural(days, 'arbetsdag', 'arbetsdagar')}`,
  clearFilters: 'Rensa filter',
  saveFilter: 'Spara som flik',
  filterName: 'Flikens namn',
  save: 'Spara',
  removeTab: (name: string) => `Ta bort fliken ${name}`,
  tabs: 'Sparade filter',
  tabAll: 'Alla',
  tabNew: 'Att boka',
  tabUrgent: 'Inom en vecka',
  tabMine: 'Mina',
  tabQuestions: 'Frågor',
  tabWaiting: 'Väntar',
  tabInterpreter: 'Tolk',
  tabLacksLetter: 'Saknar brev',
  countOf: (count: number, most: number) =>
    count > most
      ? `Fler än ${most.toLocaleString('sv-SE')} uppgifter`
      : `${count.toLocaleString('sv-SE')} ${count === 1 ? 'uppgift' : 'uppgifter'}`,
  group: 'Gruppera',
  groupKey: 'Gruppera efter tid kvar till måldatum',

  columnSelect: 'Vald',
  columnRisk: 'Till måldatum',
  columnPatient: 'Patient',
  columnWhat: 'Vad',
  columnWho: 'Hos',
  columnWhen: 'När',
  columnNeeds: 'Behov',
  columnState: 'Läge',
  select: (what: string) => `Välj ${what}`,
  protectedName: 'Skyddad identitet',
  reveal: 'Visa namn och nummer',
  revealNumber: 'Visa hela numret',
  revealLogged: 'Att du öppnar det loggas.',
  phone: 'Telefon',
  interpreter: (language: string) => `Tolk: ${language}`,
  tests: 'Prover',
  sameDay: 'Samma dag',
  you: 'Du',
  noTarget: 'Inget måldatum',
  lacksLetter: 'Saknar brev',
  lacksLetterLong: 'Patienten är inte kallad, eller brevet har inte kunnat lämnas',
  earliest: (day: string) => `tidigast ${day}`,
  age: (days: number) => (days <= 0 ? 'ny i dag' : `${plural(days, 'dag', 'dagar')} gammal`),
  daysLeft: (days: number) => `${days} ${days === 1 ? 'dag' : 'dagar'} kvar`,
  daysLate: (days: number) => `${days} ${days === 1 ? 'dag' : 'dagar'} sen`,
  targetToday: 'I dag',
  targetNext: 'Nästa arbetsdag',
  targetPassed: 'Har passerat',
  margin: (days: number) => (days === 0 ? 'Ingen marginal' : `${days} ${days === 1 ? 'dags' : 'dagars'} marginal`),
  noFitBefore: 'Ingen tid före måldatum',
  noFit: 'Ingen tid på månader',
  fitLong: (day: string, days: number) =>
    days === 0
      ? `Första tid som passar: ${day}, ingen arbetsdag före måldatum`
      : `Första tid som passar: ${day}, ${plural(days, 'arbetsdag', 'arbetsdagar')} före måldatum`,
  lateFitLong: (day: string) => `Ingen tid före måldatum; tidigast ${day}`,
  noFitLong: 'Ingen tid som passar är ledig de närmaste månaderna',
  computedAt: (when: string) => `Kalendern lästes ${when}.`,
  countedFromToday: 'Dagarna räknas från i dag.',
  slackLong: (days: number) => {
    if (days === 0) return 'Ingen arbetsdag kvar före måldatum';
    return days > 0
      ? `${plural(days, 'arbetsdag', 'arbetsdagar')} till måldatum`
      : `Måldatum passerade för ${plural(-days, 'arbetsdag', 'arbetsdagar')} sedan`;
  },
  groupLate: 'Ingen tid före måldatum, eller måldatum har passerat',
  groupNear: 'Högst fem arbetsdagar till godo',
  groupSoon: 'Högst tre veckor till godo',
  groupLater: 'Mer tid till godo',
  groupUndated: 'Utan måldatum, äldst först',

  loading: 'Kön hämtas',
  emptyHeading: 'Inget att boka just nu',
  emptyText: 'När en läkare signerar en anteckning med uppföljning kommer den hit av sig själv.',
  emptyFilterHeading: 'Inget stämmer med filtret',
  emptyFilterText: 'Ta bort något ur filtret eller sök på något annat.',
  failedHeading: 'Kön gick inte att hämta',
  retry: 'Försök igen',
  newTasks: (count: number) => (count === 1 ? 'En ny – visa' : `${count} nya – visa`),
  questionsToYou: (count: number) => (count === 1 ? 'En fråga till dig' : `${count} frågor till dig`),
  leftNotes: (count: number) => (count === 1 ? 'En osignerad för länge' : `${count} osignerade för länge`),
  leftHeading: 'Osignerade för länge',
  leftHint: 'Det som efterfrågas här kommer inte till kön förrän någon signerar.',
  leftBy: (author: string, deputy: string | null) =>
    deputy === null ? `Skriven av ${author}` : `Skriven av ${author}, ersättare ${deputy}`,
  answerSent: 'Svaret är skickat.',
  passedOn: 'Frågan är skickad vidare.',
  changedList: 'Kön har ändrats – visa',
  offline: 'Ingen kontakt med servern. Det du ser kan vara gammalt.',

  selected: (count: number) => `${count} ${count === 1 ? 'vald' : 'valda'}`,
  selectNone: 'Avmarkera',
  release: 'Släpp',
  ask: 'Fråga',
  wait: 'Låt vänta',
  wake: 'Väck nu',
  cancelTask: 'Makulera',
  claim: 'Ta uppgiften',
  claimMany: 'Ta',
  takeOver: 'Ta över',
  withdrawQuestion: 'Ta tillbaka frågan',
  undo: 'Ångra',
  close: 'Stäng',
  abort: 'Tillbaka',

  panel: 'Uppgiften',
  panelFailed: 'Uppgiften gick inte att hämta',
  quoteHeading: 'Ur anteckningen',
  orderedBy: (name: string, when: string) => `${name}, ${when}`,
  detailsHeading: 'Begäran',
  remarksHeading: 'Att tänka på',
  chainHeading: 'Hör ihop',
  letter: 'Kallelse',
  thisTask: 'den här',
  otherHeading: 'Patienten har också',
  otherNone: 'Inga andra bokningar eller uppgifter.',
  questionsHeading: 'Frågor',
  askedOf: (asker: string, to: string) => `${asker} frågade ${to}`,
  answerOf: (name: string) => `${name} svarade`,
  noAnswer: 'Inget svar ännu.',
  questionWithdrawn: 'Frågan togs tillbaka.',
  historyHeading: 'Historik',
  system: 'Taltid',
  targetHeading: 'Måldatum',
  whenWords: (words: string) => `”${words}”`,
  waitsUntil: (when: string) => `Väntar till ${when}`,
  waitsFor: (what: string) => `Väntar på ${what}`,
  cancelledBecause: (reason: string, note: string | null) => (note === null ? reason : `${reason}: ${note}`),

  heldByYouSince: (clock: string) => `Du har den sedan ${clock}`,
  heldBy: (name: string, since: string) => `${name} har den sedan ${since}`,
  heldByNobody: 'Ingen har uppgiften',
  lost: (name: string, since: string) => `${name} har den sedan ${since}. Den gick inte att ta.`,
  changedMeanwhile: 'Uppgiften hade ändrats. Nu ser du den som den är.',
  gone: 'Uppgiften finns inte här längre.',

  askHeading: 'Fråga om uppgiften',
  askTo: 'Till',
  askText: 'Fråga',
  askHint: 'Uppgiften väntar tills svaret kommer, och kommer då tillbaka till dig.',
  send: 'Skicka frågan',
  waitHeading: (count: number) => (count === 1 ? 'Låt uppgiften vänta' : `Låt ${count} uppgifter vänta`),
  waitDay: 'Väntar till',
  waitEvent: 'Eller på något som ska hända',
  waitEventHint: 'Till exempel: provsvar',
  waitMissing: 'Fyll i en dag eller vad den väntar på.',
  cancelHeading: (count: number) => (count === 1 ? 'Makulera uppgiften' : `Makulera ${count} uppgifter`),
  cancelReason: 'Varför',
  cancelNote: 'Kommentar',
  cancelNoteNeeded: 'Skriv varför.',
  textMissing: 'Skriv din fråga.',

  doneClaim: (count: number) => (count === 1 ? 'Uppgiften är tagen.' : `${count} uppgifter är tagna.`),
  doneRelease: (count: number) => (count === 1 ? 'Uppgiften är släppt.' : `${count} uppgifter är släppta.`),
  doneWait: (count: number) => (count === 1 ? 'Uppgiften väntar.' : `${count} uppgifter väntar.`),
  doneAsk: 'Frågan är skickad.',
  pendingCancel: (count: number) =>
    count === 1 ? 'Uppgiften makuleras strax.' : `${count} uppgifter makuleras strax.`,
  doneCancel: (count: number) => (count === 1 ? 'Uppgiften är makulerad.' : `${count} uppgifter är makulerade.`),
  undone: 'Ångrat.',
  undoFailed: 'Det gick inte att ångra: någon annan har ändrat uppgiften.',
  someRefused: (count: number) =>
    count === 1
      ? 'En uppgift gick inte att ändra: någon annan har den, eller så är den i ett annat läge.'
      : `${count} uppgifter gick inte att ändra: någon annan har dem, eller så är de i ett annat läge.`,

  keys: 'Kortkommandon (?)',
  keysHeading: 'Kortkommandon',
  keyMove: 'Nästa och föregående uppgift',
  keyOpen: 'Öppna och ta uppgiften',
  keyClose: 'Stäng; släpper om inget gjordes',
  keySelect: 'Välj flera',
  keySearch: 'Sök',
  keyFilter: 'Filter',
  keyTabs: 'Flikar',
  keyRelease: 'Släpp',
  keyAsk: 'Fråga',
  keyWait: 'Låt vänta',
  keyCancel: 'Makulera',
  keyTakeOver: 'Ta över, eller ta de valda',
  keyUndo: 'Ångra',
  keyList: 'Visa den här listan',
  singleKeys: 'Använd kortkommandon med en tangent',
} as const;

export const FAILURES: Readonly<Record<string, string>> = {
  CONNECTION: 'Servern svarar inte. Kontrollera nätet och försök igen.',
  NOT_SIGNED_IN: 'Du är inte inloggad. Logga in och öppna sidan igen.',
  ROLE_NOT_ALLOWED: 'Ditt konto får inte arbeta i bokningskön.',
  DATABASE_UNAVAILABLE: 'Databasen svarar inte. Försök igen om en stund.',
  DATABASE_BUSY: 'Databasen är upptagen. Försök igen.',
  STATE_NOT_ALLOWED: 'Det går inte i det läge som uppgiften har nu.',
};
export const OTHER_FAILURE = 'Något gick fel på servern. Försök igen.';

export const STATE_WORDS: Readonly<Record<TaskState, string>> = {
  new: 'Ny',
  claimed: 'Tagen',
  question: 'Fråga ställd',
  waiting: 'Väntar',
  booked: 'Bokad',
  called: 'Kallad',
  done: 'Klar',
  cancelled: 'Makulerad',
};

export const ENCOUNTER_WORDS: Readonly<Record<EncounterKind, string>> = {
  nybesok: 'Nybesök',
  aterbesok: 'Återbesök',
  telefon: 'Telefontid',
  video: 'Videobesök',
  hembesok: 'Hembesök',
  mote: 'Möte',
  annat: 'Besök',
};

export const REASON_WORDS: Readonly<Record<CancelReason, string>> = {
  request_withdrawn: 'Begäran återkallades',
  patient_declined: 'Patienten vill inte',
  duplicate: 'Dubblett',
  done_elsewhere: 'Utförs på annat håll',
  other: 'Annat',
};

/** What happened when a task came from one state to another. */
export function moveInWords(from: TaskState | null, to: TaskState): string {
  if (from === null) return 'Uppgiften kom';
  if (from === to) return to === 'claimed' ? 'Tog över' : 'Ändrade';
  if (to === 'new') return from === 'waiting' ? 'Väckte uppgiften' : 'Släppte uppgiften';
  if (to === 'claimed') return from === 'question' ? 'Frågan är avslutad' : 'Tog uppgiften';
  const words: Readonly<Record<Exclude<TaskState, 'new' | 'claimed'>, string>> = {
    question: 'Ställde en fråga',
    waiting: 'Lät den vänta',
    booked: 'Bokade',
    called: 'Kallade',
    done: 'Avslutade',
    cancelled: 'Makulerade',
  };
  return words[to];
}
