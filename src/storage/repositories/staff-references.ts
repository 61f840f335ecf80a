import type { Kysely } from 'kysely';
import { Id } from '../../contracts/clinic.ts';
import type { PlainTables } from '../tables/tables.ts';
import { findStaffByUsername, type Staff, type Unit } from './staff.ts';

/** A member of staff as other programs name one: by the id here, HSA-id or user name. */
export async function staffByReference(
  tables: Kysely<PlainTables>,
  reference: string,
): Promise<Pick<Staff, 'id'> | undefined> {
  const isId = Id.safeParse(reference).success;
  const found = await tables
    .selectFrom('staff')
    .select('id')
    .where(isId ? 'id' : 'hsaId', '=', reference)
    .executeTakeFirst();
  return found ?? (isId ? undefined : findStaffByUsername(tables, reference));
}

/** A unit by its id here or its HSA-id. */
export async function unitByReference(
  tables: Kysely<PlainTables>,
  reference: string,
): Promise<Pick<Unit, 'id'> | undefined> {
  return tables
    .selectFrom('units')
    .select('id')
    .where(Id.safeParse(reference).success ? 'id' : 'hsaId', '=', reference)
    .executeTakeFirst();
}
