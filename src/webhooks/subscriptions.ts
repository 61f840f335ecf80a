import type { Actor } from '../contracts/access.ts';
import { AppError } from '../contracts/errors.ts';
import type { NewWebhook, WebhookView } from '../contracts/webhooks.ts';
import { type AuditedTransaction, notFound } from '../storage/audited-transaction.ts';
import {
  addWebhook,
  countWebhooks,
  deleteWebhook,
  listWebhooks,
  type WebhookScope,
} from '../storage/repositories/webhooks.ts';
import { requireAllowed, type WebhookHosts } from './hosts.ts';
import { newWebhookSecret } from './signature.ts';

const MAX_WEBHOOKS_OF_UNIT = 20;

export type WebhookOwner = Extract<Actor, { kind: 'staff' | 'api-key' }>;

/** Makes a subscription; its secret is told this once. Throws REQUEST_INVALID for an address that is not allowed. */
export async function subscribe(
  transaction: AuditedTransaction,
  owner: WebhookOwner,
  { url, events, secret = newWebhookSecret(), unitId = owner.unitIds[0] }: NewWebhook,
  hosts: WebhookHosts,
): Promise<WebhookView & { secret: string }> {
  requireAllowed(url, hosts);
  if (unitId === undefined || !owner.unitIds.includes(unitId)) throw notFound('unit');
  const { plain } = transaction;
  if ((await countWebhooks(plain, unitId)) >= MAX_WEBHOOKS_OF_UNIT) {
    const details = { expected: `at most ${MAX_WEBHOOKS_OF_UNIT} of a unit`, got: 'one more' };
    throw new AppError('CONFLICT', 'the unit has as many webhooks as it may', details);
  }
  const whose =
    owner.kind === 'api-key' ? { ownerId: owner.ownerId, apiKeyId: owner.id } : { ownerId: owner.id, apiKeyId: null };
  const { id } = await addWebhook(plain, { ...whose, unitId, url, secret, events: [...new Set(events)] });
  transaction.record('account-changed', 'webhooks', id);
  const views = await subscriptions(transaction, owner);
  return { ...views.find((view) => view.id === id)!, secret };
}

/** A program's own; for staff all of their units. */
export async function subscriptions({ plain }: AuditedTransaction, owner: WebhookOwner): Promise<WebhookView[]> {
  const rows = await listWebhooks(plain, scopeOf(owner));
  return rows.map(({ triedAt, lastStatus, lastProblem, ...webhook }) => ({
    ...webhook,
    lastTry: triedAt === null ? null : { at: triedAt, status: lastStatus, problem: lastProblem },
  }));
}

/** Takes a subscription away. Throws NOT_FOUND. */
export async function unsubscribe(transaction: AuditedTransaction, owner: WebhookOwner, id: string): Promise<void> {
  if (!(await deleteWebhook(transaction.plain, id, scopeOf(owner)))) throw notFound('webhook');
  transaction.record('account-changed', 'webhooks', id);
}

function scopeOf(owner: WebhookOwner): WebhookScope {
  return { unitIds: owner.unitIds, ...(owner.kind === 'api-key' && { apiKeyId: owner.id }) };
}
