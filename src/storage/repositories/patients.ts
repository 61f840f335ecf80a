import type { Insertable, Selectable, Updateable } from 'kysely';
import { sql } from 'kysely';
import type { AuditedTransaction } from '../audited-transaction.ts';
import type { PatientsTable } from '../tables/clinic.ts';
import { changedRow } from './expect.ts';

export type Patient = Omit<Selectable<PatientsTable>, 'familySearch' | 'givenSearch'>;

const patientOf = ({ id }: { id: string }) => id;
const COLUMNS = [
  'id',
  'unitId',
  'personalNumber',
  'personalNumberKind',
  'givenName',
  'familyName',
  'birthDate',
  'protectedIdentity',
  'interpreterLanguage',
  'phone',
  'email',
  'address',
  'guardianId',
  'demo',
  'version',
  'createdAt',
  'updatedAt',
] as const;

/** Throws CONFLICT for a personal number that is there already. */
export async function createPatient(
  transaction: AuditedTransaction,
  patient: Insertable<PatientsTable>,
): Promise<Patient> {
  return transaction.write.insertInto('patients').values(patient).returning(COLUMNS).executeTakeFirstOrThrow();
}

export async function patientById(transaction: AuditedTransaction, id: string): Promise<Patient> {
  return transaction.readOne({ action: 'read', object: 'patients', objectId: id, patientOf }, (tables) =>
    tables.selectFrom('patients').select(COLUMNS).where('id', '=', id).execute(),
  );
}

/** Whether a guardian acts for a patient and is told in its place: a child up to the site's age limit. */
export async function isGuarded(transaction: AuditedTransaction, id: string): Promise<boolean> {
  const { guarded } = await transaction.readOne(
    { action: 'read', object: 'patients', objectId: id, patientOf },
    (tables) =>
      tables
        .selectFrom('patients')
        .select(['id', sql<boolean>`coalesce(taltid_is_guarded(birth_date), false)`.as('guarded')])
        .where('id', '=', id)
        .execute(),
  );
  return guarded;
}

/** By the number as it is stored; undefined when there is none at the actor's units. */
export async function findPatient(
  transaction: AuditedTransaction,
  personalNumber: string,
): Promise<Patient | undefined> {
  const rows = await transaction.read({ action: 'search', object: 'patients', patientOf }, (tables) =>
    tables.selectFrom('patients').select(COLUMNS).where('personalNumber', '=', personalNumber).execute(),
  );
  return rows[0];
}

/** Throws CONFLICT when the patient has another version. */
export async function changePatient(
  transaction: AuditedTransaction,
  id: string,
  version: number,
  changes: Updateable<PatientsTable>,
): Promise<Patient> {
  const rows = await transaction.write
    .updateTable('patients')
    .set(changes)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning(COLUMNS)
    .execute();
  return changedRow(rows, 'patient', version);
}

const MAX_SEARCH_WORDS = 2;
/** Sorts after every character that a name can have, in plain byte order. */
const AFTER_ALL = '\u{10FFFF}';

/**
 * Patients whose names begin with the words, in any order of the first two, or whose personal number begins with the
 * digits (with or without the century). In the order of the Swedish alphabet, at most `limit`.
 */
export async function searchPatients(transaction: AuditedTransaction, text: string, limit: number): Promise<Patient[]> {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MAX_SEARCH_WORDS);
  const digits = text.replaceAll(/[\s+-]/g, '');
  const isNumber = /^\d{4,12}$/.test(digits);
  if (!isNumber && words.length === 0) return [];
  return transaction.read({ action: 'search', object: 'patients', patientOf }, (tables) =>
    tables
      .selectFrom('patients')
      .select(COLUMNS)
      .where(isNumber ? numberBegins(digits) : namesBegin(words))
      .orderBy(sql`family_name collate "sv-SE-x-icu", given_name collate "sv-SE-x-icu", id`)
      .limit(limit)
      .execute(),
  );
}

function numberBegins(digits: string) {
  const full = /^(18|19|20)/.test(digits) ? [digits] : [];
  const beginnings = digits.length > 10 ? full : [...full, `19${digits}`, `20${digits}`];
  return sql<boolean>`(${sql.join(
    beginnings.map((beginning) => begins(sql`personal_number collate "C"`, beginning)),
    sql` or `,
  )})`;
}

/** Ranges rather than LIKE: they are leakproof, so that the planner may use an index under the row policy. */
function namesBegin([first = '', second = '']: readonly string[]) {
  const [family, given] = [sql`family_search`, sql`given_search`];
  return sql<boolean>`((${begins(family, first)} and ${begins(given, second)})
    or (${begins(given, first)} and ${begins(family, second)}))`;
}

function begins(column: ReturnType<typeof sql>, beginning: string) {
  if (beginning === '') return sql`true`;
  return sql`(${column} >= ${beginning} and ${column} < ${beginning + AFTER_ALL})`;
}
