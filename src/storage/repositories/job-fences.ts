import type { Kysely } from 'kysely';
import { AppError } from '../../contracts/errors.ts';
import type { PlainTables } from '../tables/tables.ts';

/** Another worker has begun the same job later: this one must leave everything as it is. */
export class Superseded extends AppError {
  constructor(jobId: string) {
    super('CONFLICT', `job ${jobId} was taken over`, { expected: 'the latest start', got: 'an earlier one' });
  }
}

/**
 * Says that a start of a job is writing, in the transaction that writes. Of two starts the later one wins, and two never
 * write at once. Throws Superseded.
 */
export async function passFence(
  tables: Kysely<PlainTables>,
  { id: jobId, start }: { id: string; start: number },
): Promise<void> {
  const passed = await tables
    .insertInto('jobFences')
    .values({ jobId, start })
    .onConflict((conflict) => conflict.column('jobId').doUpdateSet({ start }).where('jobFences.start', '<=', start))
    .returning('start')
    .execute();
  if (passed.length === 0) throw new Superseded(jobId);
}

/** Clears away the fences of jobs that began before a time. */
export async function deleteFences(tables: Kysely<PlainTables>, before: Date): Promise<void> {
  await tables.deleteFrom('jobFences').where('at', '<', before).execute();
}
