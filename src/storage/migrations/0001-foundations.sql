-- What every other table builds on: who is acting, what may never change, which states follow which, and the logs.
-- Errors that these functions raise have codes of their own (class TT), which src/storage/errors.ts translates.

create table settings (
  key text primary key,
  value jsonb not null
);

-- The actor of the transaction, as withAudit has told it; what touches patient data without one is refused.
create function taltid_actor_kind() returns text language sql stable parallel safe
  return coalesce(nullif(current_setting('taltid.actor_kind', true), ''), '');

create function taltid_require_actor() returns void language plpgsql as $$
begin
  if taltid_actor_kind() = '' then
    raise exception 'patient data was written without an actor; expected a transaction of withAudit; got none'
      using errcode = 'TT001';
  end if;
end $$;

-- The units whose patients the transaction may see.
create function taltid_units() returns uuid[] language sql stable parallel safe
  return string_to_array(nullif(current_setting('taltid.units', true), ''), ',')::uuid[];

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is only appended to; expected insert; got %', tg_table_name, lower(tg_op)
    using errcode = 'TT002';
end $$;

-- Makes a table append-only for everybody, its owner included.
create procedure make_append_only(table_name regclass) language plpgsql as $$
begin
  execute format('create trigger append_only before update or delete on %s for each row execute function refuse_change()', table_name);
  execute format('create trigger append_only_whole before truncate on %s for each statement execute function refuse_change()', table_name);
end $$;

-- Where a state may go; from '' is where it may begin. The same edges stand in src/contracts.
create table state_edges (
  machine text not null,
  from_state text not null,
  to_state text not null,
  primary key (machine, from_state, to_state)
);

create function check_state_edge() returns trigger language plpgsql as $$
declare
  earlier text := '';
begin
  if tg_op = 'UPDATE' then
    if new.state = old.state then return new; end if;
    earlier := old.state;
  end if;
  if not exists (
    select from state_edges
    where machine = tg_argv[0] and from_state = earlier and to_state = new.state
  ) then
    raise exception '% may not go from "%" to "%"', tg_argv[0], earlier, new.state using errcode = 'TT003';
  end if;
  return new;
end $$;

-- Optimistic locks: every change of a row is a new version, counted here and nowhere else.
create function count_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  new.updated_at := clock_timestamp();
  return new;
end $$;

create table units (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 200),
  hsa_id text unique,
  phone text,
  address text,
  -- The unit's defaults for follow-ups (UnitDefaults without the staff).
  defaults jsonb,
  demo boolean not null default false,
  created_at timestamptz not null default clock_timestamp()
);

create table staff (
  id uuid primary key default gen_random_uuid(),
  username text not null check (username = lower(username) and length(username) between 1 and 100),
  given_name text not null,
  family_name text not null,
  -- lakare, distriktsskoterska ... as in the follow-up schema; null for who is no profession of care
  profession text,
  hsa_id text unique,
  password_hash text,
  account_roles text[] not null check (account_roles <@ array['clinician', 'administrator', 'operator']),
  active boolean not null default true,
  demo boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (username)
);
create trigger count_version before update on staff for each row execute function count_version();

create table staff_units (
  staff_id uuid not null references staff on delete cascade,
  unit_id uuid not null references units on delete cascade,
  primary key (staff_id, unit_id)
);
create index on staff_units (unit_id);

create table sessions (
  token_hash bytea primary key check (length(token_hash) = 32),
  staff_id uuid not null references staff on delete cascade,
  csrf_hash bytea not null check (length(csrf_hash) = 32),
  created_at timestamptz not null default clock_timestamp(),
  last_seen_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null
);
create index on sessions (staff_id);
create index on sessions (expires_at);

create table api_keys (
  id uuid primary key default gen_random_uuid(),
  token_hash bytea not null unique check (length(token_hash) = 32),
  name text not null check (length(name) between 1 and 200),
  owner_id uuid not null references staff,
  unit_id uuid not null references units,
  scopes text[] not null,
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz
);
create index on api_keys (owner_id);

-- Who did what to whom, when, where and why. A line of a list names every patient that was on it.
create table audit_events (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  actor_kind text not null check (actor_kind in ('staff', 'api-key', 'patient', 'system')),
  actor_id text not null check (actor_id <> ''),
  action text not null,
  object_kind text not null,
  object_id text,
  patient_ids uuid[] not null default '{}',
  unit_id uuid references units,
  purpose text not null check (purpose <> ''),
  request_id text not null
);
create index audit_events_of_patient on audit_events using gin (patient_ids);
create index audit_events_of_actor on audit_events (actor_id, id);
create index audit_events_by_time on audit_events using brin (at);
call make_append_only('audit_events');

-- Writes to a table with patient data log themselves, in the same transaction.
create function audit_write() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  written jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
  patient uuid;
begin
  perform taltid_require_actor();
  patient := coalesce(
    written ->> 'patient_id',
    case when tg_table_name = 'patients' then written ->> 'id' end
  );
  if patient is null and written ? 'note_id' then
    execute 'select patient_id from notes where id = $1' into patient using (written ->> 'note_id')::uuid;
  end if;
  insert into audit_events (actor_kind, actor_id, action, object_kind, object_id, patient_ids, unit_id, purpose, request_id)
  values (
    current_setting('taltid.actor_kind'),
    current_setting('taltid.actor_id'),
    case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'update' else 'delete' end,
    tg_table_name,
    coalesce(written ->> 'id', written ->> 'note_id'),
    array_remove(array[patient], null),
    (written ->> 'unit_id')::uuid,
    current_setting('taltid.purpose'),
    current_setting('taltid.request_id')
  );
  return null;
end $$;

-- Changes that pages and webhooks are told of: ids and states, never content.
create table events (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  object text not null,
  object_id uuid not null,
  change text not null check (change in ('created', 'changed', 'deleted')),
  state text,
  from_state text,
  unit_id uuid not null references units,
  patient_id uuid,
  actor_kind text not null,
  actor_id text not null
);
create index on events (unit_id, id);
create index on events (object_id);
call make_append_only('events');

create function tell_event() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  is_now jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
  event_id bigint;
begin
  insert into events (object, object_id, change, state, from_state, unit_id, patient_id, actor_kind, actor_id)
  values (
    tg_argv[0],
    (is_now ->> 'id')::uuid,
    case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'changed' else 'deleted' end,
    is_now ->> 'state',
    case when tg_op = 'UPDATE' then to_jsonb(old) ->> 'state' end,
    (is_now ->> 'unit_id')::uuid,
    (is_now ->> 'patient_id')::uuid,
    taltid_actor_kind(),
    coalesce(current_setting('taltid.actor_id', true), '')
  )
  returning id into event_id;
  perform pg_notify('taltid_events', event_id::text);
  return null;
end $$;

-- What a transaction wants done after it: written with it, taken to the job queue by the relay.
create table outbox (
  id bigint generated always as identity primary key,
  topic text not null,
  payload jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz
);
create index outbox_unsent on outbox (id) where sent_at is null;
create index outbox_sent on outbox (sent_at) where sent_at is not null;

create function tell_outbox() returns trigger language plpgsql as $$
begin
  perform pg_notify('taltid_outbox', '');
  return null;
end $$;
-- Many messages of one transaction are one notification: PostgreSQL folds equal ones.
create trigger tell_outbox after insert on outbox for each statement execute function tell_outbox();
