import type { ImportKind, ImportProblem } from '../contracts/exchange-api.ts';
import { Bundle, BundledResource, OfBundledType } from '../contracts/fhir-bundle.ts';
import { BundleBook, type BundledRow } from './bundled.ts';
import { bundledBookings, bundledResources } from './bundled-calendar.ts';
import { bundledPatients, bundledStaff } from './bundled-people.ts';
import { type ColumnOf, headingOf } from './columns.ts';
import type { Encoding, Table } from './read-table.ts';

const ENCODING: Encoding = 'utf-8';

/** Whether a file is JSON rather than a table. */
export function isJson(bytes: Uint8Array): boolean {
  return /^\s*\{/.test(new TextDecoder().decode(bytes.subarray(0, 64)));
}

/**
 * Reads a FHIR R4 Bundle as the table of a kind, a row an entry: patients of Patient and of RelatedPerson who are
 * guardians; staff of Practitioner and PractitionerRole; resources of Location, Device, HealthcareService and of
 * people's Schedule; bookings of booked Appointment. A Bundle is unreadable where one of these does not follow R4.
 */
export function readBundle(
  kind: ImportKind,
  bytes: Uint8Array,
  mostRows: number,
): Table | (ImportProblem & { encoding: Encoding }) {
  const unreadable = { kind: 'unreadable', line: null, encoding: ENCODING } as const;
  const bundle = Bundle.safeParse(parsed(bytes)).data;
  if (bundle === undefined) return unreadable;
  const book = new BundleBook();
  for (const [index, { fullUrl, resource }] of bundle.entry.entries()) {
    const read = BundledResource.safeParse(resource);
    if (read.success) book.add(index + 1, read.data, fullUrl);
    else if (OfBundledType.safeParse(resource).success) return { ...unreadable, line: index + 1 };
  }
  const table = tableOf(kind, book);
  if (table.rows.length > mostRows) return { kind: 'too_many_rows', most: mostRows, encoding: ENCODING };
  return table.rows.length === 0 ? { kind: 'no_rows', encoding: ENCODING } : table;
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

function tableOf(kind: ImportKind, book: BundleBook): Table {
  switch (kind) {
    case 'patients':
      return table(kind, bundledPatients(book));
    case 'staff':
      return table(kind, bundledStaff(book));
    case 'resources':
      return table(kind, bundledResources(book));
    // R4 has nothing that says as much of them.
    case 'visit_types':
    case 'slot_templates':
      return table(kind, []);
    case 'bookings':
      return table(kind, bundledBookings(book));
    default:
      return kind satisfies never;
  }
}

/** The columns are those that any of the rows has. */
function table<Kind extends ImportKind>(kind: Kind, rows: readonly BundledRow<Kind>[]): Table {
  const columns = [...new Set(rows.flatMap(({ fields }) => Object.keys(fields)))] as ColumnOf<Kind>[];
  return {
    encoding: ENCODING,
    headings: columns.map((column) => headingOf(kind, column)),
    rows: rows.map(({ line, fields }) => ({ line, fields: columns.map((column) => fields[column] ?? '') })),
  };
}
