import { type Kysely, type Selectable, sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { PlainTables } from '../tables/tables.ts';
import type { VocabularyShippedTable } from '../tables/vocabulary.ts';
import { changedRow } from './expect.ts';
import { type ListOwner, type StoredTerm, standsOn } from './vocabulary.ts';

/** A term that the recogniser is to be told, and of whose list. */
export type TermInUse = Pick<StoredTerm, 'term' | 'soundsLike' | 'level'> & ListOwner;

/** The terms that are used: of one list, or of all; those that were added last come first. */
export async function termsInUse(tables: Kysely<PlainTables>, owner?: ListOwner): Promise<TermInUse[]> {
  return tables
    .selectFrom('vocabularyTerms')
    .select(['unitId', 'staffId', 'term', 'soundsLike', 'level'])
    .where('enabled', '=', true)
    .where(owner ? standsOn(owner) : sql<boolean>`removed_at is null`)
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .execute();
}

/** Who works where. */
export async function memberships(tables: Kysely<PlainTables>): Promise<{ staffId: string; unitId: string }[]> {
  return tables.selectFrom('staffUnits').select(['staffId', 'unitId']).orderBy('unitId').execute();
}

/** Whether the list that comes with the product is used. */
export async function shippedState(
  tables: Kysely<PlainTables>,
): Promise<Pick<Selectable<VocabularyShippedTable>, 'enabled' | 'version'>> {
  return tables.selectFrom('vocabularyShipped').select(['enabled', 'version']).executeTakeFirstOrThrow();
}

/** Which of its terms are not. */
export async function shippedTermsOff(tables: Kysely<PlainTables>): Promise<string[]> {
  return (await tables.selectFrom('vocabularyShippedOff').select('id').execute()).map(({ id }) => id);
}

/** Throws CONFLICT when it has another version. */
export async function setShippedEnabled(
  { write }: AuditedTransaction,
  version: number,
  enabled: boolean,
): Promise<{ enabled: boolean; version: number }> {
  const rows = await write
    .updateTable('vocabularyShipped')
    .set({ enabled })
    .where('version', '=', version)
    .returning(['enabled', 'version'])
    .execute();
  return changedRow(rows, 'shipped list', version);
}

export async function setShippedTermEnabled({ write }: AuditedTransaction, term: string, enabled: boolean) {
  if (enabled) await write.deleteFrom('vocabularyShippedOff').where('id', '=', term).execute();
  else {
    await write
      .insertInto('vocabularyShippedOff')
      .values({ id: term })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}
