import type { ImportCounts, ImportFault, ImportLine } from '../../contracts/vocabulary-api.ts';
import type { TermLevel } from '../../contracts/vocabulary-levels.ts';

const NUMBER = new Intl.NumberFormat('sv-SE');
const words = (count: number) => `${NUMBER.format(count)} ord`;
const rows = (count: number) => `${NUMBER.format(count)} ${count === 1 ? 'rad' : 'rader'}`;

/** The words of the page of word lists. */
export const VOCABULARY_MESSAGES = {
  vocabularyTitle: 'Ordlista – Taltid',
  heading: 'Ordlista',
  intro:
    'Ord som taligenkänningen ska vänta sig och skriva så som de står här: läkemedel, namn, förkortningar. En ändring gäller från nästa mening, också i en diktering som pågår.',
  inUse: (count: number) => `När du talar används ${words(count)}.`,
  cutOff: (most: number) => `Listorna är längre än ${words(most)} tillsammans. Det som inte ryms är medföljande ord.`,
  lists: 'Listor',
  own: 'Mina ord',
  clinic: 'Hela kliniken',
  shipped: 'Medföljande ord',
  ownHint: 'Bara du talar med de här orden.',
  unitHint: (name: string) => `Alla på ${name} talar med de här orden, och alla där kan ändra dem.`,
  clinicHint: 'Alla talar med de här orden. Administration och drift ändrar dem.',
  shippedHint:
    'Vanliga ord i journaler, som följer med programmet. De påverkar bara det som låter så. Ett ord som stör kan stängas av för alla.',

  addHeading: 'Lägg till ord',
  term: 'Ord eller uttryck',
  termHint: 'Som det ska skrivas',
  soundsLike: 'Låter som',
  soundsLikeHint: 'Om det inte låter som det skrivs: ”ef nio” för F9',
  level: 'Vikt',
  levelHint: 'Starkt för de få vanligaste',
  add: 'Lägg till',
  added: (term: string) => `”${term}” är tillagt.`,
  search: 'Sök i listan',
  loading: 'Hämtar …',
  none: 'Här finns inga ord än. Lägg till ett ovanför, eller hämta in en fil.',
  noneShipped: 'Den här servern har inga medföljande ord.',
  noneFound: 'Inget ord innehåller det du söker.',
  more: 'Visa fler',
  used: 'Används',
  isUsed: (term: string) => `”${term}” används`,
  addedBy: 'Tillagt',
  by: (name: string | null, day: string) => (name === null ? day : `${name}, ${day}`),
  change: 'Ändra',
  changeOf: (term: string) => `Ändra ”${term}”`,
  remove: 'Ta bort',
  removeOf: (term: string) => `Ta bort ”${term}”`,
  removed: (term: string) => `”${term}” är borttaget.`,
  save: 'Spara',
  actions: 'Åtgärder',
  room: (terms: number, most: number) => `${words(terms)} av högst ${NUMBER.format(most)}`,

  useShipped: 'Använd de medföljande orden',
  termsOff: (count: number) =>
    count === 0 ? 'Inget ord är avstängt.' : `${words(count)} är ${count === 1 ? 'avstängt' : 'avstängda'}.`,
  onlyOff: 'Visa bara avstängda',

  takeIn: 'Hämta in fil …',
  takeInHeading: 'Hämta in ord från en fil',
  takeInHint:
    'En textfil eller ett kalkylark sparat som CSV: ett ord på varje rad, och om du vill hur det låter och vikt i två kolumner till. Inga ord tas bort.',
  file: 'Fil',
  reading: 'Läser …',
  preview: 'Så här blir det',
  counts: ({ added, changed, same, refused }: ImportCounts) =>
    [
      `${words(added)} läggs till`,
      `${NUMBER.format(changed)} ändras`,
      `${NUMBER.format(same)} finns redan`,
      ...(refused > 0 ? [`${rows(refused)} kan inte läsas och hoppas över`] : []),
    ].join(', '),
  tooMany: 'Listan blir för lång. Dela upp filen på flera listor, eller ta bort ord först.',
  lineOf: ({ line }: Pick<ImportLine, 'line'>) => `Rad ${line}`,
  andMore: (count: number) => `… och ${rows(count)} till.`,
  doTakeIn: 'Hämta in',
  takenIn: ({ added, changed }: ImportCounts) => `${words(added)} är tillagda och ${NUMBER.format(changed)} ändrade.`,
  saveAs: 'Spara som fil:',
  tsv: 'text',
  csv: 'kalkylark',

  trialHeading: 'Prova',
  trialHint:
    'Säg en mening med ord ur listorna, eller välj en kort ljudfil. Ljudet hörs två gånger, utan och med orden, och sparas inte.',
  record: 'Spela in',
  stop: 'Klar',
  recorded: (seconds: number) => `${seconds} s`,
  chooseSound: 'Välj ljudfil',
  hearing: 'Lyssnar på ljudet …',
  without: 'Utan orden',
  with: 'Med orden',
  nothingHeard: 'Inget tal hördes.',
  noDifference: 'Orden gjorde ingen skillnad här.',

  keyNew: 'Nytt ord',
  keySearch: 'Sök i listan',
  keyTrial: 'Spela in ett prov',
} as const;

export const LEVEL_WORDS: Readonly<Record<TermLevel, string>> = {
  careful: 'Försiktigt',
  usual: 'Vanligt',
  strong: 'Starkt',
};

export const ACTION_WORDS: Readonly<Record<'add' | 'change', string>> = { add: 'läggs till', change: 'ändras' };

export const FAULT_WORDS: Readonly<Record<ImportFault, string>> = {
  'no-term': 'hoppas över: inget ord som kan läsas',
  'too-long': 'hoppas över: för långt',
  'no-level': 'hoppas över: vikten kan inte läsas',
  'too-many-columns': 'hoppas över: för många kolumner',
  twice: 'hoppas över: står tidigare i filen',
};

/** What is offered when somebody corrects a recognised word. */
export const CORRECTION_MESSAGES = {
  region: 'Ordlista',
  offer: (heard: string, term: string) => `”${heard}” rättat till ”${term}”.`,
  trying: 'Lyssnar igen med ordet …',
  helps: (text: string) => `Med ordet i listan hade det blivit: ”${text}”`,
  helpsBySound: (heard: string) => `Med ”låter som ${heard}” hade det blivit rätt.`,
  helpsNot: 'Ljudet hörs ändå inte som det ordet. Det kan hjälpa nästa gång.',
  noSound: 'Ljudet finns inte kvar att prova på.',
  places: (count: number) =>
    count === 1 ? 'Samma fel står på ett ställe till.' : `Samma fel står på ${count} ställen till.`,
  add: 'Lägg till i ordlistan',
  keyAdd: 'Lägg till ett rättat ord i ordlistan, när det erbjuds',
  addBySound: (heard: string) => `Lägg till, låter som ”${heard}”`,
  added: (term: string) => `”${term}” finns nu i dina ord.`,
  known: (term: string) => `”${term}” fanns redan i dina ord.`,
  undo: 'Ångra',
  dismiss: 'Inte nu',
  close: 'Stäng',
} as const;

const ERRORS: Readonly<Record<string, string>> = {
  CONFLICT: 'Ordet finns redan i listan, eller har ändrats av någon annan. Sidan visar nu hur det är.',
  VOCABULARY_FULL: 'Listan är full. Ta bort ord som inte behövs, eller använd en annan lista.',
  ROLE_NOT_ALLOWED: 'Den listan ändras av administration eller drift.',
  NOT_FOUND: 'Ordet finns inte längre.',
  REQUEST_INVALID: 'Det går inte att läsa. Ett ord har högst 200 tecken och minst en bokstav eller siffra.',
  REQUEST_TOO_LARGE: 'Filen är för stor.',
  NOT_SIGNED_IN: 'Du är inte inloggad längre. Ladda om sidan.',
  CONNECTION: 'Ingen kontakt med servern. Kontrollera att den är igång och försök igen.',
  FILE_UNREADABLE: 'Filen kan inte läsas som text.',
  AUDIO_TOO_LARGE: 'Ljudfilen är för stor. Högst en halv minut behövs.',
  AUDIO_TOO_LONG: 'Ljudet är för långt. Högst en halv minut behövs.',
  AUDIO_NOT_AUDIO: 'Filen är inget ljud.',
  SPEECH_BUSY: 'Taligenkänningen är upptagen. Försök igen om en stund.',
  MIC_DENIED: 'Webbläsaren får inte använda mikrofonen. Tillåt det vid adressfältet.',
  MIC_MISSING: 'Ingen mikrofon hittades.',
  MIC_INSECURE: 'Mikrofonen kräver https.',
};

export function vocabularyError(code: string): string {
  return ERRORS[code] ?? `Något gick fel (${code}). Försök igen.`;
}
