import { sql } from 'kysely';
import { UNBOOKED_STATES } from '../../contracts/booking.ts';
import type { AuditedTransaction } from '../audited-transaction.ts';

/** More than get their numbers while a transaction is late to commit. */
const LATE_NUMBERS = 10_000;
/** So much of a round is the oldest's: where much changes, what has most slack has its turn all the same. */
const SHARE_OF_OLD = 0.25;

const UNBOOKED = sql`(${sql.join(UNBOOKED_STATES)})`;
const DAY_OF = (instant: string) => sql`(${sql.ref(instant)} at time zone 'Europe/Stockholm')::date`;
/** Ids, days and counts, and no patient's. */
const NO_PATIENT = { action: 'list', object: 'earliest_fits', patientOf: () => null } as const;

/** What a search for a task's earliest time came to. */
export interface FoundFit {
  readonly taskId: string;
  /** The version that it was looked for. */
  readonly version: number;
  /** YYYY-MM-DD; null where none was found. */
  readonly fitOn: string | null;
  /** Null where nothing can be said. */
  readonly fitSlack: number | null;
  readonly startsAt: Date | null;
  /** The days on which all that was found for it lies. */
  readonly days: { readonly first: string; readonly last: string } | null;
}

/** What was seen before, and how late a transaction may commit after its event got its number and time. */
interface Seen {
  readonly id: number;
  readonly lateSeconds: number;
}

/**
 * Looks through what has changed since the last time, and notes which tasks it may have given another earliest time: of
 * the task itself or its chain, what the unit has set up, a time that was taken on a day of what was found, or that became
 * free before it.
 */
export async function noteChanges(
  { ofUnits }: AuditedTransaction,
  { now, lateCommitMs }: { now: Date; lateCommitMs: number },
): Promise<void> {
  const lateSeconds = lateCommitMs / 1000;
  const { eventId, stepId } = await ofUnits
    .selectFrom('earliestFitsSeen')
    .select(['eventId', 'stepId'])
    .forUpdate()
    .executeTakeFirstOrThrow();
  const newest = await sql<{ eventId: number; stepId: number }>`select
    (select coalesce(max(id), 0) from events) as event_id,
    (select coalesce(max(id), 0) from appointment_steps) as step_id`.execute(ofUnits);
  await noteChangedTasks(ofUnits, { id: eventId, lateSeconds });
  await noteChangedCalendars(ofUnits, { id: eventId, lateSeconds });
  await noteChangedTimes(ofUnits, { id: stepId, lateSeconds });
  await sql`update earliest_fits set is_stale = true where not is_stale and starts_at <= ${now}`.execute(ofUnits);
  await ofUnits.updateTable('earliestFitsSeen').set(newest.rows[0]!).execute();
}

type UnitTables = AuditedTransaction['ofUnits'];

const late = ({ lateSeconds }: Seen) => sql`make_interval(secs => ${lateSeconds})`;
const after = (seen: Seen) => sql`id > ${seen.id - LATE_NUMBERS} and (id > ${seen.id} or at > now() - ${late(seen)})`;

async function noteChangedTasks(tables: UnitTables, seen: Seen): Promise<void> {
  const changed = sql`select chain_id, max(at) as at
    from (select object_id, at from events where object = 'task' and ${after(seen)}) as change
    join admin_tasks on admin_tasks.id = change.object_id
    group by chain_id`;
  await sql`
    insert into earliest_fits (task_id, unit_id)
    select task.id, task.unit_id from (${changed}) as changed
    join admin_tasks as task on task.chain_id = changed.chain_id
    left join earliest_fits as known on known.task_id = task.id
    where task.state in ${UNBOOKED} and task.target_date is not null
      and (known.computed_at is null or changed.at > known.computed_at - ${late(seen)})
    on conflict (task_id) do update set is_stale = true where not earliest_fits.is_stale`.execute(tables);
  await sql`
    delete from earliest_fits using (${changed}) as changed
    join admin_tasks as task on task.chain_id = changed.chain_id
    where earliest_fits.task_id = task.id and task.state not in ${UNBOOKED}`.execute(tables);
}

async function noteChangedCalendars(tables: UnitTables, seen: Seen): Promise<void> {
  await sql`
    update earliest_fits as fit set is_stale = true
    from (select unit_id, max(at) as at from events where object = 'calendar' and ${after(seen)} group by unit_id) as changed
    where fit.unit_id = changed.unit_id and not fit.is_stale and changed.at > fit.computed_at - ${late(seen)}`.execute(
    tables,
  );
}

async function noteChangedTimes(tables: UnitTables, seen: Seen): Promise<void> {
  await sql`
    with steps as (
      select * from appointment_steps where step in ('booked', 'moved', 'cancelled', 'lapsed') and ${after(seen)}
    ), changes as (
      select unit_id, ${DAY_OF('starts_at')} as day, step in ('cancelled', 'lapsed') as is_freed, at from steps
      union all
      select steps.unit_id, ${DAY_OF('earlier.starts_at')}, true, steps.at
      from steps cross join lateral (
        select starts_at from appointment_steps
        where appointment_id = steps.appointment_id and id < steps.id order by id desc limit 1
      ) as earlier
      where steps.step = 'moved'
    )
    update earliest_fits as fit set is_stale = true
    from (select unit_id, day, is_freed, max(at) as at from changes group by unit_id, day, is_freed) as changed
    where fit.unit_id = changed.unit_id and not fit.is_stale and changed.at > fit.computed_at - ${late(seen)}
      and case when is_freed then last_day is null or day <= last_day else day between first_day and last_day end`.execute(
    tables,
  );
}

/** When something has to be looked for again. */
interface FitsDue {
  readonly now: Date;
  /** What was looked for before is old, whether anything changed or not. */
  readonly oldBefore: Date;
  /** What was looked for later waits, though something changed meanwhile. */
  readonly againAfterMs: number;
  /** How many tasks are asked for. */
  readonly limit: number;
}

/**
 * Tasks whose earliest time is to be looked for, by unit. Units take turns; within one the new ones come first, then
 * those with the least slack, and a share goes to those that waited longest. One that somebody holds a time for waits.
 */
export async function fitsDue(
  transaction: AuditedTransaction,
  { now, oldBefore, againAfterMs, limit }: FitsDue,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await transaction.read(NO_PATIENT, async (tables) => {
    const query = sql<{ taskId: string; unitId: string }>`
      with unit as (select unnest(${[...transaction.unitIds]}::uuid[]) as id), stale as (
        select waiting.* from unit cross join lateral (
          select *, row_number() over (order by place, task_id) as turn from (
            select task_id, unit_id, place from earliest_fits as fit
            where unit_id = unit.id and is_stale
              and (computed_at is null or computed_at < now() - make_interval(secs => ${againAfterMs / 1000}))
              and not exists (
                select from appointments
                where task_id = fit.task_id and state = 'reserved' and reserved_until > ${now}
              )
            order by place, task_id limit ${limit}
          ) as first
        ) as waiting
      ), old as (
        select waiting.* from unit cross join lateral (
          select *, row_number() over (order by computed_at, task_id) as turn from (
            select task_id, unit_id, computed_at from earliest_fits
            where unit_id = unit.id and computed_at < ${oldBefore}
            order by computed_at, task_id limit ${limit}
          ) as first
        ) as waiting
      ), in_turn as (
        select task_id, unit_id, row_number() over (order by turn, place, task_id) as number, false as is_old from stale
        union all
        select task_id, unit_id, row_number() over (order by turn, computed_at, task_id), true from old
      ), ranked as (
        select task_id, unit_id, number,
          case when not is_old then 1 when number <= ${Math.floor(limit * SHARE_OF_OLD)} then 0 else 2 end as rank
        from in_turn
      )
      select task_id, unit_id from ranked group by task_id, unit_id order by min(rank), min(number) limit ${limit}`;
    return (await query.execute(tables)).rows;
  });
  const byUnit = Map.groupBy(rows, ({ unitId }) => unitId);
  return new Map(Array.from(byUnit, ([unitId, due]) => [unitId, due.map(({ taskId }) => taskId)]));
}

/**
 * Puts down what was found. Only tasks whose earliest time is another one are written, and those that somebody is
 * changing just now are left as they are: they are looked for again.
 */
export async function saveFits({ ofUnits }: AuditedTransaction, fits: readonly FoundFit[]): Promise<void> {
  const rows = fits.map(({ taskId, version, fitOn, fitSlack, startsAt, days }) => ({
    task_id: taskId,
    version,
    fit_on: fitOn,
    fit_slack: fitSlack,
    starts_at: startsAt,
    first_day: days?.first ?? null,
    last_day: days?.last ?? null,
  }));
  await sql`
    with found as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as found (
        task_id uuid, version integer, fit_on date, fit_slack smallint, starts_at timestamptz, first_day date, last_day date
      )
    ), same as (
      select task_id from found join admin_tasks as task on task.id = task_id and task.version = found.version
      where (task.fit_on, task.fit_slack) is not distinct from (found.fit_on, found.fit_slack)
    ), free as (
      select task.id from admin_tasks as task join found on task.id = task_id and task.version = found.version
      where task_id not in (select task_id from same)
      for no key update of task skip locked
    ), saved as (
      update admin_tasks as task set fit_on = found.fit_on, fit_slack = found.fit_slack
      from found join free on free.id = task_id where task.id = task_id
      returning task.id
    )
    update earliest_fits as fit set computed_at = now(), place = coalesce(found.fit_slack, 32767),
      starts_at = found.starts_at, first_day = found.first_day, last_day = found.last_day,
      is_stale = fit.task_id not in (select task_id from same union all select id from saved)
    from found where fit.task_id = found.task_id`.execute(ofUnits);
}

/** Of tasks that are not looked for any more. */
export async function forgetFits({ ofUnits }: AuditedTransaction, taskIds: readonly string[]): Promise<void> {
  await ofUnits
    .deleteFrom('earliestFits')
    .where('taskId', '=', (row) => row.fn.any(row.val([...taskIds])))
    .execute();
}

/** When a task's earliest time was looked for; null while it has not been. */
export async function fitComputedAt({ ofUnits }: AuditedTransaction, taskId: string): Promise<Date | null> {
  const row = await ofUnits
    .selectFrom('earliestFits')
    .select('computedAt')
    .where('taskId', '=', taskId)
    .executeTakeFirst();
  return row?.computedAt ?? null;
}
