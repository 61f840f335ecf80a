import type { Insertable, Kysely } from 'kysely';
import type { Actor } from '../contracts/access.ts';
import { type ApiKey, acceptApiKey, createApiKey } from '../storage/repositories/api-keys.ts';
import type { Storage } from '../storage/storage.ts';
import type { ApiKeysTable } from '../storage/tables/clinic.ts';
import type { PlainTables } from '../storage/tables/tables.ts';
import { newToken, tokenHash } from './tokens.ts';

/** Tells our keys from others that clients must send something for, and lets a scanner find one that was published. */
const KEY_PREFIX = 'tt_';
const KEY = /^tt_[\w-]{43}$/;

/** Whether a text is meant as one of our keys. */
export function isApiKeyToken(text: string): boolean {
  return text.startsWith(KEY_PREFIX);
}

/** Makes a key; its token is kept nowhere. */
export async function makeApiKey(
  tables: Kysely<PlainTables>,
  key: Omit<Insertable<ApiKeysTable>, 'tokenHash'>,
): Promise<ApiKey & { token: string }> {
  const token = KEY_PREFIX + newToken();
  return { ...(await createApiKey(tables, { ...key, tokenHash: tokenHash(token) })), token };
}

/** Who a key stands for while it holds. */
export async function apiKeyActor(
  { plain }: Storage,
  token: string,
  now: Date,
): Promise<Extract<Actor, { kind: 'api-key' }> | undefined> {
  const key = KEY.test(token) ? await acceptApiKey(plain, tokenHash(token), now) : undefined;
  if (key === undefined) return undefined;
  const { id, ownerId, scopes, unitId } = key;
  return { kind: 'api-key', id, ownerId, scopes, unitIds: [unitId] };
}
