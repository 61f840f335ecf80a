-- What a unit books: who and what has a calendar, visit types, weekly templates and closures. No patients here, but the
-- unit boundary holds all the same.

-- Equality inside an exclusion constraint; a trusted extension, which the owner of a database may create.
create extension if not exists btree_gist;

create table resources (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  kind text not null check (kind in ('person', 'role', 'room', 'equipment', 'interpreter')),
  staff_id uuid references staff,
  name text not null check (length(name) between 1 and 200),
  -- the profession, as requests name it
  role text check (length(role) between 1 and 100),
  -- of an interpreter, as requests name it
  language text check (length(language) between 1 and 100),
  active boolean not null default true,
  -- Whose time it is: somebody who works at several units is one person all the same.
  whose uuid not null generated always as (coalesce(staff_id, id)) stored,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (id, unit_id),
  unique (unit_id, staff_id),
  check ((kind = 'person') = (staff_id is not null)),
  check (kind <> 'role' or role is not null),
  check ((kind = 'interpreter') = (language is not null))
);

create table visit_types (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  name text not null check (length(name) between 1 and 200),
  -- RequestType; with a service and a competence where they matter
  type text not null,
  service text check (length(service) between 1 and 200),
  role text check (length(role) between 1 and 100),
  duration_minutes integer not null check (duration_minutes between 5 and 600),
  interpreter_extra_minutes integer not null default 0 check (interpreter_extra_minutes between 0 and 240),
  -- one of each list is taken along
  room_ids uuid[] not null default '{}',
  equipment_ids uuid[] not null default '{}',
  active boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (id, unit_id)
);
create index on visit_types (unit_id);

-- A stretch of each week. A day with a template of its own (valid_from = valid_until) is an exception that adds time; a
-- closure is one that takes it away.
create table slot_templates (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null,
  resource_id uuid not null,
  -- ISO 8601: 1 is Monday
  weekday smallint not null check (weekday between 1 and 7),
  -- since midnight by the clock on the wall
  from_minute smallint not null check (from_minute between 0 and 1439),
  until_minute smallint not null check (until_minute between 1 and 1440),
  slot_minutes smallint not null check (slot_minutes between 5 and 480),
  every_weeks smallint not null default 1 check (every_weeks between 1 and 8),
  valid_from date not null,
  valid_until date,
  room_id uuid,
  visit_type_ids uuid[] not null default '{}',
  -- lent to patients until so many days before; null for care's own
  lent_until_days smallint check (lent_until_days between 0 and 365),
  on_free_days boolean not null default false,
  on_bridge_days boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (resource_id, unit_id) references resources (id, unit_id),
  foreign key (room_id, unit_id) references resources (id, unit_id),
  check (until_minute - from_minute >= slot_minutes),
  check (valid_until >= valid_from)
);
create index on slot_templates (resource_id);
create index on slot_templates (unit_id);

create table closures (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  -- null for the whole unit
  resource_id uuid,
  first_day date not null,
  last_day date not null,
  -- of each of the days; null for whole days
  from_minute smallint check (from_minute between 0 and 1439),
  until_minute smallint check (until_minute between 1 and 1440),
  reason text not null check (length(reason) between 1 and 200),
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (resource_id, unit_id) references resources (id, unit_id),
  check (last_day >= first_day),
  check ((from_minute is null) = (until_minute is null)),
  check (until_minute > from_minute)
);
create index on closures (unit_id, last_day);

-- A list of ids has no foreign keys: what it names must be of the same unit, and of the kind that belongs there.
create function check_calendar_ids() returns trigger language plpgsql as $$
declare
  is_now jsonb := to_jsonb(new);
  wrong integer;
begin
  if tg_table_name = 'visit_types' then
    select count(*) into wrong
    from (
      select value::uuid as id, 'room' as kind from jsonb_array_elements_text(is_now -> 'room_ids')
      union all
      select value::uuid, 'equipment' from jsonb_array_elements_text(is_now -> 'equipment_ids')
    ) as named
    where not exists (
      select from resources where resources.id = named.id and unit_id = new.unit_id and resources.kind = named.kind
    );
  else
    select count(*) into wrong from jsonb_array_elements_text(is_now -> 'visit_type_ids')
    where not exists (select from visit_types where id = value::uuid and unit_id = new.unit_id);
  end if;
  if wrong > 0 then
    raise exception 'what a calendar names is of the same unit and of its kind; got % that are not', wrong
      using errcode = '23503';
  end if;
  return new;
end $$;
create trigger check_calendar_ids before insert or update on visit_types
  for each row execute function check_calendar_ids();
create trigger check_calendar_ids before insert or update on slot_templates
  for each row execute function check_calendar_ids();

do $$
declare
  name text;
begin
  foreach name in array array['resources', 'visit_types', 'slot_templates', 'closures'] loop
    execute format('create trigger count_version before update on %I for each row execute function count_version()', name);
    execute format(
      'create trigger audit_write after insert or update or delete on %I for each row execute function audit_write()', name
    );
    execute format(
      'create trigger tell_event after insert or update or delete on %I for each row execute function tell_event(%L)',
      name, 'calendar'
    );
    execute format('alter table %I enable row level security', name);
    execute format('create policy unit_boundary on %I using (unit_id = any ((select taltid_units())::uuid[]))', name);
  end loop;
end $$;
