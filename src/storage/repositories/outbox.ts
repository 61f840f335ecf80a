import { type Kysely, sql } from 'kysely';
import type { OutboxMessage } from '../../contracts/booking-events.ts';
import { OutboxMessage as OutboxMessageSchema } from '../../contracts/booking-events.ts';
import { jsonText } from '../tables/columns.ts';
import type { PlainTables } from '../tables/tables.ts';

/** A message with its place in the outbox and its time, which make a job's id that repeats cannot double. */
export interface SentMessage {
  readonly id: number;
  readonly createdAt: Date;
  /** As it was written; `message` is it as it is understood, null for one of another version of this program. */
  readonly written: { readonly topic: string; readonly payload: unknown };
  readonly message: OutboxMessage | null;
}

/** How much waits to be sent, and since when. */
export interface OutboxBacklog {
  readonly messages: number;
  readonly oldestAgeSeconds: number;
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
    .select(['id', 'createdAt', 'topic', 'payload'])
    .where('sentAt', 'is', null)
    .orderBy('id')
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(({ id, createdAt, ...written }) => {
    const message = OutboxMessageSchema.safeParse(written).data ?? null;
    return { id, createdAt, written, message };
  });
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

/** Nothing that waits is an age of zero. */
export async function outboxBacklog(tables: Kysely<PlainTables>): Promise<OutboxBacklog> {
  return tables
    .selectFrom('outbox')
    .select(({ fn }) => fn.countAll<number>().as('messages'))
    .select(
      sql<number>`coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::float8`.as('oldestAgeSeconds'),
    )
    .where('sentAt', 'is', null)
    .executeTakeFirstOrThrow();
}
