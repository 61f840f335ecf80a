import type { ImportFault, ImportKind, ImportRow } from '../contracts/exchange-api.ts';
import { type ColumnOf, headingOf, isRequired, type ReadRow } from './columns.ts';

const MAX_FIELD_CHARACTERS = 200;

/** A value that was read, or what is wrong with it. */
export type Read<Value> = { readonly value: Value } | { readonly fault: ImportFault };

/** Reads the fields of a row one by one and gathers what is wrong with them. */
export class RowReader<Kind extends ImportKind> {
  readonly faults: { column: string; fault: ImportFault }[] = [];
  readonly line: number;
  readonly #kind: Kind;
  readonly #row: ReadRow<Kind>;

  constructor(kind: Kind, row: ReadRow<Kind>) {
    this.#kind = kind;
    this.#row = row;
    this.line = row.line;
  }

  /** The field as it is written; undefined where it is empty, which is a fault of a column that each row must have. */
  text(column: ColumnOf<Kind>): string | undefined {
    const text = this.#row.get(column).normalize('NFC');
    if (text === '') {
      if (isRequired(this.#kind, column)) this.fault(column, 'missing');
      return undefined;
    }
    if (text.length <= MAX_FIELD_CHARACTERS) return text;
    this.fault(column, 'too_long');
    return undefined;
  }

  /** As `text`, understood; undefined where it is empty or wrong. */
  read<Value>(column: ColumnOf<Kind>, parse: (text: string) => Read<Value>): Value | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const read = parse(text);
    if ('value' in read) return read.value;
    this.fault(column, read.fault);
    return undefined;
  }

  fault(column: ColumnOf<Kind>, fault: ImportFault): void {
    this.faults.push({ column: headingOf(this.#kind, column), fault });
  }
}

/** A row with what becomes of it, and the version of what it changes, if it is there. */
export interface PlannedRow extends ImportRow {
  readonly version: number | null;
}

/** What becomes of the rows of a file. */
export interface ImportPlan<Written> {
  readonly rows: readonly PlannedRow[];
  /** What is written for the rows that are new and changed. */
  readonly writes: readonly Written[];
}

type Said<Fields> = { [Field in keyof Fields]?: Exclude<Fields[Field], undefined> };

/** The fields that a row says something of: one that is undefined says nothing. */
export function saidOf<Fields extends object>(fields: Fields): Said<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Said<Fields>;
}

/** The columns of which a row says something else than what is there. An empty field says nothing. */
export function changesOf<Kind extends ImportKind>(
  kind: Kind,
  compared: readonly (readonly [column: ColumnOf<Kind>, from: string | null, to: string | undefined])[],
): ImportRow['changes'] {
  return compared.flatMap(([column, from, to]) =>
    to === undefined || to === from ? [] : [{ column: headingOf(kind, column), from, to }],
  );
}

const WORDS: Readonly<Record<string, boolean>> = {
  ja: true,
  j: true,
  x: true,
  '1': true,
  true: true,
  sant: true,
  nej: false,
  n: false,
  '0': false,
  false: false,
  falskt: false,
};

export function yesOrNo(text: string): Read<boolean> {
  const value = WORDS[text.toLocaleLowerCase('sv')];
  return value === undefined ? { fault: 'yes_or_no' } : { value };
}

export function sayYesOrNo(value: boolean): string {
  return value ? 'Ja' : 'Nej';
}

/** "Läkare", "ST-läkare" and "biomedicinsk analytiker" as requests name them. */
export function professionCode(text: string): Read<string> {
  const value = text
    .toLocaleLowerCase('sv')
    .replaceAll(/[åä]/g, 'a')
    .replaceAll('ö', 'o')
    .replaceAll(/[\s-]+/g, '_');
  return /^[a-z_]{2,100}$/.test(value) ? { value } : { fault: 'profession' };
}
