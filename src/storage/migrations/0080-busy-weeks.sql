-- What is taken of everybody's time, gathered by week: a search over two hundred calendars and three months reads a row a
-- calendar and week instead of one for each visit. `taken_times` keeps the promise; this only follows it.

-- Weeks are counted from the Monday after 1970-01-01, in UTC.
create function week_of(instant timestamptz) returns integer language sql stable parallel safe
  return floor((extract(epoch from instant) - 345600) / 604800)::integer;

-- The part of a stretch that lies in a week, in minutes since the week's beginning; whole minutes around it.
create function minutes_of(during tstzrange, week integer) returns int4range language sql stable parallel safe
  return int4range(
    greatest(0, floor((extract(epoch from lower(during)) - 345600 - week::bigint * 604800) / 60))::integer,
    least(10080, ceil((extract(epoch from upper(during)) - 345600 - week::bigint * 604800) / 60))::integer
  );

create table busy_weeks (
  whose uuid not null,
  week integer not null,
  -- stretches that lie apart, by time: "480 510 600 660" is taken from minute 480 to 510 and from 600 to 660.
  -- Reservations are not among them, since they end by themselves.
  minutes text not null,
  primary key (whose, week)
);
alter table busy_weeks enable row level security;

create index taken_times_reserved on taken_times (whose) where lapses_at is not null;

create function gathered_minutes(body uuid, of_week integer) returns text language sql stable
  return (
    select coalesce(string_agg(lower(part) || ' ' || upper(part), ' ' order by lower(part)), '')
    from (
      select unnest(range_agg(minutes_of(during, of_week))) as part from taken_times
      where whose = body and lapses_at is null and during && tstzrange(
        to_timestamp(345600 + of_week::bigint * 604800), to_timestamp(345600 + (of_week + 1)::bigint * 604800)
      )
    ) as parts
  );

-- After each statement: whoever changes somebody's times holds the lock on them (lock_times).
create function gather_busy_weeks() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  insert into busy_weeks (whose, week, minutes)
    select whose, week, gathered_minutes(whose, week)
    from (
      select distinct whose, week
      from changed cross join lateral generate_series(
        week_of(lower(during)), week_of(upper(during) - interval '1 microsecond')
      ) as week
      where lapses_at is null
    ) as touched
    order by whose, week
    on conflict (whose, week) do update set minutes = excluded.minutes;
  return null;
end $$;
create trigger gather_taken after insert on taken_times referencing new table as changed
  for each statement execute function gather_busy_weeks();
create trigger gather_freed after delete on taken_times referencing old table as changed
  for each statement execute function gather_busy_weeks();

insert into busy_weeks (whose, week, minutes)
  select whose, week, gathered_minutes(whose, week)
  from (
    select distinct whose, week
    from taken_times cross join lateral generate_series(
      week_of(lower(during)), week_of(upper(during) - interval '1 microsecond')
    ) as week
    where lapses_at is null
  ) as touched;

-- What is taken of some resources' time, and of a patient's, in some weeks: no more than that it is, so that a
-- colleague's hours at another unit can be seen without what they are for. Told as "week:minutes;week:minutes". What is
-- apart (`is_free`) is to be taken off again: appointments that are about to move.
drop function busy_times(uuid[], uuid, timestamptz, timestamptz, uuid[]);
create function busy_times(
  resource_ids uuid[], patient uuid, first_instant timestamptz, last_instant timestamptz, apart_from uuid[]
) returns table (whose uuid, weeks text, is_free boolean) language sql stable security definer
  set search_path = public, pg_temp as $$
  with bodies as materialized (
    select resources.whose from resources
    where id = any (resource_ids) and unit_id = any ((select taltid_units())::uuid[])
    union
    select patients.id from patients where id = patient and (
      unit_id = any ((select taltid_units())::uuid[])
      or exists (
        select from patient_units where patient_id = patients.id and unit_id = any ((select taltid_units())::uuid[])
      )
    )
  ), moments as (
    select taken.whose, taken.during, false as is_free
    from bodies join taken_times as taken on taken.whose = bodies.whose
    where taken.lapses_at > clock_timestamp() and taken.appointment_id <> all (apart_from)
    union all
    select taken.whose, taken.during, true
    from taken_times as taken join bodies on bodies.whose = taken.whose
    where taken.lapses_at is null and taken.appointment_id = any (apart_from)
  )
  select gathered.whose, string_agg(week || ':' || minutes, ';'), false
  from busy_weeks as gathered join bodies on bodies.whose = gathered.whose
  where week between week_of(first_instant) and week_of(last_instant) and minutes <> ''
  group by gathered.whose
  union all
  select moments.whose, week || ':' || lower(part) || ' ' || upper(part), moments.is_free
  from moments
  cross join lateral generate_series(
    week_of(lower(during)), week_of(upper(during) - interval '1 microsecond')
  ) as week
  cross join lateral minutes_of(during, week) as part
  where week between week_of(first_instant) and week_of(last_instant)
$$;
