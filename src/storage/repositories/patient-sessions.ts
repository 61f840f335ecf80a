import { type Insertable, type Kysely, type Selectable, sql } from 'kysely';
import type { PatientSessionsTable } from '../tables/patient-page.ts';
import type { PlainTables } from '../tables/tables.ts';

/** A session with the units that it may look into; `demo`: those of the made-up clinic. */
export type StoredPatientSession = Selectable<PatientSessionsTable> & {
  readonly unitIds: readonly string[];
  readonly demo: boolean;
};

const UNITS = sql<
  string[]
>`case when level = 1 then array[unit_id] else units_of_patient(coalesce(acting_for, patient_id)) end`;

export async function createPatientSession(
  tables: Kysely<PlainTables>,
  session: Insertable<PatientSessionsTable>,
): Promise<void> {
  await tables.insertInto('patientSessions').values(session).execute();
}

/** The session of a token while it lasts. */
export async function findPatientSession(
  tables: Kysely<PlainTables>,
  tokenHash: Buffer,
  now: Date,
): Promise<StoredPatientSession | undefined> {
  return tables
    .selectFrom('patientSessions')
    .selectAll()
    .select([
      UNITS.as('unitIds'),
      sql<boolean>`exists (select from units where demo and id = any (${UNITS}))`.as('demo'),
    ])
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', now)
    .executeTakeFirst();
}

export async function changePatientSession(
  tables: Kysely<PlainTables>,
  tokenHash: Buffer,
  changes: { lastSeenAt: Date; expiresAt: Date } | { actingFor: string | null },
): Promise<void> {
  await tables.updateTable('patientSessions').set(changes).where('tokenHash', '=', tokenHash).execute();
}

export async function deletePatientSession(tables: Kysely<PlainTables>, tokenHash: Buffer): Promise<void> {
  await tables.deleteFrom('patientSessions').where('tokenHash', '=', tokenHash).execute();
}

export async function deleteExpiredPatientSessions(tables: Kysely<PlainTables>, now: Date): Promise<void> {
  await tables.deleteFrom('patientSessions').where('expiresAt', '<=', now).execute();
}
