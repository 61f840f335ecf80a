import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { ImportKind } from '../contracts/exchange-api.ts';
import type { ExportFormat } from '../contracts/export-api.ts';
import type { StoredExport } from '../storage/repositories/exports.ts';
import { headingsOf } from './columns.ts';
import type { Exported } from './export-rows.ts';
import { patientExtract } from './patient-extract.ts';
import { IMPORT_FILE_NAMES } from './template.ts';

/** A file that is written as it is read. */
export interface ExportFile {
  readonly type: string;
  readonly name: string;
  readonly body: Readable;
}

const TYPES: Readonly<Record<ExportFormat, string>> = {
  ndjson: 'application/x-ndjson',
  import: 'text/csv; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

/** The rows of an export as a file. What reads it decides how fast they come. */
export function exportFile(
  { format, kind }: Pick<StoredExport, 'format' | 'kind'>,
  rows: AsyncGenerator<Exported>,
  day: string,
): ExportFile {
  switch (format) {
    case 'ndjson':
      return { type: TYPES[format], name: `export-${day}.ndjson`, body: Readable.from(lines(rows)) };
    case 'import': {
      const known = ImportKind.parse(kind);
      const name = `${IMPORT_FILE_NAMES[known]}-${day}.csv`;
      return { type: TYPES[format], name, body: csv(rows, headingsOf(known)) };
    }
    case 'csv':
      return { type: TYPES[format], name: `export-${day}.csv`, body: csv(rows) };
    case 'json':
      return { type: TYPES[format], name: `registerutdrag-${day}.json`, body: Readable.from(wholeJson(rows)) };
    case 'html':
      return { type: TYPES[format], name: `registerutdrag-${day}.html`, body: Readable.from(patientExtract(rows)) };
    default:
      return format satisfies never;
  }
}

async function* lines(rows: AsyncGenerator<Exported>): AsyncGenerator<string> {
  for await (const exported of rows) yield `${JSON.stringify(exported)}\n`;
}

/** Columns by their names in the first line; what begins like a formula is none. */
function csv(rows: AsyncGenerator<Exported>, columns?: string[]): Readable {
  const table = stringify({
    bom: true,
    header: true,
    ...(columns && { columns }),
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
  });
  const source = Readable.from(flat(rows));
  source.on('error', (error) => table.destroy(error));
  return source.pipe(table);
}

async function* flat(rows: AsyncGenerator<Exported>): AsyncGenerator<Record<string, unknown>> {
  for await (const { row } of rows) {
    yield Object.fromEntries(
      Object.entries(row).map(([column, value]) => [
        column,
        typeof value === 'object' && value !== null ? JSON.stringify(value) : value === null ? '' : String(value),
      ]),
    );
  }
}

/** By kind; rows of a kind come one after another. */
async function* wholeJson(rows: AsyncGenerator<Exported>): AsyncGenerator<string> {
  let last: string | undefined;
  yield '{';
  for await (const { kind, row } of rows) {
    yield kind === last ? ',\n' : `${last === undefined ? '' : '],'}\n${JSON.stringify(kind)}: [\n`;
    yield JSON.stringify(row);
    last = kind;
  }
  yield last === undefined ? '}\n' : ']\n}\n';
}
