-- When somebody with a calendar falls ill: the calendar is shut, and each visit that stood in it has a line until it has
-- another time or is given up there. The line is settled in the transaction that moves the visit, so that a day that is
-- left half done is gone on with where it was left.

insert into state_edges (machine, from_state, to_state) values
  ('sick_day_visit', '', 'open'),
  ('sick_day_visit', 'open', 'moved'),
  ('sick_day_visit', 'open', 'requeued'),
  ('sick_day_visit', 'open', 'cancelled');

create table sick_days (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  resource_id uuid not null,
  -- null once the calendar was opened again
  closure_id uuid references closures on delete set null,
  first_day date not null,
  last_day date not null,
  declared_by uuid not null references staff,
  ended_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (resource_id, unit_id) references resources (id, unit_id),
  unique (id, unit_id),
  check (last_day >= first_day),
  constraint one_sick_day_at_a_time exclude using gist (resource_id with =, daterange(first_day, last_day, '[]') with &&)
    where (ended_at is null)
);
create index on sick_days (unit_id, last_day);
create trigger count_version before update on sick_days for each row execute function count_version();
create trigger audit_write after insert or update or delete on sick_days for each row execute function audit_write();

create table sick_day_visits (
  id uuid primary key default gen_random_uuid(),
  sick_day_id uuid not null,
  unit_id uuid not null,
  patient_id uuid not null references patients,
  appointment_id uuid not null,
  state text not null default 'open',
  -- when it was to be, before it was moved
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  settled_by uuid references staff,
  settled_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (sick_day_id, unit_id) references sick_days (id, unit_id),
  foreign key (appointment_id, unit_id, patient_id) references appointments (id, unit_id, patient_id),
  unique (sick_day_id, appointment_id),
  check ((state = 'open') = (settled_at is null)),
  check ((settled_by is null) = (settled_at is null))
);
create index on sick_day_visits (appointment_id);
create trigger check_state_edge before insert or update on sick_day_visits
  for each row execute function check_state_edge('sick_day_visit');
create trigger count_version before update on sick_day_visits for each row execute function count_version();
create trigger audit_write after insert or update or delete on sick_day_visits
  for each row execute function audit_write();

do $$
declare
  name text;
begin
  foreach name in array array['sick_days', 'sick_day_visits'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy unit_boundary on %I using (unit_id = any ((select taltid_units())::uuid[]))', name);
    call close_to_patients(name::regclass);
  end loop;
end $$;
