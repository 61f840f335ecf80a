-- The queue is ordered by slack: working days between the earliest time that fits and måldatum. The earliest time is found
-- in the background and kept with the task; a page of the queue still comes from an index in its order.

alter table admin_tasks
  -- null where none fits within the days that were searched, and where nothing is known
  add column fit_on date,
  -- negative where måldatum comes first; null where nothing is known, and then the slack counts from today
  add column fit_slack smallint,
  add check (fit_on is null or fit_slack is not null),
  add check (fit_slack is null or target_date is not null);
alter table admin_tasks
  -- 0 by the slack that is known, 1 by måldatum, 2 by age
  add column queue_lane smallint generated always as (
    case when target_date is null then 2 when fit_slack is null then 1 else 0 end
  ) stored,
  add column queue_slack smallint generated always as (coalesce(fit_slack, 0)) stored;

-- What follows from the calendar is no change of the task: no version, no line in the log, no event, and its request is not
-- locked to check it. It is written alone; everything else is a change, whatever columns come.
drop trigger count_version on admin_tasks;
create trigger count_version before update on admin_tasks for each row
  when ((new.fit_on, new.fit_slack) is not distinct from (old.fit_on, old.fit_slack))
  execute function count_version();
drop trigger check_task_target on admin_tasks;
create trigger check_task_target before insert on admin_tasks for each row execute function check_task_target();
create trigger check_changed_target before update on admin_tasks for each row
  when ((new.fit_on, new.fit_slack) is not distinct from (old.fit_on, old.fit_slack))
  execute function check_task_target();
drop trigger audit_write on admin_tasks;
create trigger audit_write after insert or delete on admin_tasks for each row execute function audit_write();
create trigger audit_change after update on admin_tasks for each row
  when (new.version <> old.version) execute function audit_write();
drop trigger tell_event on admin_tasks;
create trigger tell_event after insert on admin_tasks for each row execute function tell_event('task');
create trigger tell_change after update on admin_tasks for each row
  when (new.version <> old.version) execute function tell_event('task');

create function check_fit_alone() returns trigger language plpgsql as $$
declare
  derived text[] := array['fit_on', 'fit_slack', 'queue_lane', 'queue_slack'];
begin
  if (to_jsonb(new) - derived) <> (to_jsonb(old) - derived) then
    raise exception 'the earliest time of a task is written alone' using errcode = 'TT002';
  end if;
  return null;
end $$;
create trigger check_fit_alone after update on admin_tasks for each row
  when (new.version = old.version) execute function check_fit_alone();

-- What was found for another måldatum is not known of this one, and a booked task has its time.
create function forget_fit() returns trigger language plpgsql as $$
begin
  new.fit_on := null;
  new.fit_slack := null;
  return new;
end $$;
create trigger forget_fit before update of state, target_date on admin_tasks for each row
  when (
    old.fit_slack is not null
    and (new.target_date is distinct from old.target_date or new.state not in ('new', 'claimed', 'question', 'waiting'))
  )
  execute function forget_fit();

drop index queue_of_unit, queue_by_state, queue_by_type, queue_by_role, queue_with_interpreter, queue_of_staff,
  queue_of_patient;
create index queue_of_unit on admin_tasks (unit_id, queue_lane, queue_slack, queue_day, id) where open;
create index queue_by_state on admin_tasks (unit_id, state, queue_lane, queue_slack, queue_day, id) where open;
create index queue_by_type on admin_tasks (unit_id, type, queue_lane, queue_slack, queue_day, id) where open;
create index queue_by_role on admin_tasks (unit_id, role, queue_lane, queue_slack, queue_day, id) where open;
create index queue_with_interpreter on admin_tasks (unit_id, queue_lane, queue_slack, queue_day, id)
  where open and interpreter_language is not null;
create index queue_of_staff on admin_tasks (claimed_by, unit_id, queue_lane, queue_slack, queue_day, id)
  where open and claimed_by is not null;
create index queue_of_patient on admin_tasks (patient_id, unit_id, queue_lane, queue_slack, queue_day, id) where open;

-- When the earliest time of a task was looked for, and whether it has to be again. Made and changed by the search alone:
-- whoever books never waits for a row here. Nothing in it is a patient's but the task's id.
create table earliest_fits (
  task_id uuid primary key references admin_tasks on delete cascade,
  unit_id uuid not null references units,
  -- null until it is done for the first time
  computed_at timestamptz,
  is_stale boolean not null default true,
  -- the slack that came of it; the least is looked for first, and what is new before that
  place smallint not null default -32768,
  -- of the first visit that was found
  starts_at timestamptz,
  -- the days on which what was found lies: what is taken on others does not matter
  first_day date,
  last_day date,
  check ((first_day is null) = (last_day is null))
);
create index earliest_fits_stale on earliest_fits (unit_id, place, task_id) where is_stale;
create index earliest_fits_by_age on earliest_fits (unit_id, computed_at) where computed_at is not null;
create index earliest_fits_passed on earliest_fits (starts_at) where not is_stale;
alter table earliest_fits enable row level security;
create policy unit_boundary on earliest_fits using (unit_id = any ((select taltid_units())::uuid[]));
call close_to_patients('earliest_fits');

-- How far the changes of tasks and calendars have been looked through.
create table earliest_fits_seen (
  id boolean primary key default true check (id),
  event_id bigint not null,
  step_id bigint not null
);
insert into earliest_fits_seen (event_id, step_id)
  select coalesce((select max(id) from events), 0), coalesce((select max(id) from appointment_steps), 0);

insert into earliest_fits (task_id, unit_id)
  select id, unit_id from admin_tasks
  where state in ('new', 'claimed', 'question', 'waiting') and target_date is not null;
