-- A letter that no channel could bring: whoever looks at its task sees that the patient has not been told.

-- Every channel that goes out to the patient failed or passed it over, and nobody has told them by hand.
alter table letters add column unreached boolean not null default false;
create index letters_unreached on letters (chain_id) where unreached;

create or replace function check_letter_change() returns trigger language plpgsql as $$
declare
  moving text[] := array['state', 'read_at', 'unreached', 'version', 'updated_at'];
begin
  if (to_jsonb(new) - moving) is distinct from (to_jsonb(old) - moving) then
    raise exception 'a letter stays as it went out' using errcode = 'TT002';
  end if;
  -- What was read, stopped or replaced is not waited for.
  if new.state not in ('queued', 'sent') then new.unreached := false; end if;
  return new;
end $$;

-- The patient's own page tells nobody by itself, and a reminder tells of what the patient knows.
create function follow_failed_delivery() returns trigger language plpgsql as $$
begin
  update letters set unreached = not unreached
  where id = new.letter_id and state in ('queued', 'sent') and kind <> 'paminnelse' and unreached is distinct from (
    exists (
      select from letter_deliveries
      where letter_id = new.letter_id and channel <> 'page' and state in ('failed', 'skipped')
    ) and not exists (
      select from letter_deliveries
      where letter_id = new.letter_id and channel <> 'page' and state in ('waiting', 'ready', 'sent')
    )
  );
  return null;
end $$;
create trigger follow_failed_delivery after insert or update of state on letter_deliveries
  for each row execute function follow_failed_delivery();

-- A row of the queue shows it: its task is told as changed.
create function tell_unreached() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  told record;
begin
  for told in
    insert into events (object, object_id, change, state, from_state, unit_id, patient_id, chain_id, actor_kind, actor_id)
    select 'task', id, 'changed', state, state, unit_id, patient_id, chain_id,
      taltid_actor_kind(), coalesce(current_setting('taltid.actor_id', true), '')
    from admin_tasks where chain_id = new.chain_id and open
    returning id
  loop
    perform pg_notify('taltid_events', told.id::text);
  end loop;
  return null;
end $$;
create trigger tell_unreached after update of unreached, state on letters for each row
  when (new.unreached <> old.unreached) execute function tell_unreached();

-- By phone, where no letter comes in time.
do $$
declare
  held text;
begin
  select conname into strict held from pg_constraint
  where conrelid = 'letter_deliveries'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%digital_post%';
  execute format('alter table letter_deliveries drop constraint %I', held);
end $$;
alter table letter_deliveries add constraint known_channel
  check (channel in ('page', 'notice', 'digital_post', 'print', 'hand', 'phone'));
