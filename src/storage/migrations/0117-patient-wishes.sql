-- What a patient wishes of the times of a chain, as it was said on the phone: it holds in place of what the note says.
create table patient_wishes (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  patient_id uuid not null references patients,
  chain_id uuid not null,
  -- PatientPreference
  preference jsonb not null check (jsonb_typeof(preference) = 'object'),
  -- what is no wish that the calendar knows
  note text check (length(note) between 1 and 500),
  stated_by uuid not null references staff,
  stated_at timestamptz not null default clock_timestamp(),
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (chain_id, unit_id)
);
create index on patient_wishes (patient_id);
create trigger count_version before update on patient_wishes for each row execute function count_version();
create trigger audit_write after insert or update or delete on patient_wishes
  for each row execute function audit_write();
alter table patient_wishes enable row level security;
create policy unit_boundary on patient_wishes using (unit_id = any ((select taltid_units())::uuid[]));
call show_own_rows('patient_wishes');

-- Who wrote down that an earlier time is wanted; null for the patient on the own page.
alter table earlier_wishes add column asked_by uuid references staff;
