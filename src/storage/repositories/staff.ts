import { type Insertable, type Kysely, type Selectable, sql, type Updateable } from 'kysely';
import type { Actor } from '../../contracts/access.ts';
import type { AccountRole } from '../../contracts/clinic.ts';
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

/** Throws when there is no such unit: its id came from a row that refers to it. */
export async function unitById(tables: Kysely<PlainTables>, id: string): Promise<Unit> {
  return tables.selectFrom('units').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

export type UnitChanges = Omit<Updateable<UnitsTable>, 'id' | 'demo' | 'createdAt'>;

/** Changes a unit's settings. Throws CONFLICT when it has another version. */
export async function changeUnit(
  tables: Kysely<PlainTables>,
  id: string,
  version: number,
  changes: UnitChanges,
): Promise<Unit> {
  const rows = await tables
    .updateTable('units')
    .set(changes)
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .execute();
  return changedRow(rows, 'unit', version);
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

export async function addStaffUnit(tables: Kysely<PlainTables>, staffId: string, unitId: string): Promise<void> {
  await tables.insertInto('staffUnits').values({ staffId, unitId }).execute();
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

type ChangedColumn = 'givenName' | 'familyName' | 'profession' | 'hsaId' | 'passwordHash' | 'accountRoles' | 'active';
/** What is absent or undefined stays as it is. */
type StaffChanges = { readonly [Column in ChangedColumn]?: Insertable<StaffTable>[Column] | undefined };

/** Changes an account. Throws CONFLICT when it has another version. */
export async function changeStaff(
  tables: Kysely<PlainTables>,
  id: string,
  version: number,
  changes: StaffChanges,
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

/** An open account with what it may do. */
export interface StaffAccount extends StaffName {
  readonly username: string;
  readonly demo: boolean;
  readonly units: readonly Pick<Unit, 'id' | 'name'>[];
  readonly actor: Extract<Actor, { kind: 'staff' }>;
}

/** An account as it is now: its roles and units. Undefined for an unknown or closed one. */
export async function staffAccount(tables: Kysely<PlainTables>, staffId: string): Promise<StaffAccount | undefined> {
  const staff = await tables
    .selectFrom('staff')
    .select(['id', 'username', 'givenName', 'familyName', 'profession', 'demo', 'accountRoles'])
    .where('id', '=', staffId)
    .where('active', '=', true)
    .executeTakeFirst();
  if (staff === undefined) return undefined;
  const units = await tables
    .selectFrom('staffUnits')
    .innerJoin('units', 'units.id', 'staffUnits.unitId')
    .select(['units.id', 'units.name'])
    .where('staffId', '=', staffId)
    .orderBy('units.name')
    .execute();
  const { accountRoles, ...known } = staff;
  const actor = { kind: 'staff', id: staff.id, roles: accountRoles, unitIds: units.map(({ id }) => id) } as const;
  return { ...known, units, actor };
}

/** The open accounts of the demo clinic. */
export async function listDemoAccounts(tables: Kysely<PlainTables>) {
  return tables
    .selectFrom('staff')
    .select(['username', 'givenName', 'familyName', 'profession', 'accountRoles as roles'])
    .select(
      sql<string[]>`array(select name from staff_units join units on units.id = unit_id
        where staff_id = staff.id order by name)`.as('units'),
    )
    .where('demo', '=', true)
    .where('active', '=', true)
    .orderBy('createdAt')
    .execute();
}

/** The actor that an account is now. Undefined for an unknown or closed one. */
export async function staffActor(
  tables: Kysely<PlainTables>,
  staffId: string,
): Promise<StaffAccount['actor'] | undefined> {
  return (await staffAccount(tables, staffId))?.actor;
}

/** What some members of staff are called, those who have left included. */
export async function staffNames(
  tables: Kysely<PlainTables>,
  ids: readonly string[],
): Promise<Pick<Staff, 'id' | 'givenName' | 'familyName'>[]> {
  if (ids.length === 0) return [];
  return tables
    .selectFrom('staff')
    .select(['id', 'givenName', 'familyName'])
    .where('id', 'in', [...ids])
    .execute();
}

/** Whether a member of staff works at a unit, with an account role where one is asked for. */
export async function worksAtUnit(
  tables: Kysely<PlainTables>,
  unitId: string,
  staffId: string,
  accountRole?: AccountRole,
): Promise<boolean> {
  const row = await tables
    .selectFrom('staff')
    .innerJoin('staffUnits', 'staffUnits.staffId', 'staff.id')
    .select('accountRoles')
    .where('staffUnits.unitId', '=', unitId)
    .where('staff.id', '=', staffId)
    .where('staff.active', '=', true)
    .executeTakeFirst();
  return row !== undefined && (accountRole === undefined || row.accountRoles.includes(accountRole));
}
