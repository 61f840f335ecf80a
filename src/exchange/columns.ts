import type { ImportKind, ImportProblem } from '../contracts/exchange-api.ts';
import type { Table, TableRow } from './read-table.ts';

/** A column of a file: what it is called in templates, and what else it may be called. */
interface Column {
  readonly heading: string;
  readonly aliases?: readonly string[];
  /** Whether each row must have a value; other columns may be missing, or empty. */
  readonly isRequired?: true;
}

const PERSONAL_NUMBER: Column = {
  heading: 'Personnummer',
  aliases: ['pnr', 'personnr', 'person-id', 'samordningsnummer', 'patient'],
  isRequired: true,
};
const GIVEN_NAME: Column = { heading: 'Förnamn', aliases: ['tilltalsnamn', 'given name'], isRequired: true };
const FAMILY_NAME: Column = { heading: 'Efternamn', aliases: ['family name'], isRequired: true };
const HSA_ID: Column = { heading: 'HSA-id', aliases: ['hsaid', 'hsa'] };
const DURATION_ALIASES = ['längd', 'längd (min)', 'tidsåtgång'];
const USERNAME_ALIASES = ['användare', 'inloggning', 'username'];

/** Every column of every kind, in the order of the templates. */
export const COLUMNS = {
  patients: {
    personalNumber: PERSONAL_NUMBER,
    givenName: GIVEN_NAME,
    familyName: FAMILY_NAME,
    protectedIdentity: { heading: 'Skyddad identitet', aliases: ['skyddade personuppgifter', 'sekretessmarkering'] },
    interpreterLanguage: { heading: 'Tolkspråk', aliases: ['tolk', 'språk'] },
    phone: { heading: 'Telefon', aliases: ['telefonnummer', 'mobil', 'mobiltelefon', 'tel'] },
    email: { heading: 'E-post', aliases: ['epost', 'e-postadress', 'mejl', 'mail', 'email'] },
    address: { heading: 'Adress', aliases: ['gatuadress', 'utdelningsadress'] },
    postalCode: { heading: 'Postnummer', aliases: ['postnr'] },
    city: { heading: 'Ort', aliases: ['postort'] },
    guardian: { heading: 'Vårdnadshavare', aliases: ['vårdnadshavarens personnummer', 'målsman'] },
  },
  staff: {
    username: { heading: 'Användarnamn', aliases: USERNAME_ALIASES },
    givenName: GIVEN_NAME,
    familyName: FAMILY_NAME,
    profession: { heading: 'Yrke', aliases: ['profession', 'befattning', 'yrkestitel'] },
    roles: { heading: 'Roller', aliases: ['roll', 'behörighet'] },
    hsaId: HSA_ID,
    unit: { heading: 'Enhet', aliases: ['vårdenhet', 'enhetens hsa-id'] },
  },
  resources: {
    name: { heading: 'Namn', aliases: ['resurs', 'benämning'], isRequired: true },
    kind: { heading: 'Slag', aliases: ['typ', 'resurstyp'], isRequired: true },
    username: { heading: 'Användarnamn', aliases: USERNAME_ALIASES },
    hsaId: HSA_ID,
    role: { heading: 'Yrke', aliases: ['kompetens', 'roll'] },
    language: { heading: 'Språk', aliases: ['tolkspråk'] },
  },
  visit_types: {
    name: { heading: 'Namn', aliases: ['besökstyp', 'benämning'], isRequired: true },
    type: { heading: 'Form', aliases: ['slag', 'typ', 'besöksform'], isRequired: true },
    minutes: { heading: 'Minuter', aliases: DURATION_ALIASES, isRequired: true },
    service: { heading: 'Åtgärd', aliases: ['tjänst', 'undersökning'] },
    role: { heading: 'Yrke', aliases: ['kompetens', 'roll'] },
    interpreterMinutes: { heading: 'Extra minuter med tolk' },
    rooms: { heading: 'Rum', aliases: ['lokal'] },
    equipment: { heading: 'Utrustning', aliases: ['apparat'] },
    publicName: { heading: 'Namn för patienter' },
    patientsBook: { heading: 'Patienter bokar' },
    patientsRebook: { heading: 'Patienter bokar om' },
  },
  slot_templates: {
    resource: { heading: 'Hos', aliases: ['resurs', 'vårdgivare', 'namn'], isRequired: true },
    weekday: { heading: 'Veckodag', aliases: ['dag'], isRequired: true },
    from: { heading: 'Från', aliases: ['starttid', 'börjar'], isRequired: true },
    until: { heading: 'Till', aliases: ['sluttid', 'slutar'], isRequired: true },
    minutes: { heading: 'Minuter', aliases: DURATION_ALIASES, isRequired: true },
    validFrom: { heading: 'Gäller från', isRequired: true },
    validUntil: { heading: 'Gäller till' },
    everyWeeks: { heading: 'Veckor mellan', aliases: ['var n:e vecka'] },
    room: { heading: 'Rum', aliases: ['lokal'] },
    visitTypes: { heading: 'Besökstyper', aliases: ['besökstyp'] },
    lentDays: { heading: 'Patienter bokar till dagar före' },
    freeDays: { heading: 'Röda dagar' },
    bridgeDays: { heading: 'Klämdagar' },
  },
  bookings: {
    personalNumber: PERSONAL_NUMBER,
    date: { heading: 'Datum', aliases: ['dag', 'besöksdatum'], isRequired: true },
    start: { heading: 'Tid', aliases: ['starttid', 'klockslag', 'kl', 'från'], isRequired: true },
    minutes: { heading: 'Minuter', aliases: DURATION_ALIASES },
    visitType: { heading: 'Besökstyp', aliases: ['bokningstyp', 'typ'], isRequired: true },
    performer: { heading: 'Hos', aliases: ['resurs', 'vårdgivare', 'utförare', 'behandlare'], isRequired: true },
    room: { heading: 'Rum', aliases: ['lokal'] },
    equipment: { heading: 'Utrustning', aliases: ['apparat'] },
    interpreter: { heading: 'Tolk' },
  },
} as const satisfies Record<ImportKind, Record<string, Column>>;

export type ColumnOf<Kind extends ImportKind> = keyof (typeof COLUMNS)[Kind] & string;

/** A row by its columns: '' for what is not there. */
export interface ReadRow<Kind extends ImportKind> {
  readonly line: number;
  readonly get: (column: ColumnOf<Kind>) => string;
}

interface ReadColumns<Kind extends ImportKind> {
  readonly rows: readonly ReadRow<Kind>[];
  /** Headings that are no column of the kind: they are left out. */
  readonly unknownColumns: readonly string[];
}

/** Finds each column by its heading, however that is written. */
export function readColumns<Kind extends ImportKind>(
  kind: Kind,
  { headings, rows }: Pick<Table, 'headings' | 'rows'>,
): ReadColumns<Kind> | ImportProblem {
  const columns = Object.entries<Column>(COLUMNS[kind]);
  const places = new Map<string, number>();
  const unknownColumns: string[] = [];
  const twice: string[] = [];
  for (const [place, heading] of headings.entries()) {
    const wanted = folded(heading);
    const found = columns.find(([, column]) =>
      [column.heading, ...(column.aliases ?? [])].map(folded).includes(wanted),
    );
    if (found === undefined) {
      if (wanted !== '') unknownColumns.push(heading);
    } else if (places.has(found[0])) twice.push(heading);
    else places.set(found[0], place);
  }
  const missing = columns.filter(([key, { isRequired }]) => isRequired && !places.has(key));
  if (missing.length > 0) return { kind: 'missing_columns', columns: missing.map(([, { heading }]) => heading) };
  if (twice.length > 0) return { kind: 'column_twice', columns: twice };
  return { unknownColumns, rows: rows.map((row) => readRow(row, places)) };
}

function readRow<Kind extends ImportKind>(
  { line, fields }: TableRow,
  places: ReadonlyMap<string, number>,
): ReadRow<Kind> {
  return { line, get: (column) => fields[places.get(column) ?? -1] ?? '' };
}

/** "E-post", "epost" and "E_POST" are one. */
function folded(heading: string): string {
  return heading
    .normalize('NFC')
    .toLocaleLowerCase('sv')
    .replaceAll(/[\s_\-–./*:]/g, '');
}

/** The headings of a kind, in the order of its columns. */
export function headingsOf(kind: ImportKind): string[] {
  return Object.values(COLUMNS[kind]).map(({ heading }) => heading);
}

export function headingOf<Kind extends ImportKind>(kind: Kind, column: ColumnOf<Kind>): string {
  return (COLUMNS[kind] as Record<string, Column>)[column]!.heading;
}

export function isRequired<Kind extends ImportKind>(kind: Kind, column: ColumnOf<Kind>): boolean {
  return (COLUMNS[kind] as Record<string, Column>)[column]!.isRequired === true;
}
