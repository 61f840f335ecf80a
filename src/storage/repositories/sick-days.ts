import { type Insertable, type Selectable, sql } from 'kysely';
import type { SickDayVisitState } from '../../contracts/sick-day.ts';
import { type AuditedTransaction, notFound } from '../audited-transaction.ts';
import type { SickDaysTable, SickDayVisitsTable } from '../tables/sick-days.ts';
import { changedRow } from './expect.ts';

export type StoredSickDay = Selectable<SickDaysTable>;
export type StoredSickDayVisit = Selectable<SickDayVisitsTable>;

const patientOf = ({ patientId }: { patientId: string }) => patientId;

/** Throws TIME_TAKEN where the same calendar is shut by another one on one of the days. */
export async function createSickDay(
  { ofUnits }: AuditedTransaction,
  sickDay: Insertable<SickDaysTable>,
): Promise<StoredSickDay> {
  return ofUnits.insertInto('sickDays').values(sickDay).returningAll().executeTakeFirstOrThrow();
}

/** Puts down the booked visits of a calendar that lie at least in part between two instants, and how many they are. */
export async function putDownVisits(
  { write }: AuditedTransaction,
  { id, unitId, resourceId }: StoredSickDay,
  { from, to }: { from: Date; to: Date },
): Promise<number> {
  const visits = await write
    .insertInto('sickDayVisits')
    .columns(['sickDayId', 'unitId', 'patientId', 'appointmentId', 'startsAt', 'endsAt'])
    .expression((tables) =>
      tables
        .selectFrom('appointments')
        .select(sql<string>`${id}::uuid`.as('sickDayId'))
        .select(['unitId', 'patientId', 'id as appointmentId', 'startsAt', 'endsAt'])
        .where('unitId', '=', unitId)
        .where('performerId', '=', resourceId)
        .where('state', '=', 'booked')
        .where('startsAt', '>=', from)
        .where('startsAt', '<', to),
    )
    .returning('id')
    .execute();
  return visits.length;
}

/** Lets go of what is held of a calendar between two instants: it would be booked without another look at the calendar. */
export async function releaseHeldOf(
  { write }: AuditedTransaction,
  resourceId: string,
  { from, to }: { from: Date; to: Date },
): Promise<void> {
  await write
    .updateTable('appointments')
    .set({ state: 'lapsed', reservedUntil: null })
    .where('performerId', '=', resourceId)
    .where('state', '=', 'reserved')
    .where('startsAt', '<', to)
    .where('endsAt', '>', from)
    .execute();
}

/** Of the actor's units; another unit's is NOT_FOUND. */
export async function sickDayById({ ofUnits }: AuditedTransaction, id: string): Promise<StoredSickDay> {
  const row = await ofUnits.selectFrom('sickDays').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound('sick day');
  return row;
}

/** A unit's sick days that end on or after a day, the latest first, with how many of their visits are open. */
export async function listSickDays(transaction: AuditedTransaction, unitId: string, fromDay: string) {
  // Numbers only: nobody's visit is shown.
  const record = { action: 'list', object: 'sick_day_visits', patientOf: () => null } as const;
  return transaction.read(record, (tables) =>
    tables
      .selectFrom('sickDays')
      .innerJoin('resources', 'resources.id', 'sickDays.resourceId')
      .selectAll('sickDays')
      .select('resources.name as resourceName')
      .select(sql<number>`(select count(*) from sick_day_visits where sick_day_id = sick_days.id)`.as('visitCount'))
      .select(
        sql<number>`(select count(*) from sick_day_visits
          join appointments on appointments.id = appointment_id and appointments.state = 'booked'
            and appointments.performer_id = sick_days.resource_id and appointments.starts_at = sick_day_visits.starts_at
          where sick_day_id = sick_days.id and sick_day_visits.state = 'open')`.as('openCount'),
      )
      .where('sickDays.unitId', '=', unitId)
      .where('sickDays.lastDay', '>=', fromDay)
      .orderBy('sickDays.firstDay', 'desc')
      .orderBy('sickDays.id')
      .execute(),
  );
}

/** A line of a sick day with its appointment as it is now, and its task's måldatum. */
export type SickDayVisit = Awaited<ReturnType<typeof sickDayVisits>>[number];

/** In the order of the day. */
export async function sickDayVisits(transaction: AuditedTransaction, sickDayId: string) {
  return transaction.read({ action: 'list', object: 'sick_day_visits', patientOf }, (tables) =>
    tables
      .selectFrom('sickDayVisits')
      .innerJoin('appointments', 'appointments.id', 'sickDayVisits.appointmentId')
      .innerJoin('sickDays', 'sickDays.id', 'sickDayVisits.sickDayId')
      .innerJoin('patients', 'patients.id', 'sickDayVisits.patientId')
      .leftJoin('adminTasks', 'adminTasks.id', 'appointments.taskId')
      .selectAll('sickDayVisits')
      .select([
        'appointments.taskId',
        'appointments.chainId',
        'appointments.occasion',
        'adminTasks.targetDate',
        'patients.phone',
      ])
      .select(
        sql<boolean>`appointments.state = 'booked' and appointments.performer_id = sick_days.resource_id
          and appointments.starts_at = sick_day_visits.starts_at`.as('isWaiting'),
      )
      .where('sickDayVisits.sickDayId', '=', sickDayId)
      .orderBy('sickDayVisits.startsAt')
      .orderBy('sickDayVisits.id')
      .execute(),
  );
}

/** Throws CONFLICT for another version, STATE_NOT_ALLOWED for a visit that is settled already. */
export async function settleVisit(
  { write, staffId }: AuditedTransaction,
  { id, version }: Pick<StoredSickDayVisit, 'id' | 'version'>,
  state: Exclude<SickDayVisitState, 'open'>,
): Promise<StoredSickDayVisit> {
  const rows = await write
    .updateTable('sickDayVisits')
    .set({ state, settledBy: staffId, settledAt: new Date() })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .execute();
  return changedRow(rows, 'visit of the sick day', version);
}

/** Opens the calendar again. Throws CONFLICT for another version, or one that has ended. */
export async function endSickDay(
  { ofUnits }: AuditedTransaction,
  { id, version, closureId }: Pick<StoredSickDay, 'id' | 'version' | 'closureId'>,
  endedAt: Date,
): Promise<void> {
  const rows = await ofUnits
    .updateTable('sickDays')
    .set({ endedAt, closureId: null })
    .where('id', '=', id)
    .where('version', '=', version)
    .where('endedAt', 'is', null)
    .returning('id')
    .execute();
  changedRow(rows, 'sick day', version);
  if (closureId !== null) await ofUnits.deleteFrom('closures').where('id', '=', closureId).execute();
}
