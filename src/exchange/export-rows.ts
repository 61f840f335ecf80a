import type { Actor } from '../contracts/access.ts';
import { ImportKind } from '../contracts/exchange-api.ts';
import type { AccessContext, AuditedTransaction } from '../storage/audited-transaction.ts';
import {
  type ExportedRow,
  exportKinds,
  finishExport,
  nextPatients,
  patientRows,
  recordExported,
  type StoredExport,
  unitRows,
} from '../storage/repositories/exports.ts';
import type { Storage } from '../storage/storage.ts';
import { tableSource } from './export-table.ts';

/** Patients whose rows are in memory at once. */
const PATIENTS_AT_ONCE = 20;

export interface Exported {
  readonly kind: string;
  readonly row: ExportedRow;
}

export interface ExportWorld {
  readonly storage: Pick<Storage, 'withAudit'>;
  readonly actor: Actor;
  readonly context: AccessContext;
}

/** Rows of one kind: of the unit, or of some of its patients. */
export type ExportSource = { readonly kind: string } & (
  | { readonly ofUnit: (transaction: AuditedTransaction) => Promise<readonly ExportedRow[]> }
  | {
      readonly ofPatients: (
        transaction: AuditedTransaction,
        patientIds: readonly string[],
      ) => Promise<readonly ExportedRow[]>;
    }
);
type PatientSource = Extract<ExportSource, { ofPatients: unknown }>;

/**
 * The rows of an export, as somebody asks for the next: a few patients are in memory at once, each read in a transaction
 * that logs it. A row that is changed meanwhile comes as it is when its turn comes. The export is put down as finished
 * after the last.
 */
export async function* exportedRows(world: ExportWorld, asked: AskedExport, nowMs: number): AsyncGenerator<Exported> {
  const { storage, actor, context } = world;
  const { id, patientId } = asked;
  const sources = await storage.withAudit(actor, context, (transaction) => sourcesOf(transaction, asked, nowMs));
  let rowCount = 0;
  const ofPatients: PatientSource[] = [];
  for (const source of sources) {
    if ('ofPatients' in source) ofPatients.push(source);
    else {
      const rows = await storage.withAudit(actor, context, source.ofUnit);
      rowCount += rows.length;
      for (const row of rows) yield { kind: source.kind, row };
    }
  }
  for (let after: string | null = null, isLast = ofPatients.length === 0; !isLast; ) {
    const batch: Batch = await nextBatch(world, asked, ofPatients, after);
    rowCount += batch.rows.length;
    yield* batch.rows;
    after = batch.patientIds.at(-1) ?? null;
    isLast = patientId !== null || batch.patientIds.length < PATIENTS_AT_ONCE;
  }
  await storage.withAudit(actor, context, (transaction) => finishExport(transaction, id, rowCount));
}

type AskedExport = Pick<StoredExport, 'id' | 'unitId' | 'patientId' | 'kind' | 'format'>;

interface Batch {
  readonly patientIds: readonly string[];
  readonly rows: readonly Exported[];
}

async function sourcesOf(
  transaction: AuditedTransaction,
  { format, kind, unitId, patientId }: AskedExport,
  nowMs: number,
): Promise<ExportSource[]> {
  if (format === 'import') return [tableSource(ImportKind.parse(kind), unitId, nowMs)];
  const kinds = await exportKinds(transaction);
  const isAsked = (one: string) => kind === null || kind === one;
  const ofUnit = kinds.ofUnit.filter((one) => patientId === null && isAsked(one));
  return [
    ...ofUnit.map((one) => ({
      kind: one,
      ofUnit: (within: AuditedTransaction) => unitRows(within, one, unitId),
    })),
    ...kinds.ofPatients.filter(isAsked).map((one) => ({
      kind: one,
      ofPatients: (within: AuditedTransaction, patientIds: readonly string[]) =>
        patientRows(within, one, { unitId, patientIds }),
    })),
  ];
}

function nextBatch(
  { storage, actor, context }: ExportWorld,
  { id, unitId, patientId }: AskedExport,
  sources: readonly PatientSource[],
  after: string | null,
): Promise<Batch> {
  return storage.withAudit(actor, context, async (transaction) => {
    const patientIds =
      patientId === null ? await nextPatients(transaction, { unitId, after, limit: PATIENTS_AT_ONCE }) : [patientId];
    const rows: Exported[] = [];
    for (const { kind, ofPatients } of sources) {
      for (const row of await ofPatients(transaction, patientIds)) rows.push({ kind, row });
    }
    await recordExported(transaction, id, patientIds);
    return { patientIds, rows };
  });
}
