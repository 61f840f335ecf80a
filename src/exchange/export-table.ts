import type { ImportKind } from '../contracts/exchange-api.ts';
import { stockholmClockAt } from '../followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { listResources, listTemplates, listVisitTypes } from '../storage/repositories/calendar-setup.ts';
import {
  bookingsToImport,
  patientsToImport,
  resourcesToImport,
  staffToImport,
} from '../storage/repositories/importable-rows.ts';
import { COLUMNS, type ColumnOf, headingOf } from './columns.ts';
import type { ExportSource } from './export-rows.ts';
import { sayKind } from './resources.ts';
import { sayYesOrNo } from './row-reader.ts';
import { templateFields } from './slot-templates.ts';
import { sayRoles } from './staff.ts';
import { visitTypeFields } from './visit-types.ts';

const MINUTE_MS = 60_000;

type Fields<Kind extends ImportKind> = Partial<Record<ColumnOf<Kind>, string | null>>;

/** A kind of rows as the table that an import reads: what is in use, and visits to come. */
export function tableSource(kind: ImportKind, unitId: string, nowMs: number): ExportSource {
  switch (kind) {
    case 'staff':
      return { kind, ofUnit: async (transaction) => (await staffOf(transaction, unitId)).map(rowOf(kind)) };
    case 'resources':
      return { kind, ofUnit: async (transaction) => (await resourcesOf(transaction, unitId)).map(rowOf(kind)) };
    case 'visit_types':
      return { kind, ofUnit: async (transaction) => (await visitTypesOf(transaction, unitId)).map(rowOf(kind)) };
    case 'slot_templates': {
      const { date: today } = stockholmClockAt(nowMs);
      return {
        kind,
        ofUnit: async (transaction) => (await templatesOf(transaction, unitId, today)).map(rowOf(kind)),
      };
    }
    case 'patients':
      return { kind, ofPatients: async (transaction, ids) => (await patientsOf(transaction, ids)).map(rowOf(kind)) };
    case 'bookings': {
      const after = new Date(nowMs);
      return {
        kind,
        ofPatients: async (transaction, patientIds) =>
          (await bookingsOf(transaction, { unitId, patientIds, after })).map(rowOf(kind)),
      };
    }
    default:
      return kind satisfies never;
  }
}

/** A row by its headings. */
function rowOf<Kind extends ImportKind>(kind: Kind) {
  return (fields: Fields<Kind>): Record<string, string> =>
    Object.fromEntries(
      (Object.keys(COLUMNS[kind]) as ColumnOf<Kind>[]).map((column) => [headingOf(kind, column), fields[column] ?? '']),
    );
}

async function staffOf(transaction: AuditedTransaction, unitId: string): Promise<Fields<'staff'>[]> {
  return (await staffToImport(transaction, unitId)).map(({ accountRoles, ...fields }) => ({
    ...fields,
    roles: sayRoles(accountRoles),
  }));
}

async function resourcesOf(transaction: AuditedTransaction, unitId: string): Promise<Fields<'resources'>[]> {
  return (await resourcesToImport(transaction, unitId)).map(({ kind, ...fields }) => ({
    ...fields,
    kind: sayKind(kind),
  }));
}

async function visitTypesOf(transaction: AuditedTransaction, unitId: string): Promise<Fields<'visit_types'>[]> {
  const resources = await listResources(transaction, unitId);
  const visitTypes = await listVisitTypes(transaction, unitId);
  return visitTypes.filter(({ active }) => active).map((one) => visitTypeFields(one, inUse(resources)));
}

/** Those that hold today or later. */
async function templatesOf(
  transaction: AuditedTransaction,
  unitId: string,
  today: string,
): Promise<Fields<'slot_templates'>[]> {
  const resources = inUse(await listResources(transaction, unitId));
  const visitTypes = inUse(await listVisitTypes(transaction, unitId));
  const templates = await listTemplates(transaction, { unitId });
  return templates
    .filter(({ resourceId }) => resources.some(({ id }) => id === resourceId))
    .filter(({ validUntil }) => validUntil === null || validUntil >= today)
    .map((one) => templateFields(one, { resources, visitTypes }));
}

function inUse<Item extends { readonly active: boolean }>(items: readonly Item[]): Item[] {
  return items.filter(({ active }) => active);
}

async function patientsOf(transaction: AuditedTransaction, ids: readonly string[]): Promise<Fields<'patients'>[]> {
  return (await patientsToImport(transaction, ids)).map(({ protectedIdentity, ...fields }) => ({
    ...fields,
    protectedIdentity: sayYesOrNo(protectedIdentity),
  }));
}

async function bookingsOf(
  transaction: AuditedTransaction,
  asked: Parameters<typeof bookingsToImport>[1],
): Promise<Fields<'bookings'>[]> {
  return (await bookingsToImport(transaction, asked)).map(({ startsAt, endsAt, ...fields }) => {
    const { date, time } = stockholmClockAt(startsAt.getTime());
    const minutes = Math.round((endsAt.getTime() - startsAt.getTime()) / MINUTE_MS);
    return { ...fields, date, start: time, minutes: String(minutes) };
  });
}
