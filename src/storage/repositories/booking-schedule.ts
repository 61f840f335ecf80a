import type { AuditedTransaction } from '../audited-transaction.ts';
import type { DaySpan } from './calendar-setup.ts';

/** Who and what is booked at a unit, and as what; no more of each row than a search asks. */
export async function bookableThings({ ofUnits }: AuditedTransaction, unitId: string) {
  const resources = await ofUnits
    .selectFrom('resources')
    .select(['id', 'kind', 'whose', 'staffId', 'name', 'role', 'language'])
    .where('unitId', '=', unitId)
    .where('active', '=', true)
    .orderBy('name')
    .orderBy('id')
    .execute();
  const visitTypes = await ofUnits
    .selectFrom('visitTypes')
    .select(['id', 'name', 'publicName', 'type', 'service', 'role', 'durationMinutes', 'interpreterExtraMinutes'])
    .select(['roomIds', 'equipmentIds', 'patientsBook'])
    .where('unitId', '=', unitId)
    .where('active', '=', true)
    .orderBy('name')
    .orderBy('id')
    .execute();
  return { resources, visitTypes };
}

/** When some resources of a unit work on some days, and when they, or the whole unit, are away. */
export async function workingTimes(
  { ofUnits }: AuditedTransaction,
  { unitId, resourceIds }: { unitId: string; resourceIds: readonly string[] },
  { firstDay, lastDay }: DaySpan,
) {
  const templates = await ofUnits
    .selectFrom('slotTemplates')
    .select(['id', 'resourceId', 'weekday', 'fromMinute', 'untilMinute', 'slotMinutes', 'everyWeeks'])
    .select(['validFrom', 'validUntil', 'roomId', 'visitTypeIds', 'lentUntilDays', 'onFreeDays', 'onBridgeDays'])
    .where('resourceId', '=', (row) => row.fn.any(row.val([...resourceIds])))
    .where('unitId', '=', unitId)
    .where('validFrom', '<=', lastDay)
    .where((row) => row.or([row('validUntil', 'is', null), row('validUntil', '>=', firstDay)]))
    .orderBy('weekday')
    .orderBy('fromMinute')
    .orderBy('id')
    .execute();
  const closures = await ofUnits
    .selectFrom('closures')
    .select(['resourceId', 'firstDay', 'lastDay', 'fromMinute', 'untilMinute'])
    .where('unitId', '=', unitId)
    .where('firstDay', '<=', lastDay)
    .where('lastDay', '>=', firstDay)
    .execute();
  return { templates, closures };
}
