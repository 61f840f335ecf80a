import type { Insertable, Updateable } from 'kysely';
import { TYPE_WORDS } from '../contracts/follow-up-words.ts';
import { REQUEST_TYPES, type RequestType } from '../contracts/followup.ts';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import {
  changeVisitType,
  createVisitType,
  listResources,
  listVisitTypes,
  type StoredResource,
  type StoredVisitType,
} from '../storage/repositories/calendar-setup.ts';
import type { VisitTypesTable } from '../storage/tables/calendar.ts';
import type { ReadRow } from './columns.ts';
import { allNamed, sayNames, wholeNumber } from './field-readers.ts';
import {
  changesOf,
  type ImportPlan,
  type PlannedRow,
  professionCode,
  type Read,
  RowReader,
  saidOf,
  sayYesOrNo,
  yesOrNo,
} from './row-reader.ts';

type Write =
  | { readonly visitType: Insertable<VisitTypesTable> }
  | { readonly before: StoredVisitType; readonly changes: Updateable<VisitTypesTable> };

/** What would become of a file of visit types: each by its name. One that was put away is taken out again. */
export async function planVisitTypes(
  transaction: AuditedTransaction,
  { unitId }: { unitId: string },
  rows: readonly ReadRow<'visit_types'>[],
): Promise<ImportPlan<Write>> {
  const resources = await listResources(transaction, unitId);
  const known = await listVisitTypes(transaction, unitId);
  const seen = new Set<string>();
  const planned: PlannedRow[] = [];
  const writes: Write[] = [];
  for (const row of rows) {
    const reader = new RowReader('visit_types', row);
    const fields = readFields(reader, resources);
    const key = fields.name?.toLocaleLowerCase('sv') ?? '';
    if (seen.has(key)) reader.fault('name', 'twice');
    if (key !== '') seen.add(key);
    const { line, faults } = reader;
    const before = known.find(({ name }) => name.toLocaleLowerCase('sv') === key);
    const common = { line, what: fields.name ?? '', faults, version: before?.version ?? null };
    const { name, type, durationMinutes } = fields;
    if (faults.length > 0 || name === undefined || type === undefined || durationMinutes === undefined) {
      planned.push({ ...common, action: 'refused', changes: [] });
      continue;
    }
    const given = saidOf(fields);
    const was = before && visitTypeFields(before, resources);
    const will = visitTypeFields(given, resources);
    const columns = Object.keys(will) as (keyof typeof will)[];
    const changes = changesOf(
      'visit_types',
      columns.map((column) => [column, was?.[column] ?? null, will[column] ?? undefined] as const),
    );
    const isSame = before?.active === true && changes.length === 0;
    planned.push({ ...common, action: isSame ? 'same' : before ? 'changed' : 'new', changes });
    if (isSame) continue;
    const none = { service: null, role: null };
    if (before) writes.push({ before, changes: { ...given, active: true } });
    else writes.push({ visitType: { ...none, ...given, unitId, name, type, durationMinutes } });
  }
  return { rows: planned, writes };
}

export async function writeVisitTypes(transaction: AuditedTransaction, writes: readonly Write[]): Promise<void> {
  for (const write of writes) {
    if ('visitType' in write) await createVisitType(transaction, write.visitType);
    else await changeVisitType(transaction, write.before, write.changes);
  }
}

/** A visit type as a file writes it; what it does not say is left out. */
export function visitTypeFields(of: Partial<StoredVisitType>, resources: readonly StoredResource[]) {
  const { name, type, durationMinutes, service, role, interpreterExtraMinutes, roomIds, equipmentIds } = of;
  const { publicName, patientsBook, patientsRebook } = of;
  return {
    ...(name !== undefined && { name }),
    ...(type !== undefined && { type: TYPE_WORDS[type] }),
    ...(durationMinutes !== undefined && { minutes: String(durationMinutes) }),
    ...(service !== undefined && { service }),
    ...(role !== undefined && { role }),
    ...(interpreterExtraMinutes !== undefined && { interpreterMinutes: String(interpreterExtraMinutes) }),
    ...(roomIds !== undefined && { rooms: sayNames(roomIds, resources) }),
    ...(equipmentIds !== undefined && { equipment: sayNames(equipmentIds, resources) }),
    ...(publicName !== undefined && { publicName }),
    ...(patientsBook !== undefined && { patientsBook: sayYesOrNo(patientsBook) }),
    ...(patientsRebook !== undefined && { patientsRebook: sayYesOrNo(patientsRebook) }),
  };
}

function readFields(reader: RowReader<'visit_types'>, resources: readonly StoredResource[]) {
  const idsOf = (column: 'rooms' | 'equipment', kind: StoredResource['kind']) => {
    const ofKind = resources.filter((one) => one.kind === kind);
    return reader.read(column, allNamed(ofKind, 'unknown_resource'))?.map(({ id }) => id);
  };
  return {
    name: reader.text('name'),
    type: reader.read('type', requestType),
    durationMinutes: reader.read('minutes', wholeNumber(5, 600, 'duration')),
    service: reader.text('service'),
    role: reader.read('role', professionCode),
    interpreterExtraMinutes: reader.read('interpreterMinutes', wholeNumber(0, 240, 'extra_minutes')),
    roomIds: idsOf('rooms', 'room'),
    equipmentIds: idsOf('equipment', 'equipment'),
    publicName: reader.text('publicName'),
    patientsBook: reader.read('patientsBook', yesOrNo),
    patientsRebook: reader.read('patientsRebook', yesOrNo),
  };
}

function requestType(text: string): Read<RequestType> {
  const wanted = text.toLocaleLowerCase('sv');
  const value = REQUEST_TYPES.find((type) => type === wanted || TYPE_WORDS[type].toLocaleLowerCase('sv') === wanted);
  return value === undefined ? { fault: 'request_type' } : { value };
}
