import { type Selectable, sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { FreedTimesTable } from '../tables/freed-times.ts';

export type FreedTime = Selectable<FreedTimesTable>;

/**
 * A freed time about which somebody may be asked: it is neither settled nor offered to anybody. Whoever else looks at it
 * waits until the transaction ends.
 */
export async function freedTimeToOffer({ ofUnits }: AuditedTransaction, id: string): Promise<FreedTime | undefined> {
  const freed = await ofUnits
    .selectFrom('freedTimes')
    .selectAll()
    .where('id', '=', id)
    .where('overAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  // By a statement of its own: it sees what was committed while the first one waited.
  const { rows } = await sql`select from offers where freed_time_id = ${id} and state = 'offered'`.execute(ofUnits);
  return rows.length === 0 ? freed : undefined;
}

/** Nobody is asked about it any more. */
export async function endFreedTime({ ofUnits }: AuditedTransaction, id: string, now: Date): Promise<void> {
  await ofUnits.updateTable('freedTimes').set({ overAt: now }).where('id', '=', id).execute();
}

/** Freed before an instant, and neither offered to anybody nor settled: their job was lost. */
export async function freedTimesLeft(transaction: AuditedTransaction, before: Date, limit: number): Promise<string[]> {
  const record = { action: 'list', object: 'freed_times', patientOf: () => null } as const;
  const rows = await transaction.read(record, (tables) =>
    tables
      .selectFrom('freedTimes')
      .select('id')
      .where('overAt', 'is', null)
      .where('createdAt', '<', before)
      .where((row) =>
        row.not(
          row.exists(
            row
              .selectFrom('offers')
              .select('offers.id')
              .whereRef('offers.freedTimeId', '=', 'freedTimes.id')
              .where('offers.state', '=', 'offered'),
          ),
        ),
      )
      .orderBy('createdAt')
      .limit(limit)
      .execute(),
  );
  return rows.map(({ id }) => id);
}
