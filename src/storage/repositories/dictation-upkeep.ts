import { type Kysely, sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { PlainTables } from '../tables/tables.ts';
import type { Dictation } from './dictations.ts';

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** Says how far the recogniser has come; seconds of sound. */
export async function setProgress(
  tables: Kysely<PlainTables>,
  dictationId: string,
  progress: { readonly doneSeconds: number; readonly totalSeconds: number },
): Promise<void> {
  await tables
    .insertInto('dictationProgress')
    .values({ dictationId, ...progress })
    .onConflict((conflict) => conflict.column('dictationId').doUpdateSet(progress))
    .execute();
}

/** Of what is transcribed just now at the actor's units; no patient is named, so that looking again leaves no line. */
export async function listProgress(transaction: AuditedTransaction) {
  return transaction.read({ action: 'list', object: 'dictations', patientOf: () => null }, (tables) =>
    tables
      .selectFrom('dictationProgress')
      .innerJoin('dictations', 'dictations.id', 'dictationProgress.dictationId')
      .select(['dictations.id', 'doneSeconds', 'totalSeconds'])
      .where('state', '=', 'transcribing')
      .execute(),
  );
}

export async function clearProgress(tables: Kysely<PlainTables>, dictationId: string): Promise<void> {
  await tables.deleteFrom('dictationProgress').where('dictationId', '=', dictationId).execute();
}

/** Dictations that wait for the recogniser and have not changed since a time, the longest waiting first. */
export async function dictationsLeft(transaction: AuditedTransaction, before: Date, limit: number) {
  return transaction.read({ action: 'list', object: 'dictations', patientOf }, (tables) =>
    tables
      .selectFrom('dictations')
      .select(['id', 'patientId'])
      .where('state', 'in', ['received', 'transcribing'])
      .where('updatedAt', '<', before)
      .orderBy('updatedAt')
      .limit(limit)
      .execute(),
  );
}

/** Those whose sound has served: of notes signed before a time, and whatever was withdrawn. */
export async function soundsToRemove(
  transaction: AuditedTransaction,
  signedBefore: Date,
  limit: number,
): Promise<Pick<Dictation, 'id' | 'version' | 'patientId'>[]> {
  return transaction.read({ action: 'list', object: 'dictations', patientOf }, (tables) =>
    tables
      .selectFrom('dictations')
      .select(['id', 'version', 'patientId'])
      .where('soundRemovedAt', 'is', null)
      .where((row) =>
        row.or([
          row('state', '=', 'withdrawn'),
          row.and([row('state', '=', 'signed'), row('updatedAt', '<', signedBefore)]),
        ]),
      )
      .limit(limit)
      .execute(),
  );
}

/** Of some ids, those of no dictation, or of one whose sound is not to be kept. */
export async function soundsOfNobody(transaction: AuditedTransaction, ids: readonly string[]): Promise<string[]> {
  const nobodys = await transaction.read(
    { action: 'list', object: 'dictations', patientOf: () => null },
    async (tables) => {
      const { rows } = await sql<{ id: string }>`select given.id from unnest(${[...ids]}::uuid[]) as given (id)
      where not exists (select from dictations where dictations.id = given.id and sound_removed_at is null)`.execute(
        tables,
      );
      return rows;
    },
  );
  return nobodys.map(({ id }) => id);
}

/** What was given up of a dictation before it came right is nobody's work any more. */
export async function settleLettersOf(tables: Kysely<PlainTables>, dictationId: string): Promise<void> {
  await tables
    .updateTable('deadLetters')
    .set({ settledAt: new Date() })
    .where('topic', '=', 'dictation.received')
    .where(sql`payload ->> 'dictationId'`, '=', dictationId)
    .where('settledAt', 'is', null)
    .execute();
}
