import { createHash } from 'node:crypto';
import { AppError } from '../contracts/errors.ts';
import {
  IMPORT_ACTIONS,
  IMPORT_LIMITS,
  type ImportCounts,
  type ImportKind,
  type ImportPreview,
  type ImportProblem,
} from '../contracts/exchange-api.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { planBookings, writeBookings } from './bookings.ts';
import { type ReadRow, readColumns } from './columns.ts';
import { planPatients, writePatients } from './patients.ts';
import { isJson, readBundle } from './read-bundle.ts';
import { type Encoding, readTable, type Table } from './read-table.ts';
import { planResources, writeResources } from './resources.ts';
import type { ImportPlan, PlannedRow } from './row-reader.ts';
import { planTemplates, writeTemplates } from './slot-templates.ts';
import { planStaff, writeStaff } from './staff.ts';
import { planVisitTypes, writeVisitTypes } from './visit-types.ts';

/** What a file holds, and of which unit it is. */
export interface ImportTarget {
  readonly kind: ImportKind;
  readonly unitId: string;
}

interface Planned {
  readonly preview: ImportPreview;
  readonly write: () => Promise<void>;
}

const NOTHING: ImportCounts = { new: 0, changed: 0, same: 0, refused: 0 };

/** What would become of each row of a file, without doing it. Patients that it finds are in the log. */
export async function previewImport(
  transaction: AuditedTransaction,
  target: ImportTarget,
  bytes: Uint8Array,
  nowMs: number,
): Promise<ImportPreview> {
  return (await plan(transaction, target, bytes, nowMs)).preview;
}

/**
 * Takes a file in as it was previewed: all of its rows but those that were refused, in this one transaction. A file that
 * is taken in again changes nothing. Throws CONFLICT where other rows would be taken in than were previewed, whether the
 * file is another or the database has changed; REQUEST_INVALID for a file that cannot be read.
 */
export async function applyImport(
  transaction: AuditedTransaction,
  target: ImportTarget & { readonly token: string },
  bytes: Uint8Array,
  nowMs: number,
): Promise<ImportCounts> {
  const { preview, write } = await plan(transaction, target, bytes, nowMs);
  if (preview.problem !== null) {
    throw new AppError('REQUEST_INVALID', 'the file cannot be taken in', {
      expected: 'a file whose preview shows rows',
      got: preview.problem.kind,
    });
  }
  if (preview.token !== target.token) {
    throw new AppError('CONFLICT', 'other rows would be taken in than were previewed', {
      expected: 'the file and the database as they were previewed',
      got: 'another file, or a database that has changed',
    });
  }
  await write();
  return preview.counts;
}

async function plan(
  transaction: AuditedTransaction,
  target: ImportTarget,
  bytes: Uint8Array,
  nowMs: number,
): Promise<Planned> {
  const mostRows = IMPORT_LIMITS.rows[target.kind];
  const table = isJson(bytes) ? readBundle(target.kind, bytes, mostRows) : await readTable(bytes, mostRows);
  if ('kind' in table) {
    const { encoding, ...problem } = table;
    return nothing(encoding, problem);
  }
  const { kind, unitId } = target;
  const { date: today } = stockholmClockAt(nowMs);
  const world = { unitId, today, nowMs };
  const file = { target, bytes, table };
  switch (kind) {
    case 'patients':
      return planRows(
        file,
        kind,
        (rows) => planPatients(transaction, world, rows),
        (writes) => writePatients(transaction, writes),
      );
    case 'staff':
      return planRows(
        file,
        kind,
        (rows) => planStaff(transaction, world, rows),
        (writes) => writeStaff(transaction, writes),
      );
    case 'resources':
      return planRows(
        file,
        kind,
        (rows) => planResources(transaction, world, rows),
        (writes) => writeResources(transaction, writes),
      );
    case 'visit_types':
      return planRows(
        file,
        kind,
        (rows) => planVisitTypes(transaction, world, rows),
        (writes) => writeVisitTypes(transaction, writes),
      );
    case 'slot_templates':
      return planRows(
        file,
        kind,
        (rows) => planTemplates(transaction, world, rows),
        (writes) => writeTemplates(transaction, writes),
      );
    case 'bookings':
      return planRows(
        file,
        kind,
        (rows) => planBookings(transaction, world, rows),
        (writes) => writeBookings(transaction, writes),
      );
    default:
      return kind satisfies never;
  }
}

interface ReadFile {
  readonly target: ImportTarget;
  readonly bytes: Uint8Array;
  readonly table: Table;
}

async function planRows<Kind extends ImportKind, Written>(
  { target, bytes, table }: ReadFile,
  kind: Kind,
  planKind: (rows: readonly ReadRow<Kind>[]) => Promise<ImportPlan<Written>>,
  write: (writes: readonly Written[]) => Promise<void>,
): Promise<Planned> {
  const read = readColumns(kind, table);
  if ('kind' in read) return nothing(table.encoding, read);
  const { rows, writes } = await planKind(read.rows);
  const counts = { ...NOTHING };
  const shown: PlannedRow[] = [];
  for (const row of rows) {
    counts[row.action] += 1;
    if (counts[row.action] <= IMPORT_LIMITS.shownRows) shown.push(row);
  }
  const isAnything = counts.new + counts.changed > 0;
  return {
    preview: {
      problem: null,
      encoding: table.encoding,
      unknownColumns: [...read.unknownColumns],
      counts,
      rows: shown,
      token: isAnything ? tokenOf(target, bytes, rows) : null,
    },
    write: () => write(writes),
  };
}

function nothing(encoding: Encoding, problem: ImportProblem): Planned {
  const preview = { problem, encoding, unknownColumns: [], counts: NOTHING, rows: [], token: null };
  return { preview, write: async () => undefined };
}

/** Of everything that the rows do and of what they saw. */
function tokenOf({ kind, unitId }: ImportTarget, bytes: Uint8Array, rows: readonly PlannedRow[]): string {
  const hash = createHash('sha256').update(`${kind} ${unitId} `).update(bytes);
  for (const { line, action, version, changes, faults } of rows) {
    const changed = changes.map(({ column, from, to }) => [column, from, to]);
    hash.update(JSON.stringify([line, IMPORT_ACTIONS.indexOf(action), version, changed, faults]));
  }
  return hash.digest('base64url');
}
