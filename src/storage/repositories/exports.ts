import { type Insertable, type Selectable, sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { ExportsTable } from '../tables/exports.ts';

export type StoredExport = Selectable<ExportsTable>;

/** A row as it lies in the database: columns by their names there. */
export type ExportedRow = Readonly<Record<string, unknown>>;

/** Keys of the door, and what is told again from other rows. */
const LEFT_OUT = ['answer_codes', 'patient_sessions', 'api_keys', 'webhooks', 'events', 'exports', 'audit_events'];
const SECRET = /_hash$|^secret$|_search$/;

const patientOf = ({ patientId }: { patientId: string | null }) => patientId;

export async function createExport({ write }: AuditedTransaction, one: Insertable<ExportsTable>): Promise<string> {
  return (await write.insertInto('exports').values(one).returning('id').executeTakeFirstOrThrow()).id;
}

/** Throws NOT_FOUND for one of another unit. */
export async function exportById(transaction: AuditedTransaction, id: string): Promise<StoredExport> {
  return transaction.readOne({ action: 'read', object: 'exports', objectId: id, patientOf }, (tables) =>
    tables.selectFrom('exports').selectAll().where('id', '=', id).execute(),
  );
}

/** Of two that fetch the same one, one begins. */
export async function beginExport({ write }: AuditedTransaction, id: string): Promise<boolean> {
  const { numUpdatedRows } = await write
    .updateTable('exports')
    .set({ begunAt: new Date() })
    .where('id', '=', id)
    .where('begunAt', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export async function finishExport({ write }: AuditedTransaction, id: string, rowCount: number): Promise<void> {
  await write.updateTable('exports').set({ finishedAt: new Date(), rowCount }).where('id', '=', id).execute();
}

/** The kinds of rows that there are: those of a unit's own, and those of its patients. */
export async function exportKinds({ plain }: AuditedTransaction): Promise<{ ofUnit: string[]; ofPatients: string[] }> {
  const { rows } = await sql<{ name: string; isOfPatients: boolean }>`
    select columns.table_name as name, bool_or(column_name in ('patient_id', 'note_id')) as is_of_patients
    from information_schema.columns
    join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' and column_name in ('unit_id', 'patient_id', 'note_id')
    group by columns.table_name order by columns.table_name`.execute(plain);
  const kinds = rows.filter(({ name }) => !LEFT_OUT.includes(name) && name !== 'patients');
  const namesOf = (isOfPatients: boolean) =>
    kinds.filter((one) => one.isOfPatients === isOfPatients).map(({ name }) => name);
  return { ofUnit: ['units', 'staff', ...namesOf(false)], ofPatients: ['patients', ...namesOf(true)] };
}

/** A unit's own rows of a kind. */
export async function unitRows({ ofUnits }: AuditedTransaction, kind: string, unitId: string): Promise<ExportedRow[]> {
  const where =
    kind === 'units'
      ? sql`one.id = ${unitId}::uuid`
      : kind === 'staff'
        ? sql`one.id in (select staff_id from staff_units where unit_id = ${unitId}::uuid)`
        : sql`one.unit_id = ${unitId}::uuid`;
  const query = sql<{ row: ExportedRow }>`select to_jsonb(one) as row from ${sql.table(kind)} as one where ${where}`;
  return (await query.execute(ofUnits)).rows.map(({ row }) => withoutSecrets(row));
}

/** The next patients of a unit by their ids. */
export async function nextPatients(
  { ofUnits }: AuditedTransaction,
  { unitId, after, limit }: { unitId: string; after: string | null; limit: number },
): Promise<string[]> {
  const query = sql<{ id: string }>`select id from patients
    where (unit_id = ${unitId}::uuid or id in (select patient_id from patient_units where unit_id = ${unitId}::uuid))
      and (${after}::uuid is null or id > ${after}::uuid)
    order by id limit ${limit}`;
  return (await query.execute(ofUnits)).rows.map(({ id }) => id);
}

/**
 * All rows of a kind of some patients at a unit. That they went out is put down by `recordExported`, a line for each
 * patient.
 */
export async function patientRows(
  transaction: AuditedTransaction,
  kind: string,
  { unitId, patientIds }: { unitId: string; patientIds: readonly string[] },
): Promise<ExportedRow[]> {
  const ids = [...patientIds];
  const record = { action: 'export', object: kind, patientOf: () => null } as const;
  const rows = await transaction.read(record, async (tables) => {
    const where =
      kind === 'patients'
        ? sql`one.id = any (${ids}::uuid[])`
        : kind === 'note_drafts' || kind === 'utterances'
          ? sql`one.unit_id = ${unitId}::uuid and one.note_id in (select id from notes where patient_id = any (${ids}::uuid[]))`
          : sql`one.unit_id = ${unitId}::uuid and one.patient_id = any (${ids}::uuid[])`;
    const query = sql<{ row: ExportedRow }>`select to_jsonb(one) as row from ${sql.table(kind)} as one where ${where}`;
    return (await query.execute(tables)).rows;
  });
  return rows.map(({ row }) => withoutSecrets(row));
}

/** A line of the log for each patient whose rows go out. */
export async function recordExported(
  transaction: AuditedTransaction,
  exportId: string,
  patientIds: readonly string[],
): Promise<void> {
  for (const patientId of patientIds) {
    const record = { action: 'export', object: 'exports', objectId: exportId, patientOf } as const;
    await transaction.read(record, async () => [{ patientId }]);
  }
}

/** Without what opens a door: hashes, and the code in a letter. */
function withoutSecrets(row: ExportedRow): ExportedRow {
  const open = Object.entries(row).filter(([column]) => !SECRET.test(column));
  return Object.fromEntries(
    open.map(([column, value]) => [column, column === 'contents' ? withoutCode(value) : value]),
  );
}

function withoutCode(contents: unknown): unknown {
  if (typeof contents !== 'object' || contents === null || !('answer' in contents)) return contents;
  const { answer: _, ...others } = contents;
  return others;
}
