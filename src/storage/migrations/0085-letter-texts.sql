-- What a unit writes in its letters, and how it is reached.

alter table units
  -- from the street to the reception
  add column directions text check (length(directions) between 1 and 600),
  add column phone_hours text check (length(phone_hours) between 1 and 120);

-- A block that is null is inherited: a visit type's from its unit, a unit's from the product. An empty one leaves its
-- part out of the letter.
create table letter_texts (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  -- null for the whole unit
  visit_type_id uuid,
  intro_timed text check (length(intro_timed) <= 1500),
  intro_open text check (length(intro_open) <= 1500),
  before_the_visit text check (length(before_the_visit) <= 1500),
  bring_with_you text check (length(bring_with_you) <= 1500),
  cost text check (length(cost) <= 1500),
  change_or_cancel text check (length(change_or_cancel) <= 1500),
  interpreter text check (length(interpreter) <= 1500),
  guardian text check (length(guardian) <= 1500),
  closing text check (length(closing) <= 1500),
  -- 1 is what it was before anybody wrote anything
  version integer not null default 2 check (version > 1),
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (visit_type_id, unit_id) references visit_types (id, unit_id),
  unique nulls not distinct (unit_id, visit_type_id)
);
create trigger count_version before update on letter_texts for each row execute function count_version();
create trigger audit_write after insert or update or delete on letter_texts for each row execute function audit_write();
alter table letter_texts enable row level security;
create policy unit_boundary on letter_texts using (unit_id = any ((select taltid_units())::uuid[]));
