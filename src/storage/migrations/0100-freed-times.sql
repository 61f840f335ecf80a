-- Times that become free are offered to those who asked for an earlier one: one patient at a time, each for a while.

insert into state_edges (machine, from_state, to_state) values
  ('earlier_wish', '', 'open'),
  ('earlier_wish', 'open', 'fulfilled'),
  ('earlier_wish', 'open', 'withdrawn'),
  -- the visit was, or is not to be
  ('earlier_wish', 'open', 'over'),
  ('offer', '', 'offered'),
  ('offer', 'offered', 'accepted'),
  ('offer', 'offered', 'declined'),
  -- nobody answered in time
  ('offer', 'offered', 'lapsed'),
  -- the visit that was to be moved was moved or cancelled otherwise
  ('offer', 'offered', 'withdrawn');

create table earlier_wishes (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null,
  patient_id uuid not null,
  appointment_id uuid not null,
  chain_id uuid not null,
  state text not null default 'open',
  -- by the clinic's calendar; null for as early as can be
  not_before date,
  -- how long before a time the patient must know of it
  notice_hours integer not null default 24 check (notice_hours between 1 and 720),
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (appointment_id, unit_id, patient_id) references appointments (id, unit_id, patient_id),
  unique (id, unit_id, patient_id)
);
create unique index one_open_wish_an_appointment on earlier_wishes (appointment_id) where state = 'open';
create index earlier_wishes_open on earlier_wishes (unit_id) where state = 'open';

-- A stretch of somebody's time that an appointment gave up. No patient is told of here.
create table freed_times (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null,
  performer_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  -- taken, past, or nobody is left to be asked
  over_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  foreign key (performer_id, unit_id) references resources (id, unit_id),
  unique (id, unit_id)
);
create index freed_times_open on freed_times (created_at) where over_at is null;

create table offers (
  id uuid primary key default gen_random_uuid(),
  freed_time_id uuid not null,
  wish_id uuid not null,
  unit_id uuid not null,
  patient_id uuid not null,
  chain_id uuid not null,
  state text not null default 'offered',
  expires_at timestamptz not null,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (freed_time_id, unit_id) references freed_times (id, unit_id),
  foreign key (wish_id, unit_id, patient_id) references earlier_wishes (id, unit_id, patient_id),
  unique (id, unit_id, patient_id),
  -- nobody is asked twice
  unique (freed_time_id, wish_id)
);
create unique index one_offer_of_a_time on offers (freed_time_id) where state = 'offered';
create unique index one_offer_for_a_wish on offers (wish_id) where state = 'offered';
create index offers_to_lapse on offers (expires_at) where state = 'offered';
create index on offers (patient_id);

-- What would move and where to: the visit, and what hangs on it. Each time is reserved as long as the offer stands.
create table offer_visits (
  offer_id uuid not null,
  appointment_id uuid not null,
  reservation_id uuid not null,
  unit_id uuid not null,
  patient_id uuid not null,
  chain_id uuid not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  performer_id uuid not null,
  other_resource_ids uuid[] not null,
  gives_up text[] not null,
  primary key (offer_id, appointment_id),
  foreign key (offer_id, unit_id, patient_id) references offers (id, unit_id, patient_id),
  foreign key (appointment_id, unit_id, patient_id) references appointments (id, unit_id, patient_id),
  foreign key (reservation_id, unit_id, patient_id) references appointments (id, unit_id, patient_id)
);
create index on offer_visits (appointment_id);

-- A time that becomes free ahead is offered where somebody waits for one as early. An offer for a visit that moves or is
-- cancelled otherwise is taken back, and a wish for one that is not ahead any more is over.
create function follow_freed_time() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  freed uuid;
begin
  update offers set state = 'withdrawn'
    where state = 'offered' and id in (select offer_id from offer_visits where appointment_id = new.id);
  if new.state <> 'booked' then
    update earlier_wishes set state = 'over' where appointment_id = new.id and state = 'open';
  end if;
  if new.state in ('booked', 'cancelled') and old.starts_at > clock_timestamp() and exists (
    select from earlier_wishes as wish join appointments on appointments.id = wish.appointment_id
    where wish.unit_id = old.unit_id and wish.state = 'open' and appointments.starts_at >= old.ends_at
  ) then
    insert into freed_times (unit_id, performer_id, starts_at, ends_at)
      values (old.unit_id, old.performer_id, old.starts_at, old.ends_at) returning id into freed;
    insert into outbox (topic, payload) values ('time.freed', jsonb_build_object('freedTimeId', freed));
  end if;
  return null;
end $$;
create trigger follow_freed_time after update on appointments for each row
  when (old.state = 'booked' and (new.state, new.starts_at, new.ends_at, new.performer_id)
    is distinct from (old.state, old.starts_at, old.ends_at, old.performer_id))
  execute function follow_freed_time();

-- An offer that is over lets go of what it reserved; unless it was accepted, the next one is asked.
create function follow_offer() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  update appointments set state = 'lapsed', reserved_until = null
    where state = 'reserved' and id in (select reservation_id from offer_visits where offer_id = new.id);
  if new.state = 'accepted' then
    update freed_times set over_at = clock_timestamp() where id = new.freed_time_id and over_at is null;
    update earlier_wishes set state = 'fulfilled' where id = new.wish_id and state = 'open';
  else
    insert into outbox (topic, payload) values ('time.freed', jsonb_build_object('freedTimeId', new.freed_time_id));
  end if;
  return null;
end $$;
create trigger follow_offer after update of state on offers for each row
  when (old.state = 'offered' and new.state <> 'offered') execute function follow_offer();

-- A wish that is taken back takes its offer back.
create function follow_earlier_wish() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  update offers set state = 'withdrawn' where wish_id = new.id and state = 'offered';
  return null;
end $$;
create trigger follow_earlier_wish after update of state on earlier_wishes for each row
  when (new.state in ('withdrawn', 'over')) execute function follow_earlier_wish();

create trigger check_state_edge before insert or update on earlier_wishes
  for each row execute function check_state_edge('earlier_wish');
create trigger check_state_edge before insert or update on offers
  for each row execute function check_state_edge('offer');

do $$
declare
  name text;
begin
  foreach name in array array['earlier_wishes', 'offers'] loop
    execute format('create trigger count_version before update on %I for each row execute function count_version()', name);
    execute format(
      'create trigger audit_write after insert or update or delete on %I for each row execute function audit_write()', name
    );
  end loop;
  foreach name in array array['earlier_wishes', 'freed_times', 'offers', 'offer_visits'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy unit_boundary on %I using (unit_id = any ((select taltid_units())::uuid[]))', name);
  end loop;
  foreach name in array array['earlier_wishes', 'offers', 'offer_visits'] loop
    call show_own_rows(name::regclass);
  end loop;
end $$;
