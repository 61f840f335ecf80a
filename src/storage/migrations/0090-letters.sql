-- Letters that went out, and the channels that they went by.

insert into state_edges (machine, from_state, to_state) values
  ('letter', '', 'queued'),
  ('letter', 'queued', 'sent'),
  ('letter', 'queued', 'read'),
  ('letter', 'queued', 'stopped'),
  ('letter', 'queued', 'replaced'),
  ('letter', 'sent', 'read'),
  ('letter', 'sent', 'stopped'),
  ('letter', 'sent', 'replaced'),
  ('delivery', '', 'waiting'),
  -- what is done as soon as it is asked for: the patient's page, a letter over the desk, a reprint
  ('delivery', '', 'ready'),
  ('delivery', '', 'sent'),
  ('delivery', 'waiting', 'ready'),
  ('delivery', 'waiting', 'sent'),
  ('delivery', 'waiting', 'failed'),
  ('delivery', 'waiting', 'skipped'),
  ('delivery', 'waiting', 'stopped'),
  ('delivery', 'ready', 'sent'),
  ('delivery', 'ready', 'stopped'),
  -- It was on its way when it was stopped.
  ('delivery', 'stopped', 'sent');

-- By which channels, in which order, and for how many hours each is given to be read; null: it ends there.
alter table units add column letter_chain jsonb not null default '[
  {"channel": "page", "waitHours": 0},
  {"channel": "notice", "waitHours": 48},
  {"channel": "digital_post", "waitHours": 48},
  {"channel": "print", "waitHours": null}
]' check (jsonb_typeof(letter_chain) = 'array' and jsonb_array_length(letter_chain) between 1 and 8);

-- A letter as it was when it went out.
create table letters (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  patient_id uuid not null references patients,
  chain_id uuid not null,
  task_id uuid not null,
  kind text not null check (kind in ('kallelse', 'ombokning', 'avbokning', 'paminnelse')),
  form text not null check (form in ('timed', 'open')),
  -- LetterContents and LetterTexts
  contents jsonb not null,
  texts jsonb not null,
  state text not null default 'queued',
  read_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (task_id, unit_id, patient_id) references admin_tasks (id, unit_id, patient_id),
  unique (id, unit_id, patient_id),
  check ((state = 'read') = (read_at is not null))
);
-- A reminder goes beside the letter that it reminds of.
create unique index one_letter_of_a_chain_under_way on letters (chain_id, (kind = 'paminnelse'))
  where state in ('queued', 'sent');
create index on letters (chain_id, created_at);
create index on letters (patient_id, created_at);
create index on letters (task_id);
create index letters_of_unit on letters (unit_id, created_at, id);

create function check_letter_change() returns trigger language plpgsql as $$
begin
  if (to_jsonb(new) - array['state', 'read_at', 'version', 'updated_at'])
    is distinct from (to_jsonb(old) - array['state', 'read_at', 'version', 'updated_at']) then
    raise exception 'a letter stays as it went out' using errcode = 'TT002';
  end if;
  return new;
end $$;
create trigger check_letter_change before update on letters for each row execute function check_letter_change();
create trigger refuse_delete before delete on letters for each row execute function refuse_change();

-- Letters that are printed together.
create table print_batches (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  made_by uuid not null references staff,
  printed_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  unique (id, unit_id)
);
create index on print_batches (unit_id, created_at);

-- A letter's way through one channel. Its id is what the outside knows a repeat by.
create table letter_deliveries (
  id uuid primary key default gen_random_uuid(),
  letter_id uuid not null,
  unit_id uuid not null,
  patient_id uuid not null,
  position integer not null check (position > 0),
  channel text not null check (channel in ('page', 'notice', 'digital_post', 'print', 'hand')),
  -- how long it is given to be read once it was sent; null: nothing comes after it
  wait_hours integer check (wait_hours >= 0),
  state text not null default 'waiting',
  -- null until those before it have had their time
  due_at timestamptz,
  attempts integer not null default 0 check (attempts >= 0),
  -- the attempt under way, or cut off: when it began and which job makes it
  begun_at timestamptz,
  begun_by text,
  -- when this channel was first tried
  first_tried_at timestamptz,
  told_at timestamptz,
  -- DeliveryReason: of the latest attempt, or why it is no more to be sent
  reason text,
  batch_id uuid,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (letter_id, unit_id, patient_id) references letters (id, unit_id, patient_id),
  foreign key (batch_id, unit_id) references print_batches (id, unit_id),
  unique (letter_id, position),
  check ((state = 'sent') = (told_at is not null)),
  check (state not in ('failed', 'skipped', 'stopped') or reason is not null),
  check (state <> 'ready' or channel = 'print'),
  check (batch_id is null or channel = 'print'),
  check ((begun_at is null) = (begun_by is null))
);
create index letter_deliveries_due on letter_deliveries (due_at) where state = 'waiting';
create index letter_deliveries_ready on letter_deliveries (unit_id, created_at) where state = 'ready';
create index on letter_deliveries (batch_id) where batch_id is not null;

-- Each step of a letter and of its ways, with who took it.
create table letter_steps (
  id bigint generated always as identity primary key,
  letter_id uuid not null,
  delivery_id uuid references letter_deliveries,
  unit_id uuid not null,
  patient_id uuid not null,
  -- a state, or 'delayed': it is tried again at due_at
  step text not null,
  channel text,
  reason text,
  due_at timestamptz,
  actor_kind text not null,
  actor_id text not null,
  at timestamptz not null default clock_timestamp(),
  foreign key (letter_id, unit_id, patient_id) references letters (id, unit_id, patient_id)
);
create index on letter_steps (letter_id, id);
call make_append_only('letter_steps');

create function record_letter_step() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.state = old.state then return null; end if;
  insert into letter_steps (letter_id, unit_id, patient_id, step, actor_kind, actor_id)
  values (
    new.id, new.unit_id, new.patient_id, new.state,
    taltid_actor_kind(), coalesce(current_setting('taltid.actor_id', true), '')
  );
  return null;
end $$;
create trigger record_letter_step after insert or update on letters for each row execute function record_letter_step();

create function record_delivery_step() returns trigger language plpgsql as $$
declare
  step text := case
    when tg_op = 'INSERT' then nullif(new.state, 'waiting')
    when new.state <> old.state then new.state
    when new.state = 'waiting' and old.begun_at is not null and new.begun_at is null then 'delayed'
  end;
begin
  if step is null then return null; end if;
  insert into letter_steps (letter_id, delivery_id, unit_id, patient_id, step, channel, reason, due_at, actor_kind, actor_id)
  values (
    new.letter_id, new.id, new.unit_id, new.patient_id, step, new.channel,
    case when step <> 'sent' then new.reason end, case when step = 'delayed' then new.due_at end,
    taltid_actor_kind(), coalesce(current_setting('taltid.actor_id', true), '')
  );
  return null;
end $$;
create trigger record_delivery_step after insert or update on letter_deliveries
  for each row execute function record_delivery_step();

-- What was read, stopped or replaced goes no further; what is on paper already is told as printed all the same.
create function follow_letter() returns trigger language plpgsql as $$
begin
  update letter_deliveries set state = 'stopped', reason = new.state
  where letter_id = new.id and state in ('waiting', 'ready') and (new.state <> 'read' or batch_id is null);
  return null;
end $$;
create trigger follow_letter after update of state on letters for each row
  when (new.state <> old.state and new.state in ('read', 'stopped', 'replaced')) execute function follow_letter();

-- A letter that somebody was told of is sent. Its own page tells nobody by itself.
create function follow_delivery() returns trigger language plpgsql as $$
begin
  update letters set state = 'sent' where id = new.letter_id and state = 'queued';
  return null;
end $$;
create trigger follow_delivery after insert or update on letter_deliveries for each row
  when (new.state = 'sent' and new.channel <> 'page') execute function follow_delivery();

create trigger check_state_edge before insert or update on letters
  for each row execute function check_state_edge('letter');
create trigger check_state_edge before insert or update on letter_deliveries
  for each row execute function check_state_edge('delivery');
create trigger tell_event after insert or update on letters for each row execute function tell_event('letter');
create trigger tell_event after insert or update of state on letter_deliveries
  for each row execute function tell_event('letter_delivery');

do $$
declare
  name text;
begin
  foreach name in array array['letters', 'letter_deliveries', 'print_batches'] loop
    execute format('create trigger count_version before update on %I for each row execute function count_version()', name);
    execute format(
      'create trigger audit_write after insert or update or delete on %I for each row execute function audit_write()', name
    );
  end loop;
  foreach name in array array['letters', 'letter_deliveries', 'letter_steps', 'print_batches'] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy unit_boundary on %I using (unit_id = any ((select taltid_units())::uuid[]))', name);
  end loop;
end $$;
