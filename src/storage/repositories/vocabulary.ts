import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { PlainTables } from '../tables/tables.ts';
import type { VocabularyTermsTable } from '../tables/vocabulary.ts';
import { changedRow } from './expect.ts';

/** A removal can be undone for as long. */
const KEPT_REMOVED_DAYS = 30;
/** Rows of one statement. */
const WRITTEN_AT_ONCE = 1_000;

export type StoredTerm = Selectable<VocabularyTermsTable>;
/** Whose list: a unit's, somebody's own, or with neither the whole clinic's. */
export type ListOwner = Pick<StoredTerm, 'unitId' | 'staffId'>;
/** What is written of a term. */
export type TermFields = Pick<StoredTerm, 'term' | 'soundsLike' | 'level'>;
/** With the name of whoever added it. */
export type NamedTerm = StoredTerm & { readonly addedByName: string | null };

/** The terms of a list in the order of the alphabet. `after` is the id of the last one of the page before. */
export async function listTerms(
  tables: Kysely<PlainTables>,
  owner: ListOwner,
  { search, limit, after }: { search: string; limit: number; after?: string | undefined },
): Promise<NamedTerm[]> {
  let query = namedTerms(tables)
    .where(standsOn(owner))
    .orderBy('termSearch')
    .orderBy('vocabularyTerms.id')
    .limit(limit);
  if (search !== '') {
    const part = `%${search.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`;
    query = query.where((row) => row.or([row('termSearch', 'like', part), row('soundsSearch', 'like', part)]));
  }
  if (after !== undefined) {
    query = query.where(
      sql<boolean>`(term_search, vocabulary_terms.id) >
        (select earlier.term_search, earlier.id from vocabulary_terms as earlier where earlier.id = ${after}::uuid)`,
    );
  }
  return query.execute();
}

/** Every term of a list as it is written. */
export async function allTerms(tables: Kysely<PlainTables>, owner: ListOwner): Promise<StoredTerm[]> {
  return tables
    .selectFrom('vocabularyTerms')
    .selectAll()
    .where(standsOn(owner))
    .orderBy('termSearch')
    .orderBy('id')
    .execute();
}

/** A term, also one that was removed a while ago. */
export async function findTerm(tables: Kysely<PlainTables>, id: string): Promise<NamedTerm | undefined> {
  return namedTerms(tables).where('vocabularyTerms.id', '=', id).executeTakeFirst();
}

export async function countTerms(tables: Kysely<PlainTables>, owner: ListOwner): Promise<number> {
  const { count } = await tables
    .selectFrom('vocabularyTerms')
    .select(sql<number>`count(*)`.as('count'))
    .where(standsOn(owner))
    .executeTakeFirstOrThrow();
  return count;
}

/** Throws CONFLICT for a term that stands there already. */
export async function addTerm(
  { write }: AuditedTransaction,
  term: Insertable<VocabularyTermsTable>,
): Promise<StoredTerm> {
  return write.insertInto('vocabularyTerms').values(term).returningAll().executeTakeFirstOrThrow();
}

/** Changes a term that is not removed. Throws CONFLICT when it has another version, or when such a term stands there. */
export async function changeTerm(
  { write }: AuditedTransaction,
  id: string,
  version: number,
  changes: Partial<TermFields & Pick<StoredTerm, 'enabled'>>,
): Promise<StoredTerm> {
  const rows = await write
    .updateTable('vocabularyTerms')
    .set(changes)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('removedAt', 'is', null)
    .returningAll()
    .execute();
  return changedRow(rows, 'term', version);
}

/** Takes a term off its list, or puts it back. Throws CONFLICT as `changeTerm`. */
export async function setTermRemoved(
  { write }: AuditedTransaction,
  id: string,
  version: number,
  removedAt: Date | null,
): Promise<StoredTerm> {
  const rows = await write
    .updateTable('vocabularyTerms')
    .set({ removedAt })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('removedAt', removedAt === null ? 'is not' : 'is', null)
    .returningAll()
    .execute();
  return changedRow(rows, 'term', version);
}

/** Forgets what was removed so long ago that nobody wants it back. */
export async function forgetRemovedTerms({ write }: AuditedTransaction): Promise<void> {
  await write
    .deleteFrom('vocabularyTerms')
    .where('removedAt', '<', sql<Date>`now() - make_interval(days => ${KEPT_REMOVED_DAYS})`)
    .execute();
}

/** Writes terms: those that stand there take the new writing and level, and are used again. */
export async function putTerms(
  { write }: AuditedTransaction,
  owner: ListOwner,
  terms: readonly TermFields[],
  addedBy: string,
): Promise<void> {
  for (let from = 0; from < terms.length; from += WRITTEN_AT_ONCE) {
    const rows = terms.slice(from, from + WRITTEN_AT_ONCE).map((term) => ({ ...term, ...owner, addedBy }));
    await write
      .insertInto('vocabularyTerms')
      .values(rows)
      .onConflict((conflict) =>
        conflict
          .columns(['unitId', 'staffId', 'termSearch', 'soundsSearch'])
          .where('removedAt', 'is', null)
          .doUpdateSet((row) => ({
            term: row.ref('excluded.term'),
            soundsLike: row.ref('excluded.soundsLike'),
            level: row.ref('excluded.level'),
            enabled: true,
          })),
      )
      .execute();
  }
}

function namedTerms(tables: Kysely<PlainTables>) {
  return tables
    .selectFrom('vocabularyTerms')
    .leftJoin('staff', 'staff.id', 'vocabularyTerms.addedBy')
    .selectAll('vocabularyTerms')
    .select(sql<string | null>`staff.given_name || ' ' || staff.family_name`.as('addedByName'));
}

/** On the list, and not removed from it. */
export function standsOn({ unitId, staffId }: ListOwner) {
  return sql<boolean>`vocabulary_terms.unit_id is not distinct from ${unitId}::uuid
    and vocabulary_terms.staff_id is not distinct from ${staffId}::uuid and vocabulary_terms.removed_at is null`;
}
