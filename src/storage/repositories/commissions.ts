import { type Kysely, sql } from 'kysely';
import type { PlainTables } from '../tables/tables.ts';
import type { Staff } from './staff.ts';

/**
 * The open account with an HSA-id, if it works at the unit with one; undefined else. The ids are in capitals.
 */
export async function staffInCommission(
  tables: Kysely<PlainTables>,
  employeeHsaId: string,
  unitHsaId: string,
): Promise<(Staff & { readonly commissionUnitId: string }) | undefined> {
  return tables
    .selectFrom('staff')
    .innerJoin('staffUnits', 'staffUnits.staffId', 'staff.id')
    .innerJoin('units', 'units.id', 'staffUnits.unitId')
    .selectAll('staff')
    .select('units.id as commissionUnitId')
    .where(sql`upper(staff.hsa_id)`, '=', employeeHsaId)
    .where(sql`upper(units.hsa_id)`, '=', unitHsaId)
    .where('staff.active', '=', true)
    .executeTakeFirst();
}
