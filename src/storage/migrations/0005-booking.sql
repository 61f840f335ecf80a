-- Requests, tasks and questions.

insert into state_edges (machine, from_state, to_state) values
  ('request', '', 'active'),
  ('request', 'active', 'withdrawn'),
  ('task', '', 'new'),
  ('task', '', 'waiting'),
  ('task', 'new', 'claimed'),
  ('task', 'new', 'cancelled'),
  ('task', 'claimed', 'new'),
  ('task', 'claimed', 'question'),
  ('task', 'claimed', 'waiting'),
  ('task', 'claimed', 'booked'),
  ('task', 'claimed', 'cancelled'),
  ('task', 'question', 'claimed'),
  ('task', 'question', 'cancelled'),
  ('task', 'waiting', 'new'),
  ('task', 'waiting', 'cancelled'),
  ('task', 'booked', 'called'),
  ('task', 'booked', 'cancelled'),
  ('task', 'called', 'done'),
  ('task', 'called', 'cancelled'),
  ('question', '', 'open'),
  ('question', 'open', 'answered'),
  ('question', 'open', 'withdrawn');

-- Bokningsunderlag: what a signed note asks for. It stays as it was signed; a change is a new request.
create table booking_requests (
  id uuid primary key default gen_random_uuid(),
  follow_up_id uuid not null,
  note_id uuid not null,
  note_version integer not null,
  unit_id uuid not null,
  patient_id uuid not null references patients,
  chain_id uuid not null,
  request_key text,
  state text not null default 'active',
  type text not null,
  route text not null check (route in ('clinician', 'hold', 'review', 'auto', 'none')),
  -- FollowUpRequest as it was confirmed
  fields jsonb not null,
  reason text,
  earliest_date date,
  -- måldatum: the medically right latest day
  target_date date,
  -- the answered question that set the måldatum anew
  target_question_id uuid,
  ordered_by uuid not null references staff,
  withdrawn_reason text,
  withdrawn_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (follow_up_id, note_id, unit_id) references follow_ups (id, note_id, unit_id),
  foreign key (note_id, note_version) references note_versions (note_id, number),
  unique (id, unit_id, patient_id),
  check (earliest_date <= target_date),
  check (state <> 'withdrawn' or length(withdrawn_reason) > 0 and withdrawn_at is not null)
);
create unique index one_active_request_a_follow_up on booking_requests (follow_up_id) where state = 'active';
create index on booking_requests (note_id);
create index on booking_requests (patient_id, created_at);
create index on booking_requests (chain_id);
create trigger check_state_edge before insert or update on booking_requests for each row execute function check_state_edge('request');
create trigger count_version before update on booking_requests for each row execute function count_version();
create trigger audit_write after insert or update or delete on booking_requests for each row execute function audit_write();
create trigger tell_event after insert or update on booking_requests for each row execute function tell_event('request');

-- Each request one task.
create table admin_tasks (
  id uuid primary key default gen_random_uuid(),
  request_id uuid not null unique,
  unit_id uuid not null,
  patient_id uuid not null,
  note_id uuid not null,
  chain_id uuid not null,
  state text not null default 'new',
  type text not null,
  service text,
  -- the competence that is asked for, and the person where one is named
  role text,
  practitioner_id uuid references staff,
  earliest_date date,
  target_date date,
  duration_minutes integer check (duration_minutes > 0),
  interpreter_language text,
  needs text[] not null default '{}',
  preparations text[] not null default '{}',
  -- RaisedFlag[] that staff resolve
  flags jsonb not null default '[]',
  route text not null,
  claimed_by uuid references staff,
  claimed_at timestamptz,
  wakes_at timestamptz,
  wakes_on text,
  cancel_reason text,
  cancel_note text,
  created_day date not null default (now() at time zone 'Europe/Stockholm')::date,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  -- The queue's order: by måldatum; those without one are a group of their own, by age.
  undated boolean generated always as (target_date is null) stored,
  queue_day date generated always as (coalesce(target_date, created_day)) stored,
  foreign key (request_id, unit_id, patient_id) references booking_requests (id, unit_id, patient_id),
  unique (id, unit_id, patient_id),
  check (earliest_date <= target_date),
  check (state not in ('claimed', 'booked', 'called') or claimed_by is not null),
  check (state <> 'new' or claimed_by is null),
  check ((claimed_by is null) = (claimed_at is null)),
  check (state <> 'waiting' or wakes_at is not null or wakes_on is not null),
  check ((state = 'cancelled') = (cancel_reason is not null))
);
create index on admin_tasks (patient_id);
create index on admin_tasks (chain_id);
create index on admin_tasks (note_id);
create index admin_tasks_to_wake on admin_tasks (wakes_at) where state = 'waiting' and wakes_at is not null;
create trigger check_state_edge before insert or update on admin_tasks for each row execute function check_state_edge('task');
create trigger count_version before update on admin_tasks for each row execute function count_version();
create trigger audit_write after insert or update or delete on admin_tasks for each row execute function audit_write();
create trigger tell_event after insert or update on admin_tasks for each row execute function tell_event('task');

-- Asked about a follow-up before it is decided, or about a task while it is worked on.
create table questions (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null,
  patient_id uuid not null references patients,
  note_id uuid not null,
  follow_up_id uuid,
  task_id uuid,
  state text not null default 'open',
  asked_by uuid not null references staff,
  to_staff_id uuid not null references staff,
  text text not null check (length(text) between 1 and 4000),
  answer text check (length(answer) between 1 and 4000),
  answered_by uuid references staff,
  answered_at timestamptz,
  remind_at timestamptz not null,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (note_id, unit_id) references notes (id, unit_id),
  foreign key (follow_up_id, note_id, unit_id) references follow_ups (id, note_id, unit_id),
  foreign key (task_id, unit_id, patient_id) references admin_tasks (id, unit_id, patient_id),
  check (num_nonnulls(follow_up_id, task_id) = 1),
  check ((state = 'answered') = (answer is not null and answered_by is not null and answered_at is not null))
);
create unique index one_open_question_a_task on questions (task_id) where state = 'open';
create index on questions (follow_up_id);
create index questions_open_to_staff on questions (to_staff_id, created_at) where state = 'open';
create index questions_to_remind on questions (remind_at) where state = 'open';
create trigger check_state_edge before insert or update on questions for each row execute function check_state_edge('question');
create trigger count_version before update on questions for each row execute function count_version();
create trigger audit_write after insert or update or delete on questions for each row execute function audit_write();
create trigger tell_event after insert or update on questions for each row execute function tell_event('question');

alter table booking_requests add foreign key (target_question_id) references questions (id);
