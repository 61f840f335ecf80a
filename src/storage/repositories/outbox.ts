import type { Kysely } from 'kysely';
import type { OutboxMessage } from '../../contracts/booking-events.ts';
import { OutboxMessage as OutboxMessageSchema } from '../../contracts/booking-events.ts';
import { jsonText } from '../tables/columns.ts';
import type { PlainTables } from '../tables/tables.ts';

/** A message with its place in the outbox, which makes a job's id that repeats cannot double. */
export interface SentMessage {
  readonly id: number;
  readonly message: OutboxMessage;
}

/** Asks for work once the transaction has committed. The messages of requests and questions write themselves. */
export async function enqueue(tables: Kysely<PlainTables>, { topic, payload }: OutboxMessage): Promise<void> {
  await tables
    .insertInto('outbox')
    .values({ topic, payload: jsonText(payload) })
    .execute();
}

/**
 * The oldest messages that were not sent, held against other relays until the transaction ends: send them, mark them,
 * commit. A relay that dies in between leaves them to the next, so that each is sent at least once.
 */
export async function takeUnsent(tables: Kysely<PlainTables>, limit: number): Promise<SentMessage[]> {
  const rows = await tables
    .selectFrom('outbox')
    .select(['id', 'topic', 'payload'])
    .where('sentAt', 'is', null)
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(({ id, topic, payload }) => ({ id, message: OutboxMessageSchema.parse({ topic, payload }) }));
}

export async function markSent(tables: Kysely<PlainTables>, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  await tables
    .updateTable('outbox')
    .set({ sentAt: new Date() })
    .where('id', 'in', [...ids])
    .execute();
}

/** Clears away what was sent before a time. */
export async function deleteSent(tables: Kysely<PlainTables>, before: Date): Promise<void> {
  await tables.deleteFrom('outbox').where('sentAt', '<', before).execute();
}
