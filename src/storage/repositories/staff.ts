import type { Insertable, Kysely, Selectable } from 'kysely';
import { sql } from 'kysely';
import type { Actor } from '../../contracts/access.ts';
import type { StaffTable, UnitsTable } from '../tables/clinic.ts';
import type { PlainTables } from '../tables/tables.ts';
import { changedRow } from './expect.ts';

export type Unit = Selectable<UnitsTable>;
export type Staff = Selectable<StaffTable>;
/** What others may know of a member of staff. */
export type StaffName = Pick<Staff, 'id' | 'givenName' | 'familyName' | 'profession'>;

export async function createUnit(tables: Kysely<PlainTables>, unit: Insertable<UnitsTable>): Promise<Unit> {
  return tables.insertInto('units').values(unit).returningAll().executeTakeFirstOrThrow();
}

export async function listUnits(tables: Kysely<PlainTables>): Promise<Unit[]> {
  return tables.selectFrom('units').selectAll().orderBy('name').execute();
}

/** Makes an account that works at the units. Throws CONFLICT for a user name that is taken. */
export async function createStaff(
  tables: Kysely<PlainTables>,
  staff: Insertable<StaffTable>,
  unitIds: readonly string[],
): Promise<Staff> {
  const made = await tables.insertInto('staff').values(staff).returningAll().executeTakeFirstOrThrow();
  await setStaffUnits(tables, made.id, unitIds);
  return made;
}

export async function setStaffUnits(tables: Kysely<PlainTables>, staffId: string, unitIds: readonly string[]) {
  await tables.deleteFrom('staffUnits').where('staffId', '=', staffId).execute();
  if (unitIds.length === 0) return;
  await tables
    .insertInto('staffUnits')
    .values(unitIds.map((unitId) => ({ staffId, unitId })))
    .execute();
}

export async function findStaffByUsername(tables: Kysely<PlainTables>, username: string): Promise<Staff | undefined> {
  return tables.selectFrom('staff').selectAll().where('username', '=', username.toLowerCase()).executeTakeFirst();
}

/** Whether nobody has an account yet: the first-run setup makes the first one. */
export async function hasNoStaff(tables: Kysely<PlainTables>): Promise<boolean> {
  return (await tables.selectFrom('staff').select('id').limit(1).execute()).length === 0;
}

/** Who works at any of the units, in the order of the Swedish alphabet. */
export async function listStaff(tables: Kysely<PlainTables>, unitIds: readonly string[]): Promise<StaffName[]> {
  if (unitIds.length === 0) return [];
  return tables
    .selectFrom('staff')
    .select(['id', 'givenName', 'familyName', 'profession'])
    .where('active', '=', true)
    .where(
      'id',
      'in',
      tables
        .selectFrom('staffUnits')
        .select('staffId')
        .where('unitId', 'in', [...unitIds]),
    )
    .orderBy(sql`family_name collate "sv-SE-x-icu", given_name collate "sv-SE-x-icu"`)
    .execute();
}

/** Changes an account. Throws CONFLICT when it has another version. */
export async function changeStaff(
  tables: Kysely<PlainTables>,
  id: string,
  version: number,
  changes: Partial<
    Pick<
      Insertable<StaffTable>,
      'givenName' | 'familyName' | 'profession' | 'hsaId' | 'passwordHash' | 'accountRoles' | 'active'
    >
  >,
): Promise<Staff> {
  const rows = await tables
    .updateTable('staff')
    .set(changes)
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .execute();
  return changedRow(rows, 'account', version);
}

/** The actor that an account is now: its roles and units. Undefined for an unknown or closed one. */
export async function staffActor(
  tables: Kysely<PlainTables>,
  staffId: string,
): Promise<Extract<Actor, { kind: 'staff' }> | undefined> {
  const staff = await tables
    .selectFrom('staff')
    .select(['id', 'accountRoles'])
    .where('id', '=', staffId)
    .where('active', '=', true)
    .executeTakeFirst();
  if (staff === undefined) return undefined;
  const units = await tables.selectFrom('staffUnits').select('unitId').where('staffId', '=', staffId).execute();
  return { kind: 'staff', id: staff.id, roles: staff.accountRoles, unitIds: units.map(({ unitId }) => unitId) };
}
