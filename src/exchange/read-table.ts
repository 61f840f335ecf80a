import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { IMPORT_LIMITS, type ImportProblem } from '../contracts/exchange-api.ts';

export type Encoding = 'utf-8' | 'windows-1252';

/** A table of a file, as it is written. */
export interface Table {
  readonly encoding: Encoding;
  readonly headings: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  /** Of the file, from 1. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** Of these the one that the first line has most of. */
const DELIMITERS = [';', ',', '\t'] as const;
/** Read in pieces, so that other requests are served between them. */
const PIECE_CHARACTERS = 64 * 1024;

/**
 * Reads a file of comma-separated values (RFC 4180) as spreadsheets write it in Sweden: semicolons, commas or tabs, UTF-8
 * or Windows-1252. The first line names the columns.
 *
 * @param mostRows rows beyond are not read
 */
export async function readTable(
  bytes: Uint8Array,
  mostRows: number,
): Promise<Table | (ImportProblem & { encoding: Encoding })> {
  const { text, encoding } = decode(bytes);
  if (text.includes('\0')) return { kind: 'unreadable', line: null, encoding };
  const parser = Readable.from(pieces(text)).pipe(
    parse({
      delimiter: delimiterOf(text),
      info: true,
      trim: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: IMPORT_LIMITS.lineCharacters,
    }),
  );
  let headings: readonly string[] | undefined;
  const rows: TableRow[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      if (headings === undefined) headings = record;
      else if (rows.length === mostRows) return { kind: 'too_many_rows', most: mostRows, encoding };
      else if (record.some((field) => field !== '')) rows.push({ line: info.lines, fields: record.map(unescaped) });
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { kind: 'unreadable', line: lineOf(error), encoding };
  }
  if (headings === undefined || rows.length === 0) return { kind: 'no_rows', encoding };
  return { encoding, headings, rows };
}

/** The apostrophe with which an export keeps spreadsheets from taking a field for a formula. */
function unescaped(field: string): string {
  return /^'[=+@\t\r-]/.test(field) ? field.slice(1) : field;
}

/** Bytes that are no UTF-8 are of a Windows that is not told so. */
function decode(bytes: Uint8Array): { text: string; encoding: Encoding } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'windows-1252' };
  }
}

function delimiterOf(text: string): string {
  const [firstLine = ''] = text.split(/\r\n|\r|\n/, 1);
  const counted = DELIMITERS.map((sign) => ({ sign, count: firstLine.split(sign).length }));
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).sign;
}

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += PIECE_CHARACTERS) yield text.slice(at, at + PIECE_CHARACTERS);
}

function lineOf(error: CsvError): number | null {
  const { lines } = error as CsvError & { readonly lines?: unknown };
  return typeof lines === 'number' ? lines : null;
}
