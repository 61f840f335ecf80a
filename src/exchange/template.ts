import { stringify } from 'csv-stringify/sync';
import type { ImportKind } from '../contracts/exchange-api.ts';
import { COLUMNS } from './columns.ts';

/** An empty file of a kind with its headings, as spreadsheets in Sweden read it. */
export function importTemplate(kind: ImportKind): string {
  const headings = Object.values(COLUMNS[kind]).map(({ heading }) => heading);
  return stringify([headings], { bom: true, delimiter: ';', record_delimiter: 'windows' });
}
