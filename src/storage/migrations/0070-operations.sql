-- What operators hand out, set aside and set.

-- One-time links by which the owner of an account chooses a password that nobody else has seen.
create table password_links (
  staff_id uuid primary key references staff on delete cascade,
  -- SHA-256
  token_hash bytea not null unique check (length(token_hash) = 32),
  made_by uuid not null references staff,
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp()
);
create index on password_links (expires_at);

-- Why nobody has a job done that was given up; null where it was done again or came right.
alter table dead_letters add column set_aside_reason text check (length(set_aside_reason) between 1 and 500);
alter table dead_letters add check (set_aside_reason is null or settled_by is not null);

-- Two operators may change a unit's settings at once.
alter table units add column version integer not null default 1;
alter table units add column updated_at timestamptz not null default clock_timestamp();
create trigger count_version before update on units for each row execute function count_version();
