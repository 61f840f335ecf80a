-- Work that did not succeed, and who may still write.

-- A job that was given up: what it was to do, why it could not, and whether somebody has had it done again.
create table dead_letters (
  id uuid primary key default gen_random_uuid(),
  job_id text not null unique,
  topic text not null,
  -- ids only, as in the outbox
  payload jsonb not null,
  -- the code of the error, and what it means in words
  code text not null,
  reason text not null,
  attempts integer not null,
  failed_at timestamptz not null default clock_timestamp(),
  settled_at timestamptz,
  -- null where it came right by itself
  settled_by uuid references staff,
  check (settled_by is null or settled_at is not null)
);
create index dead_letters_open on dead_letters (failed_at, id) where settled_at is null;
create index dead_letters_settled on dead_letters (settled_at) where settled_at is not null;

-- The latest start of each job. A worker that was taken for dead, and wakes after another has begun its job, writes
-- nothing: its start is the earlier one.
create table job_fences (
  job_id text primary key,
  start integer not null check (start > 0),
  at timestamptz not null default clock_timestamp()
);
create index on job_fences (at);

-- For the look at requests that lack their task.
create index booking_requests_active on booking_requests (created_at) where state = 'active';

-- For the look at tasks whose måldatum comes near before they are booked.
create index admin_tasks_by_target on admin_tasks (target_date) where state in ('new', 'claimed', 'question', 'waiting');
