-- Bookings, and the promise that nobody is at two places at once.

insert into state_edges (machine, from_state, to_state) values
  ('appointment', '', 'reserved'),
  ('appointment', '', 'booked'),
  ('appointment', 'reserved', 'booked'),
  ('appointment', 'reserved', 'lapsed'),
  ('appointment', 'booked', 'arrived'),
  ('appointment', 'booked', 'no_show'),
  ('appointment', 'booked', 'cancelled'),
  ('appointment', 'arrived', 'fulfilled'),
  -- A booked time that is cancelled while the need remains gives its task back to the queue.
  ('task', 'booked', 'new'),
  ('task', 'called', 'new');

create table appointments (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  patient_id uuid not null references patients,
  -- null for what was not booked from the queue
  task_id uuid,
  -- 1 but for the later visits of a series
  occasion integer not null default 1 check (occasion > 0),
  chain_id uuid not null default gen_random_uuid(),
  -- the visit in the clinician's day; made here where a person performs it
  encounter_id uuid,
  visit_type_id uuid not null,
  -- RequestType
  type text not null,
  state text not null,
  -- while it is reserved: until then nobody else may take the time
  reserved_until timestamptz,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  performer_id uuid not null,
  -- room, equipment, interpreter
  other_resource_ids uuid[] not null default '{}',
  -- the wishes that were given up knowingly
  gives_up text[] not null default '{}',
  interpreter_language text,
  cancel_reason text check (cancel_reason in ('patient', 'clinic', 'task_cancelled')),
  cancel_note text check (length(cancel_note) between 1 and 500),
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (task_id, unit_id, patient_id) references admin_tasks (id, unit_id, patient_id),
  foreign key (encounter_id, unit_id, patient_id) references encounters (id, unit_id, patient_id),
  foreign key (visit_type_id, unit_id) references visit_types (id, unit_id),
  foreign key (performer_id, unit_id) references resources (id, unit_id),
  unique (id, unit_id, patient_id),
  check (ends_at > starts_at),
  check (ends_at <= starts_at + interval '24 hours'),
  check ((state = 'reserved') = (reserved_until is not null)),
  check ((state = 'cancelled') = (cancel_reason is not null))
);
create unique index one_time_an_occasion on appointments (task_id, occasion)
  where state in ('reserved', 'booked', 'arrived', 'fulfilled');
create unique index one_appointment_an_encounter on appointments (encounter_id);
create index on appointments (unit_id, starts_at);
create index on appointments (performer_id, starts_at);
create index on appointments (patient_id, starts_at);
create index on appointments (chain_id);
create index appointments_reserved on appointments (reserved_until) where state = 'reserved';

-- Whose time is taken. Written by the triggers below alone: the application has no policy that lets it in.
create table taken_times (
  appointment_id uuid not null references appointments on delete cascade,
  -- a patient, a member of staff at whatever unit, a room, a piece of equipment, a line without a name
  whose uuid not null,
  during tstzrange not null check (not isempty(during)),
  -- of a reservation: from then on the time may be taken from it
  lapses_at timestamptz,
  primary key (appointment_id, whose),
  -- Deferrable, so that the visits of a chain can change places in one transaction.
  constraint one_place_at_a_time exclude using gist (whose with =, during with &&) deferrable initially immediate
);

-- Who takes the same one's time waits here for the others, always in the same order: an exclusion constraint alone would
-- let two that come at once wait for each other.
create function lock_times(bodies uuid[]) returns void language sql as $$
  select pg_advisory_xact_lock(key) from (
    select distinct hashtextextended(body::text, 41) as key from unnest(bodies) as body order by key
  ) as keys
$$;

create function bodies_of(patient uuid, resource_ids uuid[]) returns uuid[] language sql stable
  return (
    select array_agg(distinct whose)
    from (select patient as whose union all select whose from resources where id = any (resource_ids)) as bodies
  );

create function take_times() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  span tstzrange := tstzrange(new.starts_at, new.ends_at);
  bodies uuid[];
begin
  if tg_op = 'UPDATE' then
    if (new.state, new.reserved_until, new.starts_at, new.ends_at, new.performer_id, new.other_resource_ids)
      is not distinct from
      (old.state, old.reserved_until, old.starts_at, old.ends_at, old.performer_id, old.other_resource_ids) then
      return null;
    end if;
    -- Locked before they are given up: whoever waits for them to be free holds the lock.
    perform lock_times(bodies_of(old.patient_id,
      array[old.performer_id, new.performer_id] || old.other_resource_ids || new.other_resource_ids));
    delete from taken_times where appointment_id = new.id;
  end if;
  if new.state in ('cancelled', 'lapsed') then return null; end if;
  bodies := bodies_of(new.patient_id, new.performer_id || new.other_resource_ids);
  perform lock_times(bodies);
  -- A reservation whose time has passed stands in nobody's way.
  delete from taken_times where whose = any (bodies) and during && span and lapses_at <= clock_timestamp();
  insert into taken_times (appointment_id, whose, during, lapses_at)
    select new.id, body, span, new.reserved_until from unnest(bodies) as body;
  return null;
end $$;
create trigger take_times after insert or update on appointments for each row execute function take_times();

-- What is taken of some resources' time, and of a patient's, between two instants: no more than that it is, so that a
-- colleague's hours at another unit can be seen without what they are for.
create function busy_times(
  resource_ids uuid[], patient uuid, first_instant timestamptz, last_instant timestamptz, apart_from uuid[]
) returns table (whose uuid, spans text) language sql stable security definer
  set search_path = public, pg_temp as $$
  select taken.whose,
    string_agg(
      (extract(epoch from lower(during)) * 1000)::bigint || ' ' || (extract(epoch from upper(during)) * 1000)::bigint,
      ' '
    )
  from taken_times as taken
  where taken.whose in (
      select resources.whose from resources
      where id = any (resource_ids) and unit_id = any ((select taltid_units())::uuid[])
      union all
      select patients.id from patients where id = patient and (
        unit_id = any ((select taltid_units())::uuid[])
        or exists (
          select from patient_units where patient_id = patients.id and unit_id = any ((select taltid_units())::uuid[])
        )
      )
    )
    and during && tstzrange(first_instant, last_instant)
    and (lapses_at is null or lapses_at > clock_timestamp())
    and appointment_id <> all (apart_from)
  group by taken.whose
$$;

-- What an appointment is about stays; when and by whom changes while it is ahead.
create function check_appointment() returns trigger language plpgsql as $$
declare
  wrong integer;
begin
  if tg_op = 'UPDATE' then
    if (new.unit_id, new.patient_id, new.task_id, new.occasion, new.chain_id, new.type)
      is distinct from (old.unit_id, old.patient_id, old.task_id, old.occasion, old.chain_id, old.type) then
      raise exception 'an appointment stays with its patient, task and chain' using errcode = 'TT002';
    end if;
    if old.state not in ('reserved', 'booked') and (new.starts_at, new.ends_at, new.performer_id)
      is distinct from (old.starts_at, old.ends_at, old.performer_id) then
      raise exception 'an appointment is moved while it is ahead; expected "reserved" or "booked"; got "%"', old.state
        using errcode = 'TT003';
    end if;
  end if;
  select count(*) into wrong from unnest(new.other_resource_ids) as named
    where not exists (select from resources where id = named and unit_id = new.unit_id);
  if wrong > 0 then
    raise exception 'an appointment takes resources of its unit; got % of others', wrong using errcode = '23503';
  end if;
  return new;
end $$;
create trigger check_appointment before insert or update on appointments for each row execute function check_appointment();

-- The visit in the clinician's day follows the booking, where a person performs it.
create function follow_appointment() returns trigger language plpgsql as $$
declare
  person uuid;
  encounter_state text := case new.state
    when 'arrived' then 'arrived' when 'fulfilled' then 'done' when 'no_show' then 'missed' when 'cancelled' then 'cancelled' end;
begin
  select staff_id into person from resources where id = new.performer_id;
  if new.encounter_id is null and new.state = 'booked' and person is not null then
    insert into encounters (unit_id, patient_id, staff_id, kind, starts_at, ends_at)
    values (
      new.unit_id, new.patient_id, person,
      case when new.type in ('nybesok', 'aterbesok', 'telefon', 'video', 'hembesok', 'mote') then new.type else 'annat' end,
      new.starts_at, new.ends_at
    )
    returning id into new.encounter_id;
  elsif tg_op = 'UPDATE' and new.encounter_id is not null then
    if encounter_state is null and person is null then
      update encounters set state = 'cancelled' where id = new.encounter_id and state = 'planned';
      new.encounter_id := null;
    elsif encounter_state is null and (new.starts_at, new.ends_at, new.performer_id)
      is distinct from (old.starts_at, old.ends_at, old.performer_id) then
      update encounters set starts_at = new.starts_at, ends_at = new.ends_at, staff_id = person
        where id = new.encounter_id and state = 'planned';
    elsif new.state <> old.state then
      -- Whoever wrote the note may have moved the encounter already.
      update encounters set state = encounter_state
        where id = new.encounter_id
          and exists (select from state_edges where machine = 'encounter' and from_state = state and to_state = encounter_state);
    end if;
  end if;
  return new;
end $$;
create trigger follow_appointment before insert or update on appointments
  for each row execute function follow_appointment();

create trigger check_state_edge before insert or update on appointments
  for each row execute function check_state_edge('appointment');
create trigger count_version before update on appointments for each row execute function count_version();
create trigger see_patient after insert on appointments for each row execute function see_patient_at_unit();
create trigger audit_write after insert or update or delete on appointments for each row execute function audit_write();
create trigger tell_event after insert or update on appointments for each row execute function tell_event('appointment');

-- Each step of an appointment: what it was, when it was to be, who did it.
create table appointment_steps (
  id bigint generated always as identity primary key,
  appointment_id uuid not null,
  unit_id uuid not null,
  patient_id uuid not null,
  step text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  performer_id uuid not null,
  actor_kind text not null,
  actor_id text not null,
  at timestamptz not null default clock_timestamp(),
  foreign key (appointment_id, unit_id, patient_id) references appointments (id, unit_id, patient_id)
);
create index on appointment_steps (appointment_id, id);
call make_append_only('appointment_steps');

create function record_appointment_step() returns trigger language plpgsql as $$
declare
  step text := case
    when tg_op = 'INSERT' or new.state <> old.state then new.state
    when (new.starts_at, new.ends_at, new.performer_id) is distinct from (old.starts_at, old.ends_at, old.performer_id) then 'moved'
  end;
begin
  if step is null then return null; end if;
  insert into appointment_steps (appointment_id, unit_id, patient_id, step, starts_at, ends_at, performer_id, actor_kind, actor_id)
  values (
    new.id, new.unit_id, new.patient_id, step, new.starts_at, new.ends_at, new.performer_id,
    taltid_actor_kind(), coalesce(current_setting('taltid.actor_id', true), '')
  );
  return null;
end $$;
create trigger record_appointment_step after insert or update on appointments
  for each row execute function record_appointment_step();

-- No time outlives its task: what is held for a task that nobody works on is let go, and a cancelled one frees its time.
create function follow_task() returns trigger language plpgsql as $$
begin
  update appointments set state = 'lapsed', reserved_until = null where task_id = new.id and state = 'reserved';
  if new.state = 'cancelled' then
    update appointments set state = 'cancelled', cancel_reason = 'task_cancelled' where task_id = new.id and state = 'booked';
  end if;
  return null;
end $$;
create trigger follow_task after update of state on admin_tasks for each row
  when (new.state <> old.state and new.state not in ('claimed', 'booked', 'called', 'done'))
  execute function follow_task();

-- Nor is a booked task new again while its time stands.
create function check_requeued() returns trigger language plpgsql as $$
begin
  if not exists (select from appointments where task_id = new.id and state = 'cancelled')
    or exists (select from appointments where task_id = new.id and state in ('reserved', 'booked', 'arrived', 'fulfilled')) then
    raise exception 'a booked task is new again when its time was cancelled; expected no time; got state "%"', old.state
      using errcode = 'TT003';
  end if;
  return new;
end $$;
create trigger check_requeued before update of state on admin_tasks for each row
  when (old.state in ('booked', 'called') and new.state = 'new')
  execute function check_requeued();

do $$
declare
  name text;
begin
  foreach name in array array['appointments', 'appointment_steps'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy unit_boundary on %I using (unit_id = any ((select taltid_units())::uuid[]))', name);
  end loop;
end $$;
alter table taken_times enable row level security;
