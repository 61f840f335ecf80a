-- Series, of which each visit is booked, moved and cancelled by itself; why a visit was moved; patients who book from an
-- open letter; tasks that end without a time of their own.

-- A task is new again when one of its visits was cancelled and has no other time; the others of a series stand.
create or replace function check_requeued() returns trigger language plpgsql as $$
begin
  if not exists (
    select from appointments as gone
    where gone.task_id = new.id and gone.state = 'cancelled' and not exists (
      select from appointments as held
      where held.task_id = new.id and held.occasion = gone.occasion
        and held.state in ('reserved', 'booked', 'arrived', 'fulfilled')
    )
  ) then
    raise exception 'a booked task is new again when its time was cancelled; expected no time; got state "%"', old.state
      using errcode = 'TT003';
  end if;
  return new;
end $$;

-- On whose account it was moved last.
alter table appointments add column move_reason text check (move_reason in ('patient', 'clinic'));
alter table appointment_steps add column reason text;

create or replace function record_appointment_step() returns trigger language plpgsql as $$
declare
  step text := case
    when tg_op = 'INSERT' or new.state <> old.state then new.state
    when (new.starts_at, new.ends_at, new.performer_id) is distinct from (old.starts_at, old.ends_at, old.performer_id) then 'moved'
  end;
begin
  if step is null then return null; end if;
  insert into appointment_steps (
    appointment_id, unit_id, patient_id, step, starts_at, ends_at, performer_id, actor_kind, actor_id, reason
  )
  values (
    new.id, new.unit_id, new.patient_id, step, new.starts_at, new.ends_at, new.performer_id,
    taltid_actor_kind(), coalesce(current_setting('taltid.actor_id', true), ''),
    case step when 'moved' then new.move_reason when 'cancelled' then new.cancel_reason end
  );
  return null;
end $$;

-- A letter, a referral, a change of another booking: done when somebody has done it.
insert into state_edges (machine, from_state, to_state) values ('task', 'claimed', 'done');

create function check_done_without_time() returns trigger language plpgsql as $$
begin
  if new.type not in ('remiss', 'brev', 'ombokning', 'avbokning') then
    raise exception 'a task that takes a time is booked; expected "remiss", "brev", "ombokning" or "avbokning"; got "%"', new.type
      using errcode = 'TT003';
  end if;
  return new;
end $$;
create trigger check_done_without_time before update of state on admin_tasks for each row
  when (old.state = 'claimed' and new.state = 'done') execute function check_done_without_time();

-- A patient books from an open letter: nobody has the task then, nor afterwards.
insert into state_edges (machine, from_state, to_state) values
  ('task', 'new', 'booked'),
  ('task', 'waiting', 'booked');

create function check_booked_by_patient() returns trigger language plpgsql as $$
begin
  if not exists (select from appointments where task_id = new.id and state = 'booked') then
    raise exception 'a task that nobody has claimed is booked with its time; expected an appointment; got none'
      using errcode = 'TT003';
  end if;
  return new;
end $$;
create trigger check_booked_by_patient before update of state on admin_tasks for each row
  when (old.state in ('new', 'waiting') and new.state = 'booked') execute function check_booked_by_patient();

do $$
declare
  held text;
begin
  select conname into strict held from pg_constraint
  where conrelid = 'admin_tasks'::regclass and contype = 'c'
    and pg_get_constraintdef(oid) like '%claimed_by IS NOT NULL%' and pg_get_constraintdef(oid) like '%called%';
  execute format('alter table admin_tasks drop constraint %I', held);
end $$;
alter table admin_tasks add constraint claimed_by_somebody check (state <> 'claimed' or claimed_by is not null);
