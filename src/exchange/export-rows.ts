import type { Actor } from '../contracts/access.ts';
import type { AccessContext } from '../storage/audited-transaction.ts';
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

/**
 * The rows of an export, as somebody asks for the next: a few patients are in memory at once, each read in a transaction
 * that logs it. A row that is changed meanwhile comes as it is when its turn comes. The export is put down as finished
 * after the last.
 */
export async function* exportedRows(world: ExportWorld, asked: AskedExport): AsyncGenerator<Exported> {
  const { storage, actor, context } = world;
  const { id, unitId, patientId, kind } = asked;
  const kinds = await storage.withAudit(actor, context, exportKinds);
  const isAsked = (one: string) => kind === null || kind === one;
  let rowCount = 0;
  for (const one of patientId === null ? kinds.ofUnit.filter(isAsked) : []) {
    const rows = await storage.withAudit(actor, context, (transaction) => unitRows(transaction, one, unitId));
    rowCount += rows.length;
    for (const row of rows) yield { kind: one, row };
  }
  const ofPatients = kinds.ofPatients.filter(isAsked);
  for (let after: string | null = null, isLast = ofPatients.length === 0; !isLast; ) {
    const batch: Batch = await nextBatch(world, asked, ofPatients, after);
    rowCount += batch.rows.length;
    yield* batch.rows;
    after = batch.patientIds.at(-1) ?? null;
    isLast = patientId !== null || batch.patientIds.length < PATIENTS_AT_ONCE;
  }
  await storage.withAudit(actor, context, (transaction) => finishExport(transaction, id, rowCount));
}

type AskedExport = Pick<StoredExport, 'id' | 'unitId' | 'patientId' | 'kind'>;

interface Batch {
  readonly patientIds: readonly string[];
  readonly rows: readonly Exported[];
}

function nextBatch(
  { storage, actor, context }: ExportWorld,
  { id, unitId, patientId }: AskedExport,
  kinds: readonly string[],
  after: string | null,
): Promise<Batch> {
  return storage.withAudit(actor, context, async (transaction) => {
    const patientIds =
      patientId === null ? await nextPatients(transaction, { unitId, after, limit: PATIENTS_AT_ONCE }) : [patientId];
    const rows: Exported[] = [];
    for (const kind of kinds) {
      for (const row of await patientRows(transaction, kind, { unitId, patientIds })) rows.push({ kind, row });
    }
    await recordExported(transaction, id, patientIds);
    return { patientIds, rows };
  });
}
