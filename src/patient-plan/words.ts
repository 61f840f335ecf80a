import type { LetterKind } from '../contracts/delivery.ts';
import type { RequestType } from '../contracts/followup.ts';
import type { LoginProblem } from '../contracts/openid.ts';
import type { PatientLanguage } from '../contracts/patient-page.ts';

/** The words of the pages for who is signed in, and of offered times. */
export interface PlanWords {
  readonly heading: string;
  readonly lead: string;
  readonly toPlan: string;
  readonly toTimes: string;
  readonly agreed: string;
  readonly noneAgreed: string;
  readonly what: string;
  readonly meets: string;
  readonly place: string;
  readonly steps: string;
  readonly stepsHint: string;
  readonly noSteps: string;
  readonly with: (name: string) => string;
  readonly week: (week: number, year: number | undefined) => string;
  readonly by: (day: string) => string;
  readonly from: (day: string) => string;
  readonly done: string;
  readonly comes: string;
  readonly types: Readonly<Record<RequestType, string>>;
  readonly contacts: string;
  readonly contactsHint: string;
  readonly noContact: string;
  readonly phone: string;
  readonly letters: string;
  readonly noLetters: string;
  readonly letterKinds: Readonly<Record<LetterKind, string>>;
  readonly unread: string;
  readonly asPdf: string;
  readonly whose: {
    readonly label: string;
    readonly self: string;
    readonly now: (name: string) => string;
  };
  readonly offer: {
    readonly heading: string;
    readonly lead: string;
    readonly time: string;
    readonly insteadOf: string;
    readonly until: (when: string) => string;
    readonly accept: string;
    readonly decline: string;
  };
  readonly signIn: {
    readonly going: string;
    readonly goOn: string;
    readonly again: string;
    readonly byCode: string;
    readonly problems: Readonly<Record<LoginProblem, readonly [heading: string, what: string]>>;
  };
}

const SWEDISH: PlanWords = {
  heading: 'Din plan',
  lead: 'Det här är överenskommet mellan dig och vården.',
  toPlan: 'Se din plan och dina brev',
  toTimes: 'Ändra eller avboka en tid',
  agreed: 'Överenskomna tider',
  noneAgreed: 'Du har ingen bokad tid just nu.',
  what: 'Gäller',
  meets: 'Du träffar',
  place: 'Plats',
  steps: 'Det som är planerat',
  stepsHint: 'Stegen kommer i den här ordningen.',
  noSteps: 'Inget är planerat just nu.',
  with: (name) => `hos ${name}`,
  week: (week, year) => `vecka ${week}${year === undefined ? '' : ` ${year}`}`,
  by: (day) => `senast ${day}`,
  from: (day) => `tidigast ${day}`,
  done: 'klart',
  comes: 'kommer',
  types: {
    aterbesok: 'Återbesök',
    nybesok: 'Besök',
    telefon: 'Telefonsamtal',
    video: 'Videobesök',
    hembesok: 'Hembesök',
    provtagning: 'Prover',
    undersokning: 'Undersökning',
    rontgen: 'Röntgen',
    vaccination: 'Vaccination',
    remiss: 'Remiss',
    brev: 'Brev',
    mote: 'Möte',
    ombokning: 'Ny tid',
    avbokning: 'Avbokning',
  },
  contacts: 'Din fasta vårdkontakt',
  contactsHint: 'Hit vänder du dig i första hand.',
  noContact: 'Ingen fast vårdkontakt är utsedd. Ring mottagningen om du vill ha en.',
  phone: 'Telefon',
  letters: 'Dina brev',
  noLetters: 'Du har inga brev här.',
  letterKinds: { kallelse: 'Kallelse', ombokning: 'Ny tid', avbokning: 'Avbokning', paminnelse: 'Påminnelse' },
  unread: 'oläst',
  asPdf: 'som PDF',
  whose: {
    label: 'Vems tider vill du se?',
    self: 'Mina egna',
    now: (name) => `Du ser tiderna för ${name}.`,
  },
  offer: {
    heading: 'En tidigare tid är ledig',
    lead: 'Du bad om en tidigare tid. Vill du byta till den här?',
    time: 'Ny tid',
    insteadOf: 'I stället för',
    until: (when) => `Tiden hålls för dig till ${when}. Sedan går den vidare till nästa.`,
    accept: 'Ja, byt tid',
    decline: 'Nej, behåll min tid',
  },
  signIn: {
    going: 'Du är inloggad.',
    goOn: 'Fortsätt till din sida',
    again: 'Försök igen',
    byCode: 'Använd koden i ditt brev i stället',
    problems: {
      cancelled: ['Inloggningen avbröts', 'Du är inte inloggad. Försök igen när du vill.'],
      expired: ['Inloggningen tog för lång tid', 'Du är inte inloggad. Börja om.'],
      refused: ['Inloggningen gick inte att kontrollera', 'Du är inte inloggad. Börja om.'],
      unavailable: [
        'Inloggningen svarar inte just nu',
        'Försök igen om en stund. Är det bråttom ringer du mottagningen.',
      ],
      unknown: [
        'Det finns inget att visa för dig här',
        'Tror du att det är fel? Ring mottagningen. Numret står i ditt brev.',
      ],
    },
  },
};

const ENGLISH: PlanWords = {
  heading: 'Your plan',
  lead: 'This is what you and your clinic have agreed on.',
  toPlan: 'See your plan and your letters',
  toTimes: 'Change or cancel an appointment',
  agreed: 'Agreed appointments',
  noneAgreed: 'You have no booked appointment right now.',
  what: 'About',
  meets: 'You will meet',
  place: 'Place',
  steps: 'What is planned',
  stepsHint: 'The steps come in this order.',
  noSteps: 'Nothing is planned right now.',
  with: (name) => `with ${name}`,
  week: (week, year) => `week ${week}${year === undefined ? '' : ` of ${year}`}`,
  by: (day) => `by ${day}`,
  from: (day) => `from ${day}`,
  done: 'done',
  comes: 'will come',
  types: {
    aterbesok: 'Follow-up visit',
    nybesok: 'Visit',
    telefon: 'Phone call',
    video: 'Video visit',
    hembesok: 'Home visit',
    provtagning: 'Tests',
    undersokning: 'Examination',
    rontgen: 'X-ray',
    vaccination: 'Vaccination',
    remiss: 'Referral',
    brev: 'Letter',
    mote: 'Meeting',
    ombokning: 'New time',
    avbokning: 'Cancellation',
  },
  contacts: 'Your named contact',
  contactsHint: 'Turn to this person first.',
  noContact: 'You have no named contact. Call the clinic if you would like one.',
  phone: 'Phone',
  letters: 'Your letters',
  noLetters: 'You have no letters here.',
  letterKinds: { kallelse: 'Appointment', ombokning: 'New time', avbokning: 'Cancellation', paminnelse: 'Reminder' },
  unread: 'unread',
  asPdf: 'as PDF',
  whose: {
    label: 'Whose appointments do you want to see?',
    self: 'My own',
    now: (name) => `You see the appointments of ${name}.`,
  },
  offer: {
    heading: 'An earlier time is free',
    lead: 'You asked for an earlier time. Would you like this one instead?',
    time: 'New time',
    insteadOf: 'Instead of',
    until: (when) => `The time is held for you until ${when}. After that it goes to the next person.`,
    accept: 'Yes, change my time',
    decline: 'No, keep my time',
  },
  signIn: {
    going: 'You are signed in.',
    goOn: 'Continue to your page',
    again: 'Try again',
    byCode: 'Use the code in your letter instead',
    problems: {
      cancelled: ['You stopped signing in', 'You are not signed in. Try again whenever you like.'],
      expired: ['Signing in took too long', 'You are not signed in. Please start again.'],
      refused: ['We could not verify the sign-in', 'You are not signed in. Please start again.'],
      unavailable: ['Signing in does not work right now', 'Try again in a while. If it is urgent, call the clinic.'],
      unknown: [
        'There is nothing to show you here',
        'If you think this is wrong, call the clinic. The number is in your letter.',
      ],
    },
  },
};

const WORDS: Readonly<Record<PatientLanguage, PlanWords>> = { sv: SWEDISH, en: ENGLISH };

export function planWords(language: PatientLanguage): PlanWords {
  return WORDS[language];
}
