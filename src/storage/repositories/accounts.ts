import { type Kysely, sql } from 'kysely';
import { AppError } from '../../contracts/errors.ts';
import { notFound } from '../audited-transaction.ts';
import type { PlainTables } from '../tables/tables.ts';
import { setStaffUnits } from './staff.ts';

/** Accounts with their units, for whoever manages them at the units. */
function accountsAt(tables: Kysely<PlainTables>, unitIds: readonly string[]) {
  return tables
    .selectFrom('staff')
    .leftJoin('passwordLinks', (join) =>
      join
        .onRef('passwordLinks.staffId', '=', 'staff.id')
        .on('passwordLinks.expiresAt', '>', sql<Date>`clock_timestamp()`),
    )
    .select(['id', 'version', 'username', 'givenName', 'familyName', 'profession', 'hsaId', 'active', 'demo'])
    .select(['accountRoles as roles', 'passwordLinks.expiresAt as linkExpiresAt'])
    .select(sql<boolean>`password_hash is not null`.as('hasPassword'))
    .select(
      sql<string[]>`array(select unit_id from staff_units where staff_id = staff.id order by unit_id)`.as('unitIds'),
    )
    .select(
      sql<number>`(select count(*) from sessions
        where sessions.staff_id = staff.id and sessions.expires_at > clock_timestamp())::integer`.as('sessions'),
    )
    .where(
      'id',
      'in',
      tables
        .selectFrom('staffUnits')
        .select('staffId')
        .where('unitId', 'in', [...unitIds]),
    );
}

export async function listAccounts(tables: Kysely<PlainTables>, unitIds: readonly string[]) {
  if (unitIds.length === 0) return [];
  return accountsAt(tables, unitIds)
    .orderBy(sql`active desc, family_name collate "sv-SE-x-icu", given_name collate "sv-SE-x-icu", id`)
    .execute();
}

/** Throws NOT_FOUND, also for an account of other units. */
export async function accountById(tables: Kysely<PlainTables>, id: string, unitIds: readonly string[]) {
  const [account] = unitIds.length === 0 ? [] : await accountsAt(tables, unitIds).where('id', '=', id).execute();
  if (account === undefined) throw notFound('account');
  return account;
}

/**
 * An account that works at no unit but these. Throws NOT_FOUND as `accountById` does, UNIT_NOT_ALLOWED for one that works
 * elsewhere too: its password and its roles open those units as well.
 */
export async function accountWithin(tables: Kysely<PlainTables>, id: string, unitIds: readonly string[]) {
  const account = await accountById(tables, id, unitIds);
  const elsewhere = account.unitIds.filter((unitId) => !unitIds.includes(unitId)).length;
  if (elsewhere > 0) {
    throw new AppError('UNIT_NOT_ALLOWED', 'the account works at units that others manage, too', {
      expected: 'an account of the own units alone, or an operator of all its units',
      got: `${elsewhere} other ${elsewhere === 1 ? 'unit' : 'units'}`,
    });
  }
  return account;
}

/** Sets the units of an account among those that somebody manages; where else it works stays. */
export async function setUnitsAmong(
  tables: Kysely<PlainTables>,
  account: { readonly id: string; readonly unitIds: readonly string[] },
  unitIds: readonly string[],
  managed: readonly string[],
): Promise<void> {
  const elsewhere = account.unitIds.filter((unitId) => !managed.includes(unitId));
  await setStaffUnits(tables, account.id, [...elsewhere, ...unitIds]);
}
