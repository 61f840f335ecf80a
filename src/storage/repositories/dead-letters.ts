import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import { type OutboxMessage, OutboxMessage as OutboxMessageSchema } from '../../contracts/booking-events.ts';
import { AppError } from '../../contracts/errors.ts';
import { notFound } from '../audited-transaction.ts';
import type { DeadLettersTable } from '../tables/background.ts';
import { jsonText } from '../tables/columns.ts';
import type { PlainTables } from '../tables/tables.ts';
import { enqueue } from './outbox.ts';

/** A job that was given up; `settledByName` is who dealt with it. */
export type DeadLetter = Selectable<DeadLettersTable> & { readonly settledByName: string | null };
export type NewDeadLetter = Pick<Insertable<DeadLettersTable>, 'jobId' | 'topic' | 'code' | 'reason' | 'attempts'> & {
  readonly payload: unknown;
};

/** Keeps a job that was given up. Once more for the same job is the same letter, open again. */
export async function bury(tables: Kysely<PlainTables>, { payload, ...letter }: NewDeadLetter): Promise<void> {
  await tables
    .insertInto('deadLetters')
    .values({ ...letter, payload: jsonText(payload) })
    .onConflict((conflict) =>
      conflict.column('jobId').doUpdateSet({ ...letter, settledAt: null, settledBy: null, setAsideReason: null }),
    )
    .execute();
}

/** The job came right after all. */
export async function settleJob(tables: Kysely<PlainTables>, jobId: string): Promise<void> {
  await tables
    .updateTable('deadLetters')
    .set({ settledAt: new Date() })
    .where('jobId', '=', jobId)
    .where('settledAt', 'is', null)
    .execute();
}

/** Those that nobody has dealt with, or that were set aside, the oldest first; `after` is the last of the page before. */
export async function listDeadLetters(
  tables: Kysely<PlainTables>,
  { state = 'open', after, limit }: { state?: 'open' | 'set-aside'; after?: string | undefined; limit: number },
): Promise<DeadLetter[]> {
  let letters = tables
    .selectFrom('deadLetters')
    .leftJoin('staff', 'staff.id', 'deadLetters.settledBy')
    .selectAll('deadLetters')
    .select(sql<string | null>`given_name || ' ' || family_name`.as('settledByName'))
    .where(state === 'open' ? 'settledAt' : 'setAsideReason', state === 'open' ? 'is' : 'is not', null)
    .orderBy('failedAt')
    .orderBy('deadLetters.id')
    .limit(limit);
  if (after !== undefined) {
    letters = letters.where(({ eb, refTuple, selectFrom }) =>
      eb(
        refTuple('failedAt', 'deadLetters.id'),
        '>',
        selectFrom('deadLetters as last')
          .select(['last.failedAt', 'last.id'])
          .where('last.id', '=', after)
          .$asTuple('failedAt', 'id'),
      ),
    );
  }
  return letters.execute();
}

export async function countDeadLetters(tables: Kysely<PlainTables>): Promise<number> {
  const { count } = await tables
    .selectFrom('deadLetters')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('settledAt', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

/**
 * Has it done again, as a new message. Throws NOT_FOUND for one that is not there or was dealt with, STATE_NOT_ALLOWED
 * for one whose message this program does not know.
 */
export async function retryDeadLetter(
  tables: Kysely<PlainTables>,
  id: string,
  staffId: string,
): Promise<OutboxMessage> {
  const [letter] = await tables
    .updateTable('deadLetters')
    .set({ settledAt: new Date(), settledBy: staffId })
    .where('id', '=', id)
    .where('settledAt', 'is', null)
    .returning(['topic', 'payload'])
    .execute();
  if (letter === undefined) throw notFound('failed job');
  const { data: message } = OutboxMessageSchema.safeParse(letter);
  if (message === undefined) {
    const details = { expected: 'a message of this version', got: letter.topic };
    throw new AppError('STATE_NOT_ALLOWED', 'the job cannot be done again', details);
  }
  await enqueue(tables, message);
  return message;
}

/** Has it not done, for a reason. Throws NOT_FOUND for one that is not there or was dealt with. */
export async function setDeadLetterAside(
  tables: Kysely<PlainTables>,
  id: string,
  by: { readonly staffId: string; readonly reason: string },
): Promise<void> {
  const { numUpdatedRows } = await tables
    .updateTable('deadLetters')
    .set({ settledAt: new Date(), settledBy: by.staffId, setAsideReason: by.reason })
    .where('id', '=', id)
    .where('settledAt', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw notFound('failed job');
}

/** Takes it up again. Throws NOT_FOUND for one that was not set aside. */
export async function reopenDeadLetter(tables: Kysely<PlainTables>, id: string): Promise<void> {
  const { numUpdatedRows } = await tables
    .updateTable('deadLetters')
    .set({ settledAt: null, settledBy: null, setAsideReason: null })
    .where('id', '=', id)
    .where('setAsideReason', 'is not', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw notFound('failed job');
}

/** Clears away what was dealt with before a time. */
export async function deleteSettled(tables: Kysely<PlainTables>, before: Date): Promise<void> {
  await tables.deleteFrom('deadLetters').where('settledAt', '<', before).execute();
}
