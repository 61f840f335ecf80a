import type { LetterPlace, LetterTextBlock } from '../../contracts/letter-texts.ts';
import type { SampleLetter, UnitContactBody } from '../../contracts/letter-texts-api.ts';

/** The words of the page where a unit writes its letters' texts. */
export const LETTER_TEXTS_MESSAGES = {
  letterTextsTitle: 'Brevtexter – Taltid',
  heading: 'Brevtexter',
  intro:
    'Tid, plats och förberedelser fyller Taltid i. Runt dem står texterna här: enhetens egna, och där det behövs egna för en besökstyp.',
  notYours: 'Brevtexterna skrivs av den som har administrationsrollen.',
  loading: 'Hämtar texterna …',
  unit: 'Enhet',
  whose: 'Texter för',
  wholeUnit: 'Alla brev från enheten',
  /** After a visit type's name. */
  ownCount: (count: number) => (count === 1 ? '1 egen text' : `${count} egna texter`),
  unsaved: 'osparat',

  contactHeading: 'Så nås enheten',
  contactHint: 'Står i varje brev och på patientens sida.',
  noPhone: 'Utan telefonnummer går inga brev att skriva.',
  contactSaved: 'Uppgifterna om enheten är sparade.',

  textsHeading: 'Texterna i brevet',
  textsHint: 'En tom text utelämnas. Ny rad blir nytt stycke.',
  put: 'Sätt in',
  /** What a button is called that says `{enhet}`. */
  putInto: (shown: string, place: string, block: string) => `${shown}: sätt in ${place} i ”${block}”`,
  inherits: { unit: 'Standardtext', type: 'Enhetens text' },
  isOwn: 'Egen text',
  restore: { unit: 'Återställ till standardtexten', type: 'Återställ till enhetens text' },
  restoreBlock: (button: string, block: string) => `${button}: ”${block}”`,
  unknownPlaces: (names: readonly string[]) =>
    `Brevet känner inte till ${names.map((name) => `{${name}}`).join(', ')}. Det som går att sätta in står på knapparna.`,
  tooLong: (characters: number) => `Texten är längre än ${characters} tecken.`,
  textsSaved: (name: string) => `Texterna är sparade: ${name}.`,
  wrongText: 'En text behöver rättas innan det går att spara.',

  save: 'Spara',
  saving: 'Sparar …',
  discard: 'Ta bort det osparade',
  nothingChanged: 'Allt är sparat.',
  changed: 'Det finns osparade ändringar.',

  previewHeading: 'Så blir brevet',
  previewHint: 'Till en påhittad patient.',
  sample: 'Visa',
  drawing: 'Ritar brevet …',
  previewLacks: 'Texten som behöver rättas är inte med här än.',

  keySave: 'Spara texterna',
  keySample: 'Välj vilket brev som visas',
} as const;

export const BLOCK_WORDS: Readonly<Record<LetterTextBlock, { readonly name: string; readonly hint?: string }>> = {
  guardian: { name: 'Till vårdnadshavare', hint: 'Först i brev om den som är under 18 år.' },
  introTimed: { name: 'Inledning i brev med tid' },
  introOpen: { name: 'Inledning när patienten själv bokar' },
  beforeTheVisit: {
    name: 'Inför besöket',
    hint: 'Det som gäller alla. Läkarens egna ord om förberedelser kommer med ändå.',
  },
  bringWithYou: { name: 'Ta med', hint: 'Utelämnas när besöket är på telefon eller video.' },
  interpreter: { name: 'Tolk', hint: 'Bara när en tolk är bokad.' },
  changeOrCancel: { name: 'Ändra eller avboka' },
  cost: { name: 'Avgift' },
  closing: { name: 'Avslutning' },
};

export const PLACE_WORDS: Readonly<Record<LetterPlace, string>> = {
  enhet: 'enhetens namn',
  telefon: 'telefonnumret',
  telefontid: 'telefontiden inom parentes',
  patient: 'patientens namn',
};

export const CONTACT_WORDS: Readonly<Record<keyof UnitContactBody, { readonly name: string; readonly hint?: string }>> =
  {
    phone: { name: 'Telefon' },
    phoneHours: { name: 'Telefontid', hint: 'Till exempel: vardagar kl. 8–10' },
    address: { name: 'Adress', hint: 'Komma mellan raderna.' },
    directions: { name: 'Vägbeskrivning', hint: 'Från gatan till receptionen.' },
  };

export const SAMPLE_WORDS: Readonly<Record<SampleLetter, string>> = {
  timed: 'Brev med tid',
  open: 'Brev där patienten bokar',
  guardian: 'Brev till vårdnadshavare',
  interpreter: 'Brev när tolk är bokad',
  protected: 'Brev vid skyddad identitet',
  'large-print': 'Brev i stor stil',
};

const ERRORS: Readonly<Record<string, string>> = {
  CONNECTION: 'Ingen kontakt med servern. Kontrollera att den är igång och försök igen.',
  NOT_SIGNED_IN: 'Du är inte inloggad längre. Ladda om sidan.',
  ROLE_NOT_ALLOWED: LETTER_TEXTS_MESSAGES.notYours,
  CONFLICT: 'Någon annan har ändrat under tiden. Spara igen om det du skrivit ska gälla i stället.',
  NOT_FOUND: 'Enheten eller besökstypen finns inte längre. Ladda om sidan.',
  REQUEST_INVALID: 'Något i texten går inte att spara. Kontrollera den och försök igen.',
  DATABASE_UNAVAILABLE: 'Databasen svarar inte. Försök igen om en stund.',
};

export function letterTextsError(code: string): string {
  return ERRORS[code] ?? `Något gick fel på servern (${code}). Försök igen.`;
}
