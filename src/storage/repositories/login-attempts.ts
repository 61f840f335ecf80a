import { type Kysely, type Selectable, sql } from 'kysely';
import type { LoginAttemptsTable } from '../tables/clinic.ts';
import type { PlainTables } from '../tables/tables.ts';

/** Counts a try under a key (SHA-256), anew when the counting began at `startedBefore` or earlier. */
export async function countLoginAttempt(
  tables: Kysely<PlainTables>,
  key: Buffer,
  { now, startedBefore }: { now: Date; startedBefore: Date },
): Promise<Selectable<LoginAttemptsTable>> {
  const isOver = sql<boolean>`login_attempts.since <= ${startedBefore}`;
  return tables
    .insertInto('loginAttempts')
    .values({ key, attempts: 1, since: now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        attempts: sql`case when ${isOver} then 1 else login_attempts.attempts + 1 end`,
        since: sql`case when ${isOver} then ${now} else login_attempts.since end`,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Takes one try back. */
export async function forgiveLoginAttempt(tables: Kysely<PlainTables>, key: Buffer): Promise<void> {
  await tables
    .updateTable('loginAttempts')
    .set({ attempts: sql`greatest(attempts - 1, 0)` })
    .where('key', '=', key)
    .execute();
}

export async function forgetLoginAttempts(tables: Kysely<PlainTables>, key: Buffer): Promise<void> {
  await tables.deleteFrom('loginAttempts').where('key', '=', key).execute();
}

/** Forgets counts that began at a time or earlier. */
export async function forgetLoginAttemptsBefore(tables: Kysely<PlainTables>, startedBefore: Date): Promise<void> {
  await tables.deleteFrom('loginAttempts').where('since', '<=', startedBefore).execute();
}
