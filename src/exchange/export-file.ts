import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import type { ExportFormat } from '../contracts/export-api.ts';
import type { Exported } from './export-rows.ts';
import { patientExtract } from './patient-extract.ts';

/** A file that is written as it is read. */
export interface ExportFile {
  readonly type: string;
  readonly name: string;
  readonly body: Readable;
}

const TYPES: Readonly<Record<ExportFormat, string>> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
};

/** The rows of an export as a file. What reads it decides how fast they come. */
export function exportFile(format: ExportFormat, rows: AsyncGenerator<Exported>, day: string): ExportFile {
  return { type: TYPES[format], name: `${NAMES[format]}-${day}.${format}`, body: bodyOf(format, rows) };
}

const NAMES: Readonly<Record<ExportFormat, string>> = {
  ndjson: 'export',
  csv: 'export',
  json: 'registerutdrag',
  html: 'registerutdrag',
};

function bodyOf(format: ExportFormat, rows: AsyncGenerator<Exported>): Readable {
  switch (format) {
    case 'ndjson':
      return Readable.from(lines(rows));
    case 'csv':
      return csv(rows);
    case 'json':
      return Readable.from(wholeJson(rows));
    case 'html':
      return Readable.from(patientExtract(rows));
    default:
      return format satisfies never;
  }
}

async function* lines(rows: AsyncGenerator<Exported>): AsyncGenerator<string> {
  for await (const exported of rows) yield `${JSON.stringify(exported)}\n`;
}

/** Columns by their names in the first line; what begins like a formula is none. */
function csv(rows: AsyncGenerator<Exported>): Readable {
  const table = stringify({
    bom: true,
    header: true,
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
