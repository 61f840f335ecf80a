import { sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';

/** How often a patient did not come, as far as the actor's units know, and when the last time. */
export async function noShowsOf(
  transaction: AuditedTransaction,
  patientId: string,
): Promise<{ count: number; latest: Date | null }> {
  const record = { action: 'read', object: 'appointments', patientOf: () => patientId } as const;
  const [row] = await transaction.read(record, (tables) =>
    tables
      .selectFrom('appointments')
      .select(sql<number>`count(*)`.as('count'))
      .select(({ fn }) => fn.max('startsAt').as('latest'))
      .where('patientId', '=', patientId)
      .where('state', '=', 'no_show')
      .execute(),
  );
  return row!;
}
