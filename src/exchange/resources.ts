import type { Insertable } from 'kysely';
import type { ResourceKind } from '../contracts/calendar.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import {
  changeResource,
  createResource,
  listResources,
  type StoredResource,
} from '../storage/repositories/calendar-setup.ts';
import { hsaIdsInUse, staffByUsernames } from '../storage/repositories/imports.ts';
import type { ResourcesTable } from '../storage/tables/calendar.ts';
import type { ReadRow } from './columns.ts';
import { languageCode } from './languages.ts';
import { changesOf, type ImportPlan, type PlannedRow, professionCode, type Read, RowReader } from './row-reader.ts';

type Write =
  | { readonly resource: Insertable<ResourcesTable> }
  | { readonly before: StoredResource; readonly changes: Pick<StoredResource, 'name' | 'role' | 'active'> };

const KINDS: Readonly<Record<string, ResourceKind>> = {
  person: 'person',
  vårdgivare: 'person',
  medarbetare: 'person',
  roll: 'role',
  linje: 'role',
  rum: 'room',
  lokal: 'room',
  utrustning: 'equipment',
  apparat: 'equipment',
  tolk: 'interpreter',
};

/**
 * What would become of a file of those that have a calendar: people by their user names or HSA-ids, everything else by
 * kind and name. One that was put away is taken out again.
 */
export async function planResources(
  transaction: AuditedTransaction,
  { unitId }: { unitId: string },
  rows: readonly ReadRow<'resources'>[],
): Promise<ImportPlan<Write>> {
  const known = await listResources(transaction, unitId);
  const read = rows.map((row) => {
    const reader = new RowReader('resources', row);
    const username = reader.text('username')?.toLowerCase();
    return { reader, username, hsaId: reader.text('hsaId')?.toUpperCase(), fields: readFields(reader) };
  });
  const { plain } = transaction;
  const usernames = await hsaIdsInUse(
    plain,
    read.flatMap(({ hsaId }) => hsaId ?? []),
  );
  const staff = await staffByUsernames(plain, [
    ...usernames.values(),
    ...read.flatMap(({ username }) => username ?? []),
  ]);
  const seen = new Set<string>();
  const planned: PlannedRow[] = [];
  const writes: Write[] = [];
  for (const { reader, hsaId, fields, ...said } of read) {
    const { name, kind, role, language } = fields;
    const username = said.username ?? usernames.get(hsaId ?? '');
    const person = staff.find((one) => one.username === username && one.active && one.unitIds.includes(unitId));
    const staffId = person?.id ?? null;
    if (kind === 'person' && person === undefined) {
      const named = said.username === undefined && hsaId !== undefined ? 'hsaId' : 'username';
      reader.fault(named, username === undefined && hsaId === undefined ? 'missing' : 'unknown_staff');
    }
    if (kind === 'role' && role === undefined) reader.fault('role', 'missing');
    const before = known.find((one) =>
      kind === 'person' ? staffId !== null && one.staffId === staffId : one.kind === kind && isNamed(one, name),
    );
    if (kind === 'interpreter' && language === undefined && !before) reader.fault('language', 'missing');
    if (before && language !== undefined && language !== before.language) reader.fault('language', 'not_changed');
    const key = kind === 'person' ? `${kind} ${username}` : `${kind} ${name?.toLocaleLowerCase('sv')}`;
    if (seen.has(key)) reader.fault(kind === 'person' ? 'username' : 'name', 'twice');
    if (kind !== 'person' || username !== undefined) seen.add(key);
    const { line, faults } = reader;
    const common = { line, what: name ?? username ?? '', faults, version: before?.version ?? null };
    if (faults.length > 0 || name === undefined || kind === undefined) {
      planned.push({ ...common, action: 'refused', changes: [] });
      continue;
    }
    const changes = changesOf('resources', [
      ['name', before?.name ?? null, name],
      ['kind', before ? sayKind(kind) : null, sayKind(kind)],
      ['role', before?.role ?? null, role],
      ['language', before?.language ?? null, language],
    ]);
    const isSame = before?.active === true && changes.length === 0;
    planned.push({ ...common, action: isSame ? 'same' : before ? 'changed' : 'new', changes });
    if (isSame) continue;
    writes.push(
      before
        ? { before, changes: { name, role: role ?? before.role, active: true } }
        : {
            resource: {
              unitId,
              kind,
              name,
              staffId: kind === 'person' ? staffId : null,
              role: role ?? person?.profession ?? null,
              language: kind === 'interpreter' ? language! : null,
            },
          },
    );
  }
  return { rows: planned, writes };
}

export async function writeResources(transaction: AuditedTransaction, writes: readonly Write[]): Promise<void> {
  for (const write of writes) {
    if ('resource' in write) await createResource(transaction, write.resource);
    else await changeResource(transaction, write.before, write.changes);
  }
}

function readFields(reader: RowReader<'resources'>) {
  return {
    name: reader.text('name'),
    kind: reader.read('kind', kindOf),
    role: reader.read('role', professionCode),
    language: reader.read('language', languageCode),
  };
}

function kindOf(word: string): Read<ResourceKind> {
  const value = KINDS[word.toLocaleLowerCase('sv')];
  return value === undefined ? { fault: 'kind' } : { value };
}

/** The first word for a kind. */
export function sayKind(kind: ResourceKind): string {
  return Object.entries(KINDS).find(([, one]) => one === kind)![0];
}

function isNamed(resource: StoredResource, name: string | undefined): boolean {
  return resource.name.toLocaleLowerCase('sv') === name?.toLocaleLowerCase('sv');
}
