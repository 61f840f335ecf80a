import type { Insertable, Kysely, Selectable } from 'kysely';
import type { ApiKeysTable } from '../tables/clinic.ts';
import type { PlainTables } from '../tables/tables.ts';

/** A key as it may be shown; the token itself was shown once, when it was made. */
export type ApiKey = Omit<Selectable<ApiKeysTable>, 'tokenHash'>;

const SHOWN = [
  'id',
  'name',
  'ownerId',
  'unitId',
  'scopes',
  'createdAt',
  'expiresAt',
  'revokedAt',
  'lastUsedAt',
] as const;

export async function createApiKey(tables: Kysely<PlainTables>, key: Insertable<ApiKeysTable>): Promise<ApiKey> {
  return tables.insertInto('apiKeys').values(key).returning(SHOWN).executeTakeFirstOrThrow();
}

export async function listApiKeys(tables: Kysely<PlainTables>, unitIds: readonly string[]): Promise<ApiKey[]> {
  if (unitIds.length === 0) return [];
  return tables
    .selectFrom('apiKeys')
    .select(SHOWN)
    .where('unitId', 'in', [...unitIds])
    .orderBy('createdAt')
    .execute();
}

/** The key of a token's hash while it holds, with its use noted. A key whose owner's account is closed does not hold. */
export async function acceptApiKey(
  tables: Kysely<PlainTables>,
  tokenHash: Buffer,
  now: Date,
): Promise<ApiKey | undefined> {
  return tables
    .updateTable('apiKeys')
    .set({ lastUsedAt: now })
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now)
    .where('revokedAt', 'is', null)
    .where('ownerId', 'in', tables.selectFrom('staff').select('id').where('active', '=', true))
    .returning(SHOWN)
    .executeTakeFirst();
}

/** Ends a key of the units for ever. False when it is not there or had ended. */
export async function revokeApiKey(
  tables: Kysely<PlainTables>,
  id: string,
  unitIds: readonly string[],
  now: Date,
): Promise<boolean> {
  if (unitIds.length === 0) return false;
  const revoked = await tables
    .updateTable('apiKeys')
    .set({ revokedAt: now })
    .where('id', '=', id)
    .where('unitId', 'in', [...unitIds])
    .where('revokedAt', 'is', null)
    .returning('id')
    .execute();
  return revoked.length > 0;
}
