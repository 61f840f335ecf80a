-- Fast vårdkontakt: whom at a unit a patient turns to.
create table named_contacts (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  patient_id uuid not null references patients,
  staff_id uuid not null references staff,
  -- of the contact; the unit's own where it is null
  phone text check (length(phone) between 1 and 50),
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (patient_id, unit_id)
);
create index on named_contacts (staff_id);
create trigger count_version before update on named_contacts for each row execute function count_version();
create trigger audit_write after insert or update or delete on named_contacts
  for each row execute function audit_write();
alter table named_contacts enable row level security;
create policy unit_boundary on named_contacts using (unit_id = any ((select taltid_units())::uuid[]));
call show_own_rows('named_contacts');
