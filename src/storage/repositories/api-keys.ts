import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { ApiKeysTable } from '../tables/clinic.ts';
import type { PlainTables } from '../tables/tables.ts';

/** A key as it is kept; the token itself was shown once, when it was made. */
type KeptApiKey = Omit<Selectable<ApiKeysTable>, 'tokenHash'>;

/** A key as it may be shown, with who answers for it. */
export type ApiKey = KeptApiKey & { readonly ownerName: string; readonly isAnswered: boolean };

const SHOWN = [
  'apiKeys.id',
  'apiKeys.name',
  'apiKeys.ownerId',
  'apiKeys.unitId',
  'apiKeys.scopes',
  'apiKeys.createdAt',
  'apiKeys.expiresAt',
  'apiKeys.revokedAt',
  'apiKeys.lastUsedAt',
] as const;

/** Somebody answers for the key: its owner's account is open and works at the unit that the key is for. */
const answered = sql<boolean>`exists (
  select from staff join staff_units on staff_units.staff_id = staff.id
  where staff.id = api_keys.owner_id and staff.active and staff_units.unit_id = api_keys.unit_id)`;

function keysWithOwners(tables: Kysely<PlainTables>) {
  return tables
    .selectFrom('apiKeys')
    .innerJoin('staff', 'staff.id', 'apiKeys.ownerId')
    .select(SHOWN)
    .select(sql<string>`given_name || ' ' || family_name`.as('ownerName'))
    .select(answered.as('isAnswered'));
}

export async function createApiKey(tables: Kysely<PlainTables>, key: Insertable<ApiKeysTable>): Promise<ApiKey> {
  const { id } = await tables.insertInto('apiKeys').values(key).returning('id').executeTakeFirstOrThrow();
  return keysWithOwners(tables).where('apiKeys.id', '=', id).executeTakeFirstOrThrow();
}

/** Those that hold first, then by their age. */
export async function listApiKeys(
  tables: Kysely<PlainTables>,
  unitIds: readonly string[],
  now: Date,
): Promise<ApiKey[]> {
  if (unitIds.length === 0) return [];
  return keysWithOwners(tables)
    .where('apiKeys.unitId', 'in', [...unitIds])
    .orderBy(sql`revoked_at is null and expires_at > ${now} and ${answered}`, 'desc')
    .orderBy('apiKeys.createdAt')
    .execute();
}

/** The key of a token's hash while it holds, with its use noted. A key that nobody answers for does not hold. */
export async function acceptApiKey(
  tables: Kysely<PlainTables>,
  tokenHash: Buffer,
  now: Date,
): Promise<KeptApiKey | undefined> {
  return tables
    .updateTable('apiKeys')
    .set({ lastUsedAt: now })
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now)
    .where('revokedAt', 'is', null)
    .where(answered)
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
