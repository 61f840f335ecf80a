-- Words that the recogniser is to expect: the whole clinic's, a unit's, somebody's own. No patients.

create table vocabulary_terms (
  id uuid primary key default gen_random_uuid(),
  -- whose list it stands on: a unit's, a person's own, or with neither the whole clinic's
  unit_id uuid references units on delete cascade,
  staff_id uuid references staff on delete cascade,
  term text not null check (term = btrim(term) and length(term) between 1 and 200),
  -- how it sounds, where that is not how it is written
  sounds_like text check (sounds_like = btrim(sounds_like) and length(sounds_like) between 1 and 200),
  level text not null default 'usual' check (level in ('careful', 'usual', 'strong')),
  enabled boolean not null default true,
  added_by uuid references staff,
  -- kept for a while, so that a removal can be undone
  removed_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  term_search text collate "sv-SE-x-icu" generated always as (lower(term collate "sv-SE-x-icu")) stored,
  sounds_search text collate "sv-SE-x-icu"
    generated always as (lower(coalesce(sounds_like, '') collate "sv-SE-x-icu")) stored,
  check (unit_id is null or staff_id is null)
);
-- A term can sound in several ways, but stands once for each.
create unique index vocabulary_terms_once on vocabulary_terms (unit_id, staff_id, term_search, sounds_search)
  nulls not distinct where removed_at is null;
create index vocabulary_terms_removed on vocabulary_terms (removed_at) where removed_at is not null;
create trigger count_version before update on vocabulary_terms for each row execute function count_version();
create trigger audit_write after insert or update or delete on vocabulary_terms for each row execute function audit_write();

-- Of the list that comes with the product: whether it is used, and which of its terms are not.
create table vocabulary_shipped (
  id boolean primary key default true check (id),
  enabled boolean not null default true,
  version integer not null default 1,
  updated_at timestamptz not null default clock_timestamp()
);
insert into vocabulary_shipped default values;
create trigger count_version before update on vocabulary_shipped for each row execute function count_version();
create trigger audit_write after update on vocabulary_shipped for each row execute function audit_write();

create table vocabulary_shipped_off (
  id text primary key check (length(id) between 1 and 200),
  off_at timestamptz not null default clock_timestamp()
);
create trigger audit_write after insert or delete on vocabulary_shipped_off for each row execute function audit_write();

-- Which lists changed: 'clinic', 'unit:ID', 'staff:ID', 'shipped', or 'members' when who works where did. PostgreSQL folds
-- the equal ones of a transaction.
create function tell_vocabulary() returns trigger language plpgsql as $$
declare
  is_now jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
begin
  perform pg_notify('taltid_vocabulary', coalesce(
    'staff:' || (is_now ->> 'staff_id'), 'unit:' || (is_now ->> 'unit_id'), 'clinic'
  ));
  return null;
end $$;
create trigger tell_vocabulary after insert or update or delete on vocabulary_terms
  for each row execute function tell_vocabulary();

create function tell_vocabulary_of() returns trigger language plpgsql as $$
begin
  perform pg_notify('taltid_vocabulary', tg_argv[0]);
  return null;
end $$;
create trigger tell_vocabulary after update on vocabulary_shipped
  for each statement execute function tell_vocabulary_of('shipped');
create trigger tell_vocabulary after insert or delete on vocabulary_shipped_off
  for each statement execute function tell_vocabulary_of('shipped');
create trigger tell_vocabulary after insert or update or delete on staff_units
  for each statement execute function tell_vocabulary_of('members');
