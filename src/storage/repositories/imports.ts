import { type Insertable, type Kysely, sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { PatientsTable } from '../tables/clinic.ts';
import type { PlainTables } from '../tables/tables.ts';
import type { NewAppointment } from './appointments.ts';
import type { Patient } from './patients.ts';

/** Fewer than a statement may have parameters, and few enough for the time that one may take. */
const ROWS_A_STATEMENT = 500;
/** Of one query that looks things up. */
export const LOOKED_UP_AT_ONCE = 1_000;

export type KnownPatient = Pick<
  Patient,
  | 'id'
  | 'version'
  | 'personalNumber'
  | 'givenName'
  | 'familyName'
  | 'protectedIdentity'
  | 'interpreterLanguage'
  | 'phone'
  | 'email'
  | 'address'
  | 'guardianId'
>;

/** Patients of the actor's units by their personal numbers: a query for each thousand, and a line in the log. */
export async function patientsByNumber(
  transaction: AuditedTransaction,
  numbers: readonly string[],
): Promise<Map<string, KnownPatient>> {
  const found = new Map<string, KnownPatient>();
  for (const some of inChunks(numbers, LOOKED_UP_AT_ONCE)) {
    const record = { action: 'search', object: 'patients', patientOf: ({ id }: { id: string }) => id } as const;
    const rows = await transaction.read(record, (tables) =>
      tables
        .selectFrom('patients')
        .select(['id', 'version', 'personalNumber', 'givenName', 'familyName', 'protectedIdentity'])
        .select(['interpreterLanguage', 'phone', 'email', 'address', 'guardianId'])
        .where(sql<boolean>`personal_number = any (${some}::text[])`)
        .execute(),
    );
    for (const row of rows) found.set(row.personalNumber, row);
  }
  return found;
}

/** The personal numbers of patients of the actor's units, by their ids. */
export async function numbersById(
  transaction: AuditedTransaction,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const record = { action: 'search', object: 'patients', patientOf: ({ id }: { id: string }) => id } as const;
  const found = new Map<string, string>();
  for (const some of inChunks(ids, LOOKED_UP_AT_ONCE)) {
    const rows = await transaction.read(record, (tables) =>
      tables
        .selectFrom('patients')
        .select(['id', 'personalNumber'])
        .where(sql<boolean>`id = any (${some}::uuid[])`)
        .execute(),
    );
    for (const { id, personalNumber } of rows) found.set(id, personalNumber);
  }
  return found;
}

/** Those of some personal numbers that are patients of other units alone. */
export async function numbersElsewhere(
  { ofUnits }: AuditedTransaction,
  numbers: readonly string[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const some of inChunks(numbers, LOOKED_UP_AT_ONCE)) {
    const query = sql<{ number: string }>`select patients_elsewhere(${some}::text[]) as number`;
    for (const { number } of (await query.execute(ofUnits)).rows) found.add(number);
  }
  return found;
}

/** In the order in which they are given: a guardian comes before the child. */
export async function createPatients(
  { write }: AuditedTransaction,
  patients: readonly Insertable<PatientsTable>[],
): Promise<void> {
  for (const some of inChunks(patients, ROWS_A_STATEMENT)) await write.insertInto('patients').values(some).execute();
}

/** Throws TIME_TAKEN; then none is there. */
export async function createAppointments(
  { write }: AuditedTransaction,
  appointments: readonly NewAppointment[],
): Promise<void> {
  for (const some of inChunks(appointments, ROWS_A_STATEMENT / 5)) {
    await write.insertInto('appointments').values(some).execute();
  }
}

/** From the first instant to before the second, in milliseconds since 1970-01-01T00:00Z. */
export interface BusySpan {
  readonly startMs: number;
  readonly endMs: number;
}

/** When some patients are anywhere, at whatever unit. */
export async function busyPatients(
  { ofUnits }: AuditedTransaction,
  patientIds: readonly string[],
  { from, to }: { from: Date; to: Date },
): Promise<Map<string, BusySpan[]>> {
  const found = new Map<string, BusySpan[]>();
  for (const some of inChunks(patientIds, LOOKED_UP_AT_ONCE)) {
    const query = sql<{ whose: string; spans: string }>`select whose, spans from busy_patients(
      ${some}::uuid[], ${from}::timestamptz, ${to}::timestamptz)`;
    for (const { whose, spans } of (await query.execute(ofUnits)).rows) {
      const instants = spans.split(' ').map(Number);
      const pairs = instants.flatMap((startMs, at) => (at % 2 === 0 ? [{ startMs, endMs: instants[at + 1]! }] : []));
      found.set(whose, pairs);
    }
  }
  return found;
}

/** What some patients have booked at the actor's units between two instants. */
export async function bookedOf(
  transaction: AuditedTransaction,
  patientIds: readonly string[],
  { from, to }: { from: Date; to: Date },
) {
  const patientOf = ({ patientId }: { patientId: string }) => patientId;
  const found = [];
  for (const some of inChunks(patientIds, LOOKED_UP_AT_ONCE)) {
    const rows = await transaction.read({ action: 'list', object: 'appointments', patientOf }, (tables) =>
      tables
        .selectFrom('appointments')
        .select(['patientId', 'performerId', 'visitTypeId', 'startsAt', 'endsAt'])
        .where(sql<boolean>`patient_id = any (${some}::uuid[])`)
        .where('state', 'in', ['booked', 'arrived', 'fulfilled'])
        .where('startsAt', '>=', from)
        .where('startsAt', '<', to)
        .execute(),
    );
    found.push(...rows);
  }
  return found;
}

/** Accounts by their user names, of whatever unit, with where they work. */
export async function staffByUsernames(tables: Kysely<PlainTables>, usernames: readonly string[]) {
  return tables
    .selectFrom('staff')
    .select(['id', 'version', 'username', 'givenName', 'familyName', 'profession', 'hsaId', 'accountRoles', 'active'])
    .select(sql<string[]>`array(select unit_id from staff_units where staff_id = staff.id)`.as('unitIds'))
    .where(sql<boolean>`username = any (${[...usernames]}::text[])`)
    .execute();
}

/** Those of some HSA-ids that an account has, by the id, with whose they are. */
export async function hsaIdsInUse(
  tables: Kysely<PlainTables>,
  hsaIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await tables
    .selectFrom('staff')
    .select(['hsaId', 'username'])
    .where(sql<boolean>`hsa_id = any (${[...hsaIds]}::text[])`)
    .execute();
  return new Map(rows.map(({ hsaId, username }) => [hsaId!, username]));
}

function inChunks<Item>(items: readonly Item[], size: number): Item[][] {
  const chunks: Item[][] = [];
  for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
  return chunks;
}
