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
  },
  staff: {
    username: { heading: 'Användarnamn', aliases: USERNAME_ALIASES, isRequired: true },
    givenName: GIVEN_NAME,
    familyName: FAMILY_NAME,
    profession: { heading: 'Yrke', aliases: ['profession', 'befattning', 'yrkestitel'] },
    roles: { heading: 'Roller', aliases: ['roll', 'behörighet'], isRequired: true },
    hsaId: { heading: 'HSA-id', aliases: ['hsaid', 'hsa'] },
  },
  resources: {
    name: { heading: 'Namn', aliases: ['resurs', 'benämning'], isRequired: true },
    kind: { heading: 'Slag', aliases: ['typ', 'resurstyp'], isRequired: true },
    username: { heading: 'Användarnamn', aliases: USERNAME_ALIASES },
    role: { heading: 'Yrke', aliases: ['kompetens', 'roll'] },
    language: { heading: 'Språk', aliases: ['tolkspråk'] },
  },
  bookings: {
    personalNumber: PERSONAL_NUMBER,
    date: { heading: 'Datum', aliases: ['dag', 'besöksdatum'], isRequired: true },
    start: { heading: 'Tid', aliases: ['starttid', 'klockslag', 'kl', 'från'], isRequired: true },
    minutes: { heading: 'Minuter', aliases: ['längd', 'längd (min)', 'tidsåtgång'] },
    visitType: { heading: 'Besökstyp', aliases: ['bokningstyp', 'typ'], isRequired: true },
    performer: { heading: 'Hos', aliases: ['resurs', 'vårdgivare', 'utförare', 'behandlare'], isRequired: true },
    room: { heading: 'Rum', aliases: ['lokal'] },
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

export function headingOf<Kind extends ImportKind>(kind: Kind, column: ColumnOf<Kind>): string {
  return (COLUMNS[kind] as Record<string, Column>)[column]!.heading;
}

export function isRequired<Kind extends ImportKind>(kind: Kind, column: ColumnOf<Kind>): boolean {
  return (COLUMNS[kind] as Record<string, Column>)[column]!.isRequired === true;
}
