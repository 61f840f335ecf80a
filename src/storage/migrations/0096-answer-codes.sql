-- How a patient comes in: by the code of a letter together with the birth date, and then by a session's cookie.

create table answer_codes (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  patient_id uuid not null references patients,
  chain_id uuid not null,
  -- SHA-256; the code itself stands in the letter alone
  code_hash bytea not null unique check (length(code_hash) = 32),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_at timestamptz not null default clock_timestamp()
);
create index on answer_codes (chain_id);
create index on answer_codes (expires_at);
create trigger audit_write after insert or update or delete on answer_codes for each row execute function audit_write();
alter table answer_codes enable row level security;
create policy unit_boundary on answer_codes using (unit_id = any ((select taltid_units())::uuid[]));
call close_to_patients('answer_codes');

-- Whose code it is, where the birth date is right, too. Which of the two was wrong nobody is told.
create function match_answer_code(hash bytea, born date, at timestamptz)
  returns table (patient_id uuid, unit_id uuid, chain_id uuid) language sql stable security definer
  set search_path = public, pg_temp
  begin atomic
    select code.patient_id, code.unit_id, code.chain_id
    from answer_codes as code join patients on patients.id = code.patient_id
    where code.code_hash = hash and code.expires_at > at and code.revoked_at is null and patients.birth_date = born;
  end;

-- Wrong tries with codes, whether there is such a code or not, for the limits on them. They outlive a restart, or whoever
-- guesses would wait for one.
create table answer_code_attempts (
  -- SHA-256 of the code
  key bytea primary key check (length(key) = 32),
  -- since `since`, and since ever
  attempts integer not null check (attempts >= 0),
  total integer not null check (total >= 0),
  since timestamptz not null
);
create index on answer_code_attempts (since);

create table patient_sessions (
  token_hash bytea primary key check (length(token_hash) = 32),
  patient_id uuid not null references patients on delete cascade,
  -- 1: came by a letter's code, sees its chain alone; 2: signed in
  level smallint not null check (level in (1, 2)),
  unit_id uuid references units,
  chain_id uuid,
  -- the child that a guardian acts for
  acting_for uuid references patients,
  created_at timestamptz not null default clock_timestamp(),
  last_seen_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  check ((level = 1) = (chain_id is not null)),
  check ((level = 1) = (unit_id is not null)),
  check (level = 2 or acting_for is null)
);
create index on patient_sessions (patient_id);
create index on patient_sessions (expires_at);

-- The units that a patient is seen at: what one who is signed in may look into.
create function units_of_patient(patient uuid) returns uuid[] language sql stable security definer
  set search_path = public, pg_temp
  return (
    select array_agg(distinct unit) from (
      select unit_id as unit from patients where id = patient
      union all
      select unit_id from patient_units where patient_id = patient
    ) as seen_at
  );
