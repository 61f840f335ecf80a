import type { Insertable, Selectable, Updateable } from 'kysely';
import { type AuditedTransaction, notFound } from '../audited-transaction.ts';
import type { ClosuresTable, ResourcesTable, SlotTemplatesTable, VisitTypesTable } from '../tables/calendar.ts';
import { changedRow } from './expect.ts';

export type StoredResource = Selectable<ResourcesTable>;
export type StoredVisitType = Selectable<VisitTypesTable>;
export type StoredTemplate = Selectable<SlotTemplatesTable>;
export type StoredClosure = Selectable<ClosuresTable>;

/** What a unit books with, on some days. */
export interface StoredSchedule {
  readonly resources: readonly StoredResource[];
  readonly visitTypes: readonly StoredVisitType[];
  readonly templates: readonly StoredTemplate[];
  readonly closures: readonly StoredClosure[];
}

/** Who and what has a calendar at a unit, those that are put away included, by name. */
export async function listResources({ ofUnits }: AuditedTransaction, unitId: string): Promise<StoredResource[]> {
  return ofUnits
    .selectFrom('resources')
    .selectAll()
    .where('unitId', '=', unitId)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** Throws NOT_FOUND for one of another unit. */
export async function resourceById({ ofUnits }: AuditedTransaction, id: string): Promise<StoredResource> {
  const resource = await ofUnits.selectFrom('resources').selectAll().where('id', '=', id).executeTakeFirst();
  if (resource === undefined) throw notFound('resource');
  return resource;
}

export async function listVisitTypes({ ofUnits }: AuditedTransaction, unitId: string): Promise<StoredVisitType[]> {
  return ofUnits
    .selectFrom('visitTypes')
    .selectAll()
    .where('unitId', '=', unitId)
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** Throws NOT_FOUND for one of another unit. */
export async function visitTypeById({ ofUnits }: AuditedTransaction, id: string): Promise<StoredVisitType> {
  const visitType = await ofUnits.selectFrom('visitTypes').selectAll().where('id', '=', id).executeTakeFirst();
  if (visitType === undefined) throw notFound('visit type');
  return visitType;
}

/** Of a unit or a resource, those that hold on some day from the first to the last. */
export async function listTemplates(
  { ofUnits }: AuditedTransaction,
  of: { unitId: string } | { resourceId: string },
  { firstDay, lastDay }: DaySpan = ALWAYS,
): Promise<StoredTemplate[]> {
  const query = ofUnits
    .selectFrom('slotTemplates')
    .selectAll()
    .where('validFrom', '<=', lastDay)
    .where((row) => row.or([row('validUntil', 'is', null), row('validUntil', '>=', firstDay)]))
    .orderBy('weekday')
    .orderBy('fromMinute')
    .orderBy('id');
  return (
    'unitId' in of ? query.where('unitId', '=', of.unitId) : query.where('resourceId', '=', of.resourceId)
  ).execute();
}

/** Of a unit, by day. */
export async function listClosures(
  { ofUnits }: AuditedTransaction,
  unitId: string,
  { firstDay, lastDay }: DaySpan,
): Promise<StoredClosure[]> {
  return ofUnits
    .selectFrom('closures')
    .selectAll()
    .where('unitId', '=', unitId)
    .where('firstDay', '<=', lastDay)
    .where('lastDay', '>=', firstDay)
    .orderBy('firstDay')
    .orderBy('id')
    .execute();
}

/** YYYY-MM-DD, both included. */
export interface DaySpan {
  readonly firstDay: string;
  readonly lastDay: string;
}

const ALWAYS: DaySpan = { firstDay: '0001-01-01', lastDay: '9999-12-31' };

/** All that is in use at a unit on some days. */
export async function unitSchedule(
  transaction: AuditedTransaction,
  unitId: string,
  days: DaySpan,
): Promise<StoredSchedule> {
  const isActive = ({ active }: { active: boolean }) => active;
  return {
    resources: (await listResources(transaction, unitId)).filter(isActive),
    visitTypes: (await listVisitTypes(transaction, unitId)).filter(isActive),
    templates: await listTemplates(transaction, { unitId }, days),
    closures: await listClosures(transaction, unitId, days),
  };
}

/** Throws CONFLICT for a member of staff who has a calendar at the unit already. */
export async function createResource(
  { ofUnits }: AuditedTransaction,
  resource: Insertable<ResourcesTable>,
): Promise<StoredResource> {
  return ofUnits.insertInto('resources').values(resource).returningAll().executeTakeFirstOrThrow();
}

export async function createVisitType(
  { ofUnits }: AuditedTransaction,
  visitType: Insertable<VisitTypesTable>,
): Promise<StoredVisitType> {
  return ofUnits.insertInto('visitTypes').values(visitType).returningAll().executeTakeFirstOrThrow();
}

export async function createTemplate(
  { ofUnits }: AuditedTransaction,
  template: Insertable<SlotTemplatesTable>,
): Promise<StoredTemplate> {
  return ofUnits.insertInto('slotTemplates').values(template).returningAll().executeTakeFirstOrThrow();
}

export async function createClosure(
  { ofUnits }: AuditedTransaction,
  closure: Insertable<ClosuresTable>,
): Promise<StoredClosure> {
  return ofUnits.insertInto('closures').values(closure).returningAll().executeTakeFirstOrThrow();
}

/** A row and the version of it that was seen. Other versions are CONFLICT, rows of other units NOT_FOUND. */
export interface Seen {
  readonly id: string;
  readonly version: number;
}

export async function changeResource(
  transaction: AuditedTransaction,
  { id, version }: Seen,
  changes: Pick<Updateable<ResourcesTable>, 'name' | 'role' | 'active'>,
): Promise<StoredResource> {
  const { ofUnits } = transaction;
  await expectRow(transaction, 'resources', id);
  const changing = ofUnits.updateTable('resources').set(changes).where('id', '=', id).where('version', '=', version);
  return changedRow(await changing.returningAll().execute(), 'resource', version);
}

export async function changeVisitType(
  transaction: AuditedTransaction,
  { id, version }: Seen,
  changes: Updateable<VisitTypesTable>,
): Promise<StoredVisitType> {
  const { ofUnits } = transaction;
  await expectRow(transaction, 'visitTypes', id);
  const changing = ofUnits.updateTable('visitTypes').set(changes).where('id', '=', id).where('version', '=', version);
  return changedRow(await changing.returningAll().execute(), 'visit type', version);
}

export async function changeTemplate(
  transaction: AuditedTransaction,
  { id, version }: Seen,
  changes: Updateable<SlotTemplatesTable>,
): Promise<StoredTemplate> {
  const { ofUnits } = transaction;
  await expectRow(transaction, 'slotTemplates', id);
  const changing = ofUnits
    .updateTable('slotTemplates')
    .set(changes)
    .where('id', '=', id)
    .where('version', '=', version);
  return changedRow(await changing.returningAll().execute(), 'template', version);
}

/** What was booked in its times stays booked. */
export async function deleteTemplate(transaction: AuditedTransaction, { id, version }: Seen): Promise<void> {
  const { ofUnits } = transaction;
  await expectRow(transaction, 'slotTemplates', id);
  const deleting = ofUnits.deleteFrom('slotTemplates').where('id', '=', id).where('version', '=', version);
  changedRow(await deleting.returning('id').execute(), 'template', version);
}

export async function deleteClosure(transaction: AuditedTransaction, { id, version }: Seen): Promise<void> {
  const { ofUnits } = transaction;
  await expectRow(transaction, 'closures', id);
  const deleting = ofUnits.deleteFrom('closures').where('id', '=', id).where('version', '=', version);
  changedRow(await deleting.returning('id').execute(), 'closure', version);
}

/** Of the actor's units, whatever it is now; another unit's is not there. */
async function expectRow(
  { ofUnits }: AuditedTransaction,
  table: 'resources' | 'visitTypes' | 'slotTemplates' | 'closures',
  id: string,
): Promise<void> {
  const row = await ofUnits.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound(table);
}

/** What some resources of the actor's units are called. */
export async function resourceNames(
  { ofUnits }: AuditedTransaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ofUnits
    .selectFrom('resources')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
