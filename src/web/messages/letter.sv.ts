import type { LetterKind, LetterState } from '../../contracts/delivery.ts';

/** Every word around a letter; the letter's own words are the unit's. */
export const LETTER_MESSAGES = {
  heading: 'Brev till patienten',
  loading: 'Hämtar …',
  again: 'Försök igen',

  show: 'Visa brevet',
  hide: 'Dölj brevet',
  asPdf: 'Öppna som PDF',
  print: 'Öppna för utskrift (PDF)',
  largePrint: 'Stor stil',
  preview: 'Brevet som det går ut nu',
  asSent: 'Brevet som det gick ut',
  checkHeading: 'Förberedelser',
  original: 'Sagt i anteckningen',
  plain: 'I brevet',

  send: (kind: LetterKind) => `Skicka ${KIND_WORDS[kind].the} …`,
  sendHeading: (kind: LetterKind) => `Skicka ${KIND_WORDS[kind].the}`,
  sendNow: 'Skicka',
  sendHint: 'Så går brevet, tills patienten har läst det:',
  wayAtOnce: 'nu',
  wayTooLate: 'hinner inte fram före besöket',
  noneInTime: 'Inget brev hinner fram före besöket. Ring patienten.',
  mustPhone: 'Ring patienten: inget brev hinner läsas före besöket, eller så har inget kunnat lämnas.',
  phoned: 'Patienten är uppringd',
  phonedNotice: 'Det är antecknat att patienten är uppringd.',
  replacesHint: 'Det brev som inte är läst än stoppas.',
  asSaid: 'Så sades det:',
  asRead: 'Så läser patienten',
  writtenOut: (short: string, plain: string) => `${short} skrevs ut som ”${plain}”.`,
  checked: 'Jag har jämfört texten med det som sades',
  sent: 'Brevet är på väg.',

  stop: 'Stoppa brevet',
  stopHeading: 'Stoppa brevet',
  stopHint: 'Det som inte har gått iväg än skickas inte. Det som patienten redan har fått går inte att ta tillbaka.',
  stopped: 'Brevet är stoppat.',
  noticeAgain: 'Skicka besked igen',
  paperNow: 'Till utskrift nu',
  handOver: 'Lämnat för hand',
  noticeSent: 'Beskedet skickas igen.',
  paperWaits: 'Brevet ligger i Utskrifter.',
  handedOver: 'Det är antecknat att brevet lämnades för hand.',
  earlier: (count: number) => (count === 1 ? 'Ett tidigare brev' : `${count} tidigare brev`),
  steps: 'Vad som har hänt',
} as const;

interface KindWords {
  /** "Kallelse" */
  readonly name: string;
  /** "kallelsen" */
  readonly the: string;
  /** What the patient does not know without it. */
  readonly lacks: string;
}

export const KIND_WORDS: Readonly<Record<LetterKind, KindWords>> = {
  kallelse: { name: 'Kallelse', the: 'kallelsen', lacks: 'Patienten är inte kallad än.' },
  ombokning: {
    name: 'Ny tid',
    the: 'brevet om ny tid',
    lacks: 'Tiden är ändrad sedan patienten fick sitt brev.',
  },
  avbokning: {
    name: 'Avbokning',
    the: 'avbokningen',
    lacks: 'Tiden är avbokad, men patienten har fått brev om den.',
  },
  paminnelse: { name: 'Påminnelse', the: 'påminnelsen', lacks: '' },
};

/** A letter in one line; `at` is when it was written or read. */
export function letterInWords(kind: LetterKind, state: LetterState, writtenAt: string, readAt: string | null): string {
  const name = KIND_WORDS[kind].name;
  switch (state) {
    case 'queued':
      return `${name}, på väg sedan ${writtenAt}`;
    case 'sent':
      return `${name} från ${writtenAt}, inte läst än`;
    case 'read':
      return `${name} från ${writtenAt}, läst ${readAt ?? ''}`;
    case 'stopped':
      return `${name} från ${writtenAt}, stoppad`;
    case 'replaced':
      return `${name} från ${writtenAt}, ersatt av ett senare brev`;
    default:
      return state satisfies never;
  }
}

export const LETTER_FAILURES: Readonly<Record<string, string>> = {
  CONNECTION: 'Servern svarar inte. Kontrollera nätet och försök igen.',
  STATE_NOT_ALLOWED:
    'Brevet går inte att skriva än: enheten saknar telefonnummer, uppgiften saknar både tid och måldatum, eller besökstypen bokas inte av patienter själva, och behöver en tid först.',
  REQUEST_INVALID: 'Namnet har ett tecken som brevets typsnitt inte kan skriva.',
  CONFIG_INVALID:
    'Brevet går inte att skicka: serverns adress för patienter är inte inställd. Säg till den som sköter servern (TALTID_PUBLIC_URL).',
  CONFLICT: 'Någon annan har ändrat uppgiften eller brevet. Se efter vad som gäller nu.',
};
export const OTHER_LETTER_FAILURE = 'Något gick fel på servern. Försök igen.';

export function letterFailure(code: string): string {
  return LETTER_FAILURES[code] ?? OTHER_LETTER_FAILURE;
}
