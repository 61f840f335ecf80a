-- What was handed out of a unit, or of one of its patients: by whom, why, and whether all of it was fetched.
create table exports (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  -- null for the whole unit
  patient_id uuid references patients,
  format text not null check (format in ('ndjson', 'csv', 'json', 'html')),
  -- of a table of one kind of rows
  kind text check (length(kind) between 1 and 100),
  reason text not null check (length(reason) between 10 and 500),
  asked_by uuid not null references staff,
  -- it is fetched once
  begun_at timestamptz,
  -- null where it broke off
  finished_at timestamptz,
  row_count integer check (row_count >= 0),
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  check ((format in ('json', 'html')) = (patient_id is not null)),
  check ((format = 'csv') = (kind is not null)),
  check ((finished_at is null) = (row_count is null))
);
create index on exports (unit_id, created_at);
create trigger count_version before update on exports for each row execute function count_version();
create trigger audit_write after insert or update or delete on exports for each row execute function audit_write();
create trigger refuse_delete before delete on exports for each row execute function refuse_change();
alter table exports enable row level security;
create policy unit_boundary on exports using (unit_id = any ((select taltid_units())::uuid[]));
call close_to_patients('exports');
