import type { Insertable, Updateable } from 'kysely';
import type { AuditedTransaction } from '../storage/audited-transaction.ts';
import {
  changeTemplate,
  createTemplate,
  listResources,
  listTemplates,
  listVisitTypes,
  type StoredResource,
  type StoredTemplate,
  type StoredVisitType,
} from '../storage/repositories/calendar-setup.ts';
import type { SlotTemplatesTable } from '../storage/tables/calendar.ts';
import type { ReadRow } from './columns.ts';
import { allNamed, dateOf, minuteOfDay, oneNamed, sayMinuteOfDay, sayNames, wholeNumber } from './field-readers.ts';
import {
  changesOf,
  type ImportPlan,
  type PlannedRow,
  type Read,
  RowReader,
  saidOf,
  sayYesOrNo,
  yesOrNo,
} from './row-reader.ts';

type Write =
  | { readonly template: Insertable<SlotTemplatesTable> }
  | { readonly before: StoredTemplate; readonly changes: Updateable<SlotTemplatesTable> };

/** What the calendar of a unit is called by. */
interface CalendarNames {
  readonly resources: readonly StoredResource[];
  readonly visitTypes: readonly StoredVisitType[];
}

const WEEKDAYS = ['måndag', 'tisdag', 'onsdag', 'torsdag', 'fredag', 'lördag', 'söndag'];

/**
 * What would become of a file of weekly templates. One is known by whose it is, its weekday, when it begins and from
 * which day it holds.
 */
export async function planTemplates(
  transaction: AuditedTransaction,
  { unitId }: { unitId: string },
  rows: readonly ReadRow<'slot_templates'>[],
): Promise<ImportPlan<Write>> {
  const resources = await listResources(transaction, unitId);
  const names = { resources, visitTypes: await listVisitTypes(transaction, unitId) };
  const known = new Map((await listTemplates(transaction, { unitId })).map((one) => [keyOf(one), one]));
  const seen = new Set<string>();
  const planned: PlannedRow[] = [];
  const writes: Write[] = [];
  for (const row of rows) {
    const reader = new RowReader('slot_templates', row);
    const read = readFields(reader, names);
    const given = saidOf(read);
    const key = keyOf(given);
    const before = known.get(key);
    checkSpans(reader, { ...before, ...given });
    if (reader.faults.length === 0 && seen.has(key)) reader.fault('from', 'twice');
    seen.add(key);
    const { line, faults } = reader;
    const will = templateFields(given, names);
    const what = [will.resource, will.weekday, will.from && `${will.from}–${will.until ?? ''}`]
      .filter(Boolean)
      .join(', ');
    const common = { line, what, faults, version: before?.version ?? null };
    if (faults.length > 0) {
      planned.push({ ...common, action: 'refused', changes: [] });
      continue;
    }
    const was = before && templateFields(before, names);
    const columns = Object.keys(will) as (keyof typeof will)[];
    const changes = changesOf(
      'slot_templates',
      columns.map((column) => [column, was?.[column] ?? null, will[column] ?? undefined] as const),
    );
    if (before && changes.length === 0) {
      planned.push({ ...common, action: 'same', changes });
      continue;
    }
    planned.push({ ...common, action: before ? 'changed' : 'new', changes });
    const open = { validUntil: null, roomId: null, lentUntilDays: null, unitId };
    // What each template must have is there: a row without it has a fault.
    if (before) writes.push({ before, changes: given });
    else writes.push({ template: { ...open, ...given } as Insertable<SlotTemplatesTable> });
  }
  return { rows: planned, writes };
}

export async function writeTemplates(transaction: AuditedTransaction, writes: readonly Write[]): Promise<void> {
  for (const write of writes) {
    if ('template' in write) await createTemplate(transaction, write.template);
    else await changeTemplate(transaction, write.before, write.changes);
  }
}

type SomeFields = { readonly [Field in keyof StoredTemplate]?: StoredTemplate[Field] | undefined };

/** A single day with times of its own is another template than the week that begins on it. */
function keyOf({ resourceId, weekday, fromMinute, validFrom, validUntil }: SomeFields): string {
  return [resourceId, weekday, fromMinute, validFrom, validUntil === validFrom].join();
}

function checkSpans(reader: RowReader<'slot_templates'>, fields: SomeFields): void {
  const { fromMinute, untilMinute, slotMinutes, validFrom, validUntil } = fields;
  if (fromMinute !== undefined && untilMinute !== undefined && slotMinutes !== undefined) {
    if (untilMinute - fromMinute < slotMinutes) reader.fault('until', 'until_before');
  }
  if (validFrom !== undefined && validUntil && validUntil < validFrom) reader.fault('validUntil', 'until_before');
}

/** A template as a file writes it; what it does not say is left out. */
export function templateFields(of: SomeFields, { resources, visitTypes }: CalendarNames) {
  const { resourceId, weekday, fromMinute, untilMinute, slotMinutes, validFrom, validUntil, everyWeeks } = of;
  const { roomId, visitTypeIds, lentUntilDays, onFreeDays, onBridgeDays } = of;
  return {
    ...(resourceId !== undefined && { resource: sayNames([resourceId], resources) }),
    ...(weekday !== undefined && { weekday: WEEKDAYS[weekday - 1]! }),
    ...(fromMinute !== undefined && { from: sayMinuteOfDay(fromMinute) }),
    ...(untilMinute !== undefined && { until: sayMinuteOfDay(untilMinute) }),
    ...(slotMinutes !== undefined && { minutes: String(slotMinutes) }),
    ...(validFrom !== undefined && { validFrom }),
    ...(validUntil && { validUntil }),
    ...(everyWeeks !== undefined && { everyWeeks: String(everyWeeks) }),
    ...(roomId && { room: sayNames([roomId], resources) }),
    ...(visitTypeIds !== undefined && { visitTypes: sayNames(visitTypeIds, visitTypes) }),
    ...(typeof lentUntilDays === 'number' && { lentDays: String(lentUntilDays) }),
    ...(onFreeDays !== undefined && { freeDays: sayYesOrNo(onFreeDays) }),
    ...(onBridgeDays !== undefined && { bridgeDays: sayYesOrNo(onBridgeDays) }),
  };
}

function readFields(reader: RowReader<'slot_templates'>, { resources, visitTypes }: CalendarNames) {
  const rooms = resources.filter(({ kind }) => kind === 'room');
  return {
    resourceId: reader.read('resource', oneNamed(resources, 'unknown_resource'))?.id,
    weekday: reader.read('weekday', weekdayOf),
    fromMinute: reader.read('from', minuteOfDay),
    untilMinute: reader.read('until', minuteOfDay),
    slotMinutes: reader.read('minutes', wholeNumber(5, 480, 'slot_minutes')),
    validFrom: reader.read('validFrom', dateOf),
    validUntil: reader.read('validUntil', dateOf),
    everyWeeks: reader.read('everyWeeks', wholeNumber(1, 8, 'weeks')),
    roomId: reader.read('room', oneNamed(rooms, 'unknown_resource'))?.id,
    visitTypeIds: reader.read('visitTypes', allNamed(visitTypes, 'unknown_visit_type'))?.map(({ id }) => id),
    lentUntilDays: reader.read('lentDays', wholeNumber(0, 365, 'days_before')),
    onFreeDays: reader.read('freeDays', yesOrNo),
    onBridgeDays: reader.read('bridgeDays', yesOrNo),
  };
}

/** "måndag", "mån" or 1. */
function weekdayOf(text: string): Read<StoredTemplate['weekday']> {
  const wanted = text.toLocaleLowerCase('sv');
  const at = /^[1-7]$/.test(wanted)
    ? Number(wanted) - 1
    : WEEKDAYS.findIndex((day) => wanted.length >= 3 && day.startsWith(wanted));
  return at < 0 ? { fault: 'weekday' } : { value: (at + 1) as StoredTemplate['weekday'] };
}
