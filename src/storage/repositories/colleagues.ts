import { type Kysely, sql } from 'kysely';
import type { AccountRole } from '../../contracts/clinic.ts';
import type { PlainTables } from '../tables/tables.ts';
import type { StaffName } from './staff.ts';

/** Who works at a unit with any of some account roles, in the order of the Swedish alphabet. */
export async function listColleagues(
  tables: Kysely<PlainTables>,
  unitId: string,
  accountRoles: readonly AccountRole[],
): Promise<StaffName[]> {
  return tables
    .selectFrom('staff')
    .innerJoin('staffUnits', 'staffUnits.staffId', 'staff.id')
    .select(['staff.id', 'givenName', 'familyName', 'profession'])
    .where('staffUnits.unitId', '=', unitId)
    .where('active', '=', true)
    .where(sql<boolean>`account_roles && ${[...accountRoles]}`)
    .orderBy(sql`family_name collate "sv-SE-x-icu", given_name collate "sv-SE-x-icu"`)
    .execute();
}
