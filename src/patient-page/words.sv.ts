import type { PatientCancelReason, PatientReceipt } from '../contracts/patient-page.ts';

/** What can be wrong when a patient does something, as far as the page has words of its own for it. */
export const PATIENT_PROBLEMS = [
  'refused',
  'limited',
  'form',
  'forged',
  'changed',
  'taken',
  'notOffered',
  'beyondTarget',
  'chain',
  'gone',
  'missing',
  'busy',
  'failed',
] as const;
export type PatientProblem = (typeof PATIENT_PROBLEMS)[number];

export interface PatientWords {
  readonly title: string;
  readonly otherLanguage: string;
  readonly signOut: string;
  readonly demo: string;
  readonly skip: string;
  readonly back: string;
  readonly code: {
    readonly heading: string;
    readonly lead: string;
    readonly code: string;
    readonly codeHint: string;
    readonly birthDate: string;
    readonly birthDateHint: string;
    readonly open: string;
    readonly noCode: string;
    readonly signIn: string;
  };
  readonly times: {
    readonly next: string;
    readonly later: string;
    readonly none: string;
    readonly noneHint: string;
    readonly what: string;
    readonly meets: string;
    readonly place: string;
    readonly length: string;
    readonly phone: string;
    readonly video: string;
    readonly home: string;
    readonly untold: string;
    readonly before: string;
    readonly move: string;
    readonly cancel: string;
    readonly callToMove: string;
    readonly calendar: string;
    readonly under: string;
    readonly earlier: string;
    readonly earlierAsked: string;
    readonly earlierStop: string;
    readonly toBook: string;
    readonly toBookBy: (day: string) => string;
    readonly choose: string;
    readonly find: string;
    readonly address: string;
    readonly directions: string;
    readonly contact: string;
    readonly call: string;
    readonly hours: string;
    readonly urgent: string;
  };
  readonly choice: {
    readonly moveHeading: string;
    readonly bookHeading: string;
    readonly now: string;
    readonly lead: string;
    readonly none: string;
    readonly noneHint: string;
    readonly along: string;
    readonly also: string;
    readonly otherVisit: string;
    readonly confirmMove: string;
    readonly confirmBook: string;
    readonly newTime: string;
    readonly insteadOf: string;
    readonly takeMove: string;
    readonly takeBook: string;
    readonly other: string;
  };
  readonly cancelling: {
    readonly heading: string;
    readonly along: string;
    readonly reason: string;
    readonly reasons: Readonly<Record<PatientCancelReason, string>>;
    readonly text: string;
    readonly textHint: string;
    readonly again: string;
    readonly againYes: string;
    readonly againNo: string;
    readonly submit: string;
    readonly keep: string;
  };
  readonly receipts: Readonly<Record<PatientReceipt, string>>;
  readonly problems: Readonly<Record<PatientProblem, readonly [heading: string, what: string]>>;
  readonly minutesLeft: (minutes: number) => string;
  readonly toStart: string;
}

export const SWEDISH: PatientWords = {
  title: 'Min tid',
  otherLanguage: 'In English',
  signOut: 'Logga ut',
  demo: 'Övningsdata: ingen riktig patient',
  skip: 'Till innehållet',
  back: 'Tillbaka',
  code: {
    heading: 'Se din tid',
    lead: 'Skriv koden som står i ditt brev och ditt födelsedatum. Då ser du din tid och kan ändra eller avboka den.',
    code: 'Kod i brevet',
    codeHint: 'Tolv tecken, till exempel 7KMX-2T9P-4WQ3',
    birthDate: 'Ditt födelsedatum',
    birthDateHint: 'Åtta siffror: år, månad och dag, till exempel 19750304. För ett barn: barnets födelsedatum.',
    open: 'Visa min tid',
    noCode: 'Har du ingen kod? Ring mottagningen. Numret står i brevet.',
    signIn: 'Logga in med e-legitimation',
  },
  times: {
    next: 'Din nästa tid',
    later: 'Sedan',
    none: 'Du har ingen bokad tid just nu',
    noneHint: 'Väntar du på en tid hör mottagningen av sig till dig.',
    what: 'Gäller',
    meets: 'Du träffar',
    place: 'Plats',
    length: 'Räkna med',
    phone: 'Vi ringer dig.',
    video: 'Vi ses på video. Du loggar in.',
    home: 'Vi kommer hem till dig.',
    untold: 'Plats och hur du förbereder dig får du veta på telefon eller när du har loggat in.',
    before: 'Innan du kommer',
    move: 'Ändra tiden',
    cancel: 'Avboka',
    callToMove: 'Passar tiden inte? Ring mottagningen, så hjälper de dig till en annan.',
    calendar: 'Lägg till i kalendern',
    under: 'Tiden har börjat.',
    earlier: 'Säg till om det blir en tidigare tid',
    earlierAsked: 'Du har bett om en tidigare tid. Vi hör av oss om en blir ledig.',
    earlierStop: 'Jag vill inte ha en tidigare tid längre',
    toBook: 'Dags att boka tid',
    toBookBy: (day) => `Välj en tid senast ${day}.`,
    choose: 'Välj en tid',
    find: 'Hitta hit',
    address: 'Adress',
    directions: 'Vägen',
    contact: 'Kontakt',
    call: 'Telefon',
    hours: 'Telefontid',
    urgent: 'Vid fara för livet: ring 112. Sjukvårdsrådgivning dygnet runt: ring 1177.',
  },
  choice: {
    moveHeading: 'Välj en ny tid',
    bookHeading: 'Välj en tid',
    now: 'Din tid nu',
    lead: 'De här tiderna är lediga. Du bekräftar på nästa sida.',
    none: 'Det finns ingen ledig tid som passar',
    noneHint: 'Ring mottagningen, så hjälper de dig att hitta en tid.',
    along: 'Hör ihop med tiden och följer med:',
    also: 'Då även',
    otherVisit: 'En annan av dina tider',
    confirmMove: 'Byta till den här tiden?',
    confirmBook: 'Boka den här tiden?',
    newTime: 'Ny tid',
    insteadOf: 'I stället för',
    takeMove: 'Byt tid',
    takeBook: 'Boka tiden',
    other: 'Välj en annan tid',
  },
  cancelling: {
    heading: 'Avboka din tid?',
    along: 'De här tiderna hör ihop med den och avbokas också:',
    reason: 'Varför avbokar du?',
    reasons: {
      passar_inte: 'Tiden passar inte',
      sjuk: 'Jag är sjuk',
      behovs_inte: 'Jag behöver inte besöket längre',
      annan_vard: 'Jag har fått vård någon annanstans',
      annat: 'Något annat',
    },
    text: 'Vill du säga något mer till mottagningen?',
    textHint: 'Skriv inget som är bråttom. Mottagningen läser det på vardagar.',
    again: 'Vill du ha en ny tid?',
    againYes: 'Ja, mottagningen letar efter en ny tid',
    againNo: 'Nej, jag vill inte ha någon ny tid',
    submit: 'Avboka tiden',
    keep: 'Behåll tiden',
  },
  receipts: {
    flyttad: 'Din tid är ändrad.',
    bokad: 'Din tid är bokad.',
    avbokad: 'Tiden är avbokad. Ingen ny tid bokas. Ändrar du dig ringer du mottagningen.',
    'avbokad-ny': 'Tiden är avbokad. Mottagningen letar efter en ny tid och hör av sig till dig.',
    tidigare: 'Vi har skrivit upp att du gärna kommer tidigare. Tiden du har gäller tills du tackar ja till en annan.',
    behallen: 'Du behåller din tid. Vi frågar igen om en annan blir ledig.',
    'inte-tidigare': 'Du får inga erbjudanden om tidigare tid.',
    utloggad: 'Du är utloggad.',
  },
  problems: {
    refused: [
      'Det gick inte att visa tiden',
      'Koden och födelsedatumet hör inte ihop, eller så gäller koden inte längre. Pröva igen, eller ring numret i brevet.',
    ],
    limited: ['För många försök', 'Vänta en stund och pröva igen, eller ring numret i brevet.'],
    form: ['Något saknas', 'Fyll i det som saknas och skicka igen.'],
    forged: ['Sidan hade stått öppen för länge', 'Ingenting är ändrat. Öppna din tid igen och gör om det.'],
    changed: ['Tiden har redan ändrats', 'Ingenting mer är gjort. Se efter hur dina tider är nu.'],
    taken: ['Någon annan hann före', 'Tiden är inte ledig längre. Ingenting är ändrat. Välj en annan tid.'],
    notOffered: ['Den tiden går inte att välja', 'Ingenting är ändrat. Välj en annan tid, eller ring mottagningen.'],
    beyondTarget: [
      'Den tiden är för sent',
      'Besöket ska vara före ett visst datum. Välj en tidigare tid, eller ring mottagningen.',
    ],
    chain: [
      'Tiderna som hör ihop går inte att flytta dit',
      'Ingenting är ändrat. Välj en annan tid, eller ring mottagningen.',
    ],
    gone: ['Det här går inte att ändra här', 'Ring mottagningen, så hjälper de dig.'],
    missing: ['Sidan finns inte', 'Den kan ha flyttat, eller så är tiden inte kvar.'],
    busy: ['Det går inte just nu', 'Ingenting är ändrat. Pröva igen om en stund.'],
    failed: ['Något gick fel hos oss', 'Ingenting är ändrat. Pröva igen om en stund, eller ring mottagningen.'],
  },
  minutesLeft: (minutes) => (minutes === 1 ? 'Pröva igen om en minut.' : `Pröva igen om ${minutes} minuter.`),
  toStart: 'Till dina tider',
};
