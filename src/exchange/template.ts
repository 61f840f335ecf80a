import { stringify } from 'csv-stringify/sync';
import type { ImportKind } from '../contracts/exchange-api.ts';
import { headingsOf } from './columns.ts';

/** What a file of a kind is called. */
export const IMPORT_FILE_NAMES: Readonly<Record<ImportKind, string>> = {
  patients: 'patienter',
  staff: 'personal',
  resources: 'resurser',
  visit_types: 'besokstyper',
  slot_templates: 'veckomallar',
  bookings: 'bokningar',
};

/** An empty file of a kind with its headings, as spreadsheets in Sweden read it. */
export function importTemplate(kind: ImportKind): string {
  return stringify([headingsOf(kind)], { bom: true, delimiter: ';', record_delimiter: 'windows' });
}
