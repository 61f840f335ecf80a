import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { AnswerCodeAttemptsTable, AnswerCodesTable } from '../tables/patient-page.ts';
import type { PlainTables } from '../tables/tables.ts';

export async function keepAnswerCode(
  transaction: AuditedTransaction,
  code: Pick<Insertable<AnswerCodesTable>, 'unitId' | 'patientId' | 'chainId' | 'codeHash' | 'expiresAt'>,
): Promise<void> {
  await transaction.write.insertInto('answerCodes').values(code).execute();
}

/** No code of a chain opens anything from now on. */
export async function revokeAnswerCodes(transaction: AuditedTransaction, chainId: string, now: Date): Promise<void> {
  await transaction.write
    .updateTable('answerCodes')
    .set({ revokedAt: now })
    .where('chainId', '=', chainId)
    .where('revokedAt', 'is', null)
    .execute();
}

/** What a code opens. */
export interface MatchedCode {
  readonly patientId: string;
  readonly unitId: string;
  readonly chainId: string;
}

/**
 * Undefined for a code that is unknown, over or revoked, and for another birth date than these (YYYY-MM-DD): it is not told
 * which.
 */
export async function matchAnswerCode(
  { plain }: AuditedTransaction,
  { codeHash, birthDates }: { codeHash: Buffer; birthDates: readonly string[] },
  now: Date,
): Promise<MatchedCode | undefined> {
  const { rows } = await sql<MatchedCode>`
    select patient_id, unit_id, chain_id from unnest(${[...birthDates]}::date[]) as day (born)
    cross join lateral match_answer_code(${codeHash}, born, ${now})`.execute(plain);
  return rows[0];
}

/**
 * Counts a try with a code (its SHA-256), anew when the counting began at `startedBefore` or earlier. What goes beyond
 * the limit is not looked at, and so does not count in all.
 */
export async function countCodeAttempt(
  tables: Kysely<PlainTables>,
  key: Buffer,
  { now, startedBefore, limit }: { now: Date; startedBefore: Date; limit: number },
): Promise<Selectable<AnswerCodeAttemptsTable>> {
  const isOver = sql<boolean>`answer_code_attempts.since <= ${startedBefore}`;
  const isLooked = sql<boolean>`${isOver} or answer_code_attempts.attempts < ${limit}`;
  return tables
    .insertInto('answerCodeAttempts')
    .values({ key, attempts: 1, total: 1, since: now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        attempts: sql`case when ${isOver} then 1 else answer_code_attempts.attempts + 1 end`,
        total: sql`answer_code_attempts.total + case when ${isLooked} then 1 else 0 end`,
        since: sql`case when ${isOver} then ${now} else answer_code_attempts.since end`,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function forgetCodeAttempts(tables: Kysely<PlainTables>, key: Buffer): Promise<void> {
  await tables.deleteFrom('answerCodeAttempts').where('key', '=', key).execute();
}

/** Forgets counts that began at a time or earlier, but of codes that are good: nobody tries those for months. */
export async function tidyCodeAttempts(
  transaction: AuditedTransaction,
  { startedBefore, now }: { startedBefore: Date; now: Date },
): Promise<void> {
  await transaction.write
    .deleteFrom('answerCodeAttempts')
    .where('since', '<=', startedBefore)
    .where((row) =>
      row.not(
        row.exists(
          row
            .selectFrom('answerCodes')
            .select('answerCodes.id')
            .whereRef('answerCodes.codeHash', '=', 'answerCodeAttempts.key')
            .where('answerCodes.expiresAt', '>', now),
        ),
      ),
    )
    .execute();
}
