import type { Insertable } from 'kysely';
import { NewUsername } from '../contracts/access-api.ts';
import { ACCOUNT_ROLES, type AccountRole } from '../contracts/clinic.ts';
import { PROFESSIONS } from '../contracts/professions.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import { hsaIdsInUse, staffByUsernames } from '../storage/repositories/imports.ts';
import { changeStaff, createStaff, unitById } from '../storage/repositories/staff.ts';
import type { StaffTable } from '../storage/tables/clinic.ts';
import { headingOf, type ReadRow } from './columns.ts';
import { changesOf, type ImportPlan, type PlannedRow, professionCode, type Read, RowReader } from './row-reader.ts';

type Fields = {
  [Column in 'givenName' | 'familyName' | 'profession' | 'hsaId' | 'accountRoles']?: Insertable<StaffTable>[Column];
};
type Write =
  | { readonly account: Insertable<StaffTable>; readonly unitId: string }
  | { readonly id: string; readonly version: number; readonly changes: Fields };
type KnownStaff = Awaited<ReturnType<typeof staffByUsernames>>[number];

const ROLE_NAMES: Readonly<Record<AccountRole, string>> = {
  clinician: 'vårdpersonal',
  administrator: 'administration',
  operator: 'drift',
};
const MORE_ROLE_NAMES: Readonly<Record<string, AccountRole>> = {
  vård: 'clinician',
  administratör: 'administrator',
  admin: 'administrator',
  driftansvarig: 'operator',
};
const HSA_ID = /^SE\d{10}-[A-Z0-9]{1,31}$/i;

/**
 * What would become of a file of accounts. New ones have no password: their owners choose one by a link. Nobody's account
 * is closed, and nobody takes the operator's role from the account that they use. An account is known by its user name,
 * else by the HSA-id; one of another unit too is changed by who manages all of its units.
 */
export async function planStaff(
  transaction: AuditedTransaction,
  { unitId }: { unitId: string },
  rows: readonly ReadRow<'staff'>[],
): Promise<ImportPlan<Write>> {
  const { plain, staffId, unitIds } = transaction;
  const { read, hsaIds } = await readStaff(transaction, unitId, rows);
  const known = await staffByUsernames(
    plain,
    read.flatMap(({ username }) => username ?? []),
  );
  const seen = new Set<string>();
  const planned: PlannedRow[] = [];
  const writes: Write[] = [];
  for (const { reader, username, fields, isElsewhere } of read) {
    const before = known.find((one) => one.username === username);
    if (!isElsewhere) {
      if (username !== undefined && seen.has(username)) reader.fault('username', 'twice');
      if (username !== undefined) seen.add(username);
    }
    if (before && !(before.active && before.unitIds.some((id) => unitIds.includes(id)))) {
      reader.fault('username', 'username_taken');
    }
    const ownerOfHsaId = hsaIds.get(fields.hsaId ?? '');
    if (ownerOfHsaId !== undefined && ownerOfHsaId !== username) reader.fault('hsaId', 'twice');
    if (fields.hsaId && username !== undefined) hsaIds.set(fields.hsaId, username);
    if (before?.id === staffId && fields.accountRoles?.includes('operator') === false)
      reader.fault('roles', 'own_account');
    const isWhole = before?.unitIds.every((id) => unitIds.includes(id)) ?? true;
    const asked = before ? fields : withRoles(reader, fields);
    const { row, write } = planRow(reader, username, asked, before, { unitId, isWhole });
    planned.push(row);
    if (write) writes.push(write);
  }
  return { rows: planned, writes };
}

interface StaffRow {
  readonly reader: RowReader<'staff'>;
  readonly fields: Fields;
  readonly username: string | undefined;
  /** Whether it is about another unit than the one that the file is taken in to. */
  readonly isElsewhere: boolean;
}

/** The rows, and whose account each HSA-id is. Whoever is named by the HSA-id alone signs in with it. */
async function readStaff({ plain }: AuditedTransaction, unitId: string, rows: readonly ReadRow<'staff'>[]) {
  const { name, hsaId: unitHsaId } = await unitById(plain, unitId);
  const ofUnit = [name, unitHsaId].map((word) => word?.toLocaleLowerCase('sv'));
  const asWritten = rows.map((row) => {
    const reader = new RowReader('staff', row);
    const said = reader.read('username', usernameOf);
    const fields = readFields(reader);
    const isElsewhere = !ofUnit.includes(reader.text('unit')?.toLocaleLowerCase('sv') ?? ofUnit[0]);
    if (isElsewhere) reader.fault('unit', 'not_this_unit');
    return { reader, said, fields, isElsewhere, hasUsername: row.get('username') !== '' };
  });
  const hsaIds = await hsaIdsInUse(
    plain,
    asWritten.flatMap(({ fields: { hsaId } }) => hsaId ?? []),
  );
  const read = asWritten.map(({ said, hasUsername, ...row }): StaffRow => {
    const { hsaId } = row.fields;
    if (hasUsername) return { ...row, username: said };
    if (!hsaId) row.reader.fault('username', 'missing');
    return { ...row, username: hsaId ? (hsaIds.get(hsaId) ?? hsaId.toLowerCase()) : undefined };
  });
  return { read, hsaIds };
}

/** Of a new account that nothing is said of: the role that the profession has. */
function withRoles(reader: RowReader<'staff'>, fields: Fields): Fields {
  if (fields.accountRoles !== undefined) return fields;
  const { profession } = fields;
  if (profession === 'sekreterare') return { ...fields, accountRoles: ['administrator'] };
  if (profession && PROFESSIONS.includes(profession)) return { ...fields, accountRoles: ['clinician'] };
  if (!reader.faults.some(({ fault }) => fault === 'account_role')) reader.fault('roles', 'missing');
  return fields;
}

export async function writeStaff(transaction: AuditedTransaction, writes: readonly Write[]): Promise<void> {
  for (const write of writes) {
    const { id } =
      'account' in write
        ? await createStaff(transaction.plain, write.account, [write.unitId])
        : await changeStaff(transaction.plain, write.id, write.version, write.changes);
    transaction.record('account-changed', 'staff', id, detailOf(write));
  }
}

/** What was changed, for the log: which fields, and the roles given. */
function detailOf(write: Write): string {
  const isNew = 'account' in write;
  const { accountRoles, ...fields }: Fields = isNew ? write.account : write.changes;
  const roles = accountRoles ? [`roles: ${accountRoles.join(' ')}`] : [];
  return [...(isNew ? ['made'] : Object.keys(fields)), ...roles].join(', ');
}

function planRow(
  { line, faults }: RowReader<'staff'>,
  username: string | undefined,
  fields: Fields,
  before: KnownStaff | undefined,
  { unitId, isWhole }: { unitId: string; isWhole: boolean },
): { row: PlannedRow; write?: Write } {
  const name = `${fields.givenName ?? ''} ${fields.familyName ?? ''}`.trim();
  const rolesGiven = before || !fields.accountRoles ? '' : sayRoles(fields.accountRoles);
  const what = [name, username ?? '', rolesGiven].filter(Boolean).join(', ');
  const common = { line, what, faults, version: before?.version ?? null };
  if (faults.length > 0 || username === undefined) return { row: { ...common, action: 'refused', changes: [] } };
  const { givenName, familyName, profession, hsaId, accountRoles } = fields;
  const changes = changesOf('staff', [
    ['givenName', before?.givenName ?? null, givenName],
    ['familyName', before?.familyName ?? null, familyName],
    ['profession', before?.profession ?? null, profession ?? undefined],
    ['roles', before ? sayRoles(before.accountRoles) : null, accountRoles && sayRoles(accountRoles)],
    ['hsaId', before?.hsaId ?? null, hsaId ?? undefined],
  ]);
  if (before && changes.length === 0) return { row: { ...common, action: 'same', changes } };
  if (!isWhole) {
    const elsewhere = { column: headingOf('staff', 'username'), fault: 'other_unit_too' } as const;
    return { row: { ...common, action: 'refused', changes: [], faults: [elsewhere] } };
  }
  const given = Object.fromEntries(
    Object.entries(fields).filter(([column, value]) => {
      return value !== undefined && String(value) !== String(before?.[column as keyof Fields] ?? '');
    }),
  );
  if (before) {
    return {
      row: { ...common, action: 'changed', changes },
      write: { id: before.id, version: before.version, changes: given },
    };
  }
  // Names and roles are there: a row without one has a fault.
  const account = { ...given, username } as Insertable<StaffTable>;
  return { row: { ...common, action: 'new', changes }, write: { account, unitId } };
}

function readFields(reader: RowReader<'staff'>): Fields {
  const fields = {
    givenName: reader.text('givenName'),
    familyName: reader.text('familyName'),
    profession: reader.read('profession', professionCode),
    accountRoles: reader.read('roles', rolesOf),
    hsaId: reader.read('hsaId', (text) => (HSA_ID.test(text) ? { value: text.toUpperCase() } : { fault: 'hsa_id' })),
  };
  return fields as Fields;
}

function usernameOf(text: string): Read<string> {
  const { data } = NewUsername.safeParse(text);
  return data === undefined ? { fault: 'username' } : { value: data };
}

function rolesOf(text: string): Read<AccountRole[]> {
  const names = text.toLocaleLowerCase('sv').split(/[\s,/+|]+/);
  const roles = names.map(
    (name) => ACCOUNT_ROLES.find((role) => role === name || ROLE_NAMES[role] === name) ?? MORE_ROLE_NAMES[name],
  );
  if (roles.some((role) => role === undefined)) return { fault: 'account_role' };
  return { value: ACCOUNT_ROLES.filter((role) => roles.includes(role)) };
}

export function sayRoles(roles: readonly AccountRole[]): string {
  return ACCOUNT_ROLES.filter((role) => roles.includes(role))
    .map((role) => ROLE_NAMES[role])
    .join(', ');
}
