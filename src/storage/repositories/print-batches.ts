import { type Selectable, sql } from 'kysely';
import { AppError } from '../../contracts/errors.ts';
import { type AuditedTransaction, notFound } from '../audited-transaction.ts';
import type { PrintBatchesTable } from '../tables/letters.ts';
import type { Delivery } from './deliveries.ts';
import { changedRow } from './expect.ts';

export type PrintBatch = Selectable<PrintBatchesTable>;

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** Letters that wait to be printed and are in no batch yet, the oldest first. */
export async function lettersToPrint(transaction: AuditedTransaction, unitIds: readonly string[], limit: number) {
  return transaction.read({ action: 'list', object: 'letter_deliveries', patientOf }, (tables) =>
    tables
      .selectFrom('letterDeliveries')
      .innerJoin('letters', 'letters.id', 'letterDeliveries.letterId')
      .innerJoin('patients', 'patients.id', 'letterDeliveries.patientId')
      .select([
        'letterDeliveries.id',
        'letterDeliveries.letterId',
        'letterDeliveries.unitId',
        'letterDeliveries.patientId',
      ])
      .select(['letterDeliveries.createdAt', 'letters.kind', 'letters.taskId'])
      .select(['patients.givenName', 'patients.familyName', 'patients.protectedIdentity'])
      .where('letterDeliveries.unitId', 'in', [...unitIds])
      .where('letterDeliveries.state', '=', 'ready')
      .where('letterDeliveries.batchId', 'is', null)
      .orderBy('letterDeliveries.createdAt')
      .orderBy('letterDeliveries.id')
      .limit(limit)
      .execute(),
  );
}

/**
 * Gathers what waits to be printed at a unit. Of two that gather at once each letter goes to one. Throws
 * STATE_NOT_ALLOWED where nothing waits.
 */
export async function createBatch(
  transaction: AuditedTransaction,
  { unitId, limit }: { unitId: string; limit: number },
): Promise<PrintBatch> {
  const batch = await transaction.ofUnits
    .insertInto('printBatches')
    .values({ unitId, madeBy: transaction.staffId })
    .returningAll()
    .executeTakeFirstOrThrow();
  const taken = await transaction.write
    .updateTable('letterDeliveries')
    .set({ batchId: batch.id })
    .where('id', 'in', (row) =>
      row
        .selectFrom('letterDeliveries')
        .select('id')
        .where('unitId', '=', unitId)
        .where('state', '=', 'ready')
        .where('batchId', 'is', null)
        .orderBy('createdAt')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .returning('id')
    .execute();
  if (taken.length > 0) return batch;
  throw new AppError('STATE_NOT_ALLOWED', 'nothing waits to be printed', {
    expected: 'at least a letter',
    got: 'none',
  });
}

/** The latest first, with how many letters each has. */
export async function listBatches(transaction: AuditedTransaction, unitIds: readonly string[], limit: number) {
  const record = { action: 'list', object: 'print_batches', patientOf: () => null } as const;
  return transaction.read(record, (tables) =>
    tables
      .selectFrom('printBatches')
      .innerJoin('staff', 'staff.id', 'printBatches.madeBy')
      .selectAll('printBatches')
      .select(sql<string>`staff.given_name || ' ' || staff.family_name`.as('madeByName'))
      .select(
        sql<number>`(select count(*) from letter_deliveries where batch_id = print_batches.id and state in ('ready', 'sent'))`.as(
          'letters',
        ),
      )
      .where('printBatches.unitId', 'in', [...unitIds])
      .orderBy('printBatches.createdAt', 'desc')
      .limit(limit)
      .execute(),
  );
}

/** What a batch prints, in the order in which it was asked for. Throws NOT_FOUND for a batch that is not here. */
export async function lettersOfBatch(transaction: AuditedTransaction, batchId: string) {
  await requireBatch(transaction, batchId);
  return transaction.read({ action: 'export', object: 'letters', patientOf }, (tables) =>
    tables
      .selectFrom('letterDeliveries')
      .innerJoin('letters', 'letters.id', 'letterDeliveries.letterId')
      .select(['letters.id', 'letters.patientId', 'letters.kind', 'letters.contents', 'letters.texts'])
      .where('letterDeliveries.batchId', '=', batchId)
      .where('letterDeliveries.state', 'in', ['ready', 'sent'])
      .orderBy('letterDeliveries.createdAt')
      .orderBy('letterDeliveries.id')
      .execute(),
  );
}

/** Its letters have gone out; gives those that had not before. Throws NOT_FOUND, CONFLICT for another version. */
export async function markPrinted(
  transaction: AuditedTransaction,
  { id, version }: Pick<PrintBatch, 'id' | 'version'>,
  now: Date,
): Promise<Delivery[]> {
  await requireBatch(transaction, id);
  const rows = await transaction.ofUnits
    .updateTable('printBatches')
    .set({ printedAt: now })
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .execute();
  changedRow(rows, 'batch', version);
  await lockLettersOf(transaction, id);
  return transaction.write
    .updateTable('letterDeliveries')
    .set({ state: 'sent', toldAt: now })
    .where('batchId', '=', id)
    .where('state', '=', 'ready')
    .returningAll()
    .execute();
}

/** Letters before their deliveries, as everybody locks them. */
async function lockLettersOf(transaction: AuditedTransaction, batchId: string): Promise<void> {
  await transaction.read({ action: 'list', object: 'letters', patientOf }, (tables) =>
    tables
      .selectFrom('letters')
      .select(['id', 'patientId'])
      .where('id', 'in', tables.selectFrom('letterDeliveries').select('letterId').where('batchId', '=', batchId))
      .orderBy('id')
      .forUpdate()
      .execute(),
  );
}

async function requireBatch({ ofUnits }: AuditedTransaction, id: string): Promise<void> {
  const [batch] = await ofUnits.selectFrom('printBatches').select('id').where('id', '=', id).execute();
  if (batch === undefined) throw notFound('batch');
}
