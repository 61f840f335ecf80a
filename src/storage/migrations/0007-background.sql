-- Work beside the pages: recorded dictations, webhooks, reminders.

insert into state_edges (machine, from_state, to_state) values
  ('dictation', '', 'received'),
  ('dictation', 'received', 'running'),
  ('dictation', 'received', 'failed'),
  ('dictation', 'running', 'received'),
  ('dictation', 'running', 'done'),
  ('dictation', 'running', 'failed'),
  ('dictation', 'failed', 'received');

create table dictation_jobs (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  patient_id uuid not null references patients,
  author_id uuid not null references staff,
  -- null for a file that staff uploaded themselves
  api_key_id uuid references api_keys,
  idempotency_key text not null check (length(idempotency_key) between 1 and 200),
  -- of the request's body: the same key with another body is refused
  body_hash bytea not null check (length(body_hash) = 32),
  audio_path text not null,
  state text not null default 'received',
  note_id uuid,
  error_code text,
  attempts integer not null default 0,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (note_id, unit_id) references notes (id, unit_id),
  unique nulls not distinct (api_key_id, idempotency_key),
  check (state <> 'done' or note_id is not null),
  check (state <> 'failed' or error_code is not null)
);
create index on dictation_jobs (author_id, created_at);
create trigger check_state_edge before insert or update on dictation_jobs for each row execute function check_state_edge('dictation');
create trigger count_version before update on dictation_jobs for each row execute function count_version();
create trigger audit_write after insert or update or delete on dictation_jobs for each row execute function audit_write();
create trigger tell_event after insert or update on dictation_jobs for each row execute function tell_event('dictation');

create table webhooks (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  owner_id uuid not null references staff,
  url text not null check (length(url) <= 2000),
  secret text not null,
  -- EventObject[]
  objects text[] not null,
  active boolean not null default true,
  created_at timestamptz not null default clock_timestamp()
);

create table webhook_deliveries (
  id uuid primary key default gen_random_uuid(),
  webhook_id uuid not null references webhooks on delete cascade,
  event_id bigint not null references events,
  state text not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
  attempts integer not null default 0,
  next_at timestamptz not null default clock_timestamp(),
  last_status integer,
  delivered_at timestamptz,
  unique (webhook_id, event_id)
);
create index webhook_deliveries_due on webhook_deliveries (next_at) where state = 'pending';

create table reminders (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  patient_id uuid not null references patients,
  kind text not null check (kind in ('note_unsigned', 'question_unanswered', 'target_near', 'draft_to_sign')),
  -- the note, question or task
  object_id uuid not null,
  to_staff_id uuid not null references staff,
  due_at timestamptz not null,
  shown_at timestamptz,
  dismissed_at timestamptz,
  created_at timestamptz not null default clock_timestamp(),
  unique (kind, object_id, to_staff_id, due_at)
);
create index reminders_of_staff on reminders (to_staff_id, due_at) where dismissed_at is null;
create trigger audit_write after insert or update or delete on reminders for each row execute function audit_write();
