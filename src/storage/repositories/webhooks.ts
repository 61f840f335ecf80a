import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { WebhookEnd } from '../../contracts/webhooks.ts';
import type { WebhookDeliveriesTable, WebhooksTable } from '../tables/dictations.ts';
import type { PlainTables } from '../tables/tables.ts';

export type Webhook = Selectable<WebhooksTable>;
export type WebhookDelivery = Selectable<WebhookDeliveriesTable>;

/** Which subscriptions somebody manages: those of a key, or all of some units. */
export interface WebhookScope {
  readonly unitIds: readonly string[];
  readonly apiKeyId?: string | undefined;
}

export async function countWebhooks(tables: Kysely<PlainTables>, unitId: string): Promise<number> {
  const { count } = await tables
    .selectFrom('webhooks')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('unitId', '=', unitId)
    .executeTakeFirstOrThrow();
  return count;
}

export async function addWebhook(tables: Kysely<PlainTables>, webhook: Insertable<WebhooksTable>): Promise<Webhook> {
  return tables.insertInto('webhooks').values(webhook).returningAll().executeTakeFirstOrThrow();
}

/** With the number of deliveries that wait and what came of the latest attempt, in the order in which they were made. */
export async function listWebhooks(tables: Kysely<PlainTables>, { unitIds, apiKeyId }: WebhookScope) {
  if (unitIds.length === 0) return [];
  let query = tables
    .selectFrom('webhooks')
    .leftJoinLateral(
      (row) =>
        row
          .selectFrom('webhookDeliveries')
          .select(['triedAt', 'lastStatus', 'lastProblem'])
          .whereRef('webhookId', '=', 'webhooks.id')
          .where('triedAt', 'is not', null)
          .orderBy('triedAt', 'desc')
          .limit(1)
          .as('latest'),
      (join) => join.onTrue(),
    )
    .selectAll('webhooks')
    .select(['latest.triedAt', 'latest.lastStatus', 'latest.lastProblem'])
    .select(
      sql<number>`(select count(*) from webhook_deliveries where webhook_id = webhooks.id and state = 'pending')`.as(
        'waiting',
      ),
    )
    .where('unitId', 'in', [...unitIds])
    .orderBy('webhooks.createdAt');
  if (apiKeyId !== undefined) query = query.where('apiKeyId', '=', apiKeyId);
  return query.execute();
}

/** Takes a subscription away with its deliveries. False when it is not there. */
export async function deleteWebhook(
  tables: Kysely<PlainTables>,
  id: string,
  { unitIds, apiKeyId }: WebhookScope,
): Promise<boolean> {
  if (unitIds.length === 0) return false;
  let query = tables
    .deleteFrom('webhooks')
    .where('id', '=', id)
    .where('unitId', 'in', [...unitIds]);
  if (apiKeyId !== undefined) query = query.where('apiKeyId', '=', apiKeyId);
  const { numDeletedRows } = await query.executeTakeFirst();
  return numDeletedRows > 0n;
}

/** A delivery that is still to be made, with its subscription and whether that one's key and owner still hold. */
export async function dueDelivery(tables: Kysely<PlainTables>, id: string, now: Date) {
  return tables
    .selectFrom('webhookDeliveries')
    .innerJoin('webhooks', 'webhooks.id', 'webhookDeliveries.webhookId')
    .innerJoin('events', 'events.id', 'webhookDeliveries.eventId')
    .selectAll('webhookDeliveries')
    .select(['url', 'secret', 'active', 'failingSince', 'events.at as happenedAt'])
    .select(
      sql<boolean>`exists (select from staff where staff.id = webhooks.owner_id and staff.active)
        and (webhooks.api_key_id is null or exists (select from api_keys where api_keys.id = webhooks.api_key_id
          and api_keys.revoked_at is null and api_keys.expires_at > ${now}::timestamptz))`.as('ownerHolds'),
    )
    .where('webhookDeliveries.id', '=', id)
    .where('webhookDeliveries.state', '=', 'pending')
    .executeTakeFirst();
}

/** It came through: all is well with its subscription. */
export async function markDelivered(
  tables: Kysely<PlainTables>,
  { id, webhookId }: Pick<WebhookDelivery, 'id' | 'webhookId'>,
  status: number,
  now: Date,
): Promise<void> {
  await tables
    .updateTable('webhookDeliveries')
    .set({ state: 'delivered', deliveredAt: now, triedAt: now, lastStatus: status, lastProblem: null })
    .set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .execute();
  await tables
    .updateTable('webhooks')
    .set({ failingSince: null })
    .where('id', '=', webhookId)
    .where('failingSince', 'is not', null)
    .execute();
}

/** An attempt that did not come through. `nextAt` is absent when there is to be no other. */
export async function markNotDelivered(
  tables: Kysely<PlainTables>,
  { id, webhookId }: Pick<WebhookDelivery, 'id' | 'webhookId'>,
  outcome: { readonly status: number | null; readonly problem: string; readonly now: Date; readonly nextAt?: Date },
): Promise<void> {
  const { status, problem, now, nextAt } = outcome;
  await tables
    .updateTable('webhookDeliveries')
    .set({ triedAt: now, lastStatus: status, lastProblem: problem, ...(nextAt ? { nextAt } : { state: 'failed' }) })
    .set(({ eb }) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .execute();
  await tables
    .updateTable('webhooks')
    .set({ failingSince: now })
    .where('id', '=', webhookId)
    .where('failingSince', 'is', null)
    .execute();
}

/** Sends it nothing any more: what waits is given up. */
export async function endWebhook(tables: Kysely<PlainTables>, id: string, endedBecause: WebhookEnd): Promise<void> {
  await tables
    .updateTable('webhooks')
    .set({ active: false, endedBecause })
    .where('id', '=', id)
    .where('active', '=', true)
    .execute();
  await tables
    .updateTable('webhookDeliveries')
    .set({ state: 'failed' })
    .where('webhookId', '=', id)
    .where('state', '=', 'pending')
    .execute();
}

/** Ids of deliveries whose time has passed without an attempt, the longest due first. */
export async function deliveriesLeft(tables: Kysely<PlainTables>, before: Date, limit: number): Promise<string[]> {
  const rows = await tables
    .selectFrom('webhookDeliveries')
    .select('id')
    .where('state', '=', 'pending')
    .where('nextAt', '<', before)
    .orderBy('nextAt')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => id);
}

/** Clears away what was settled by events before a time. */
export async function deleteDeliveries(tables: Kysely<PlainTables>, before: Date): Promise<void> {
  await tables
    .deleteFrom('webhookDeliveries')
    .where('state', '<>', 'pending')
    .where('eventId', 'in', tables.selectFrom('events').select('id').where('at', '<', before))
    .execute();
}
