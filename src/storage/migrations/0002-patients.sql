-- Patients and their encounters.

create table patients (
  id uuid primary key default gen_random_uuid(),
  -- the unit where the patient is listed; others that see the patient stand in patient_units
  unit_id uuid not null references units,
  -- 12 digits; a reservnummer as its region writes it
  personal_number text not null,
  personal_number_kind text not null check (personal_number_kind in ('personnummer', 'samordningsnummer', 'reservnummer')),
  given_name text not null check (length(given_name) between 1 and 200),
  family_name text not null check (length(family_name) between 1 and 200),
  birth_date date,
  protected_identity boolean not null default false,
  -- ISO 639 code of the language that an interpreter is needed for
  interpreter_language text,
  phone text,
  email text,
  address text,
  guardian_id uuid references patients,
  demo boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  -- in plain byte order, where a prefix is a range of the index and the row policy lets the planner use it
  family_search text collate "C" generated always as (lower(family_name collate "und-x-icu")) stored,
  given_search text collate "C" generated always as (lower(given_name collate "und-x-icu")) stored,
  unique (personal_number),
  check (personal_number_kind = 'reservnummer' or personal_number ~ '^(18|19|20)\d{10}$'),
  check (personal_number_kind <> 'reservnummer' or personal_number ~ '^[0-9A-Z]{10,13}$')
);
create index patients_by_family_name on patients (family_search, given_search);
create index patients_by_given_name on patients (given_search);
create index patients_by_personal_number on patients (personal_number collate "C");
create trigger count_version before update on patients for each row execute function count_version();
create trigger audit_write after insert or update or delete on patients for each row execute function audit_write();

create table patient_units (
  patient_id uuid not null references patients on delete cascade,
  unit_id uuid not null references units,
  primary key (patient_id, unit_id)
);

-- A patient with an encounter or a note at a unit is seen there.
create function see_patient_at_unit() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  insert into patient_units (patient_id, unit_id) values (new.patient_id, new.unit_id) on conflict do nothing;
  return null;
end $$;

insert into state_edges (machine, from_state, to_state) values
  ('encounter', '', 'planned'),
  ('encounter', 'planned', 'arrived'),
  ('encounter', 'planned', 'missed'),
  ('encounter', 'planned', 'cancelled'),
  ('encounter', 'arrived', 'done');

create table encounters (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  patient_id uuid not null references patients,
  staff_id uuid not null references staff,
  kind text not null check (kind in ('nybesok', 'aterbesok', 'telefon', 'video', 'hembesok', 'mote', 'annat')),
  state text not null default 'planned',
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  check (ends_at > starts_at),
  unique (id, unit_id, patient_id)
);
create index on encounters (unit_id, starts_at);
create index on encounters (staff_id, starts_at);
create index on encounters (patient_id, starts_at);
create trigger check_state_edge before insert or update on encounters for each row execute function check_state_edge('encounter');
create trigger count_version before update on encounters for each row execute function count_version();
create trigger see_patient after insert on encounters for each row execute function see_patient_at_unit();
create trigger audit_write after insert or update or delete on encounters for each row execute function audit_write();
create trigger tell_event after insert or update on encounters for each row execute function tell_event('encounter');
