-- An event names the chain of tasks that it belongs to: a page fetches what it shows, and nobody else's patient is looked
-- at, which would be a line in the log.
alter table events add column chain_id uuid;

create or replace function tell_event() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  is_now jsonb := case when tg_op = 'DELETE' then to_jsonb(old) else to_jsonb(new) end;
  event_id bigint;
begin
  insert into events (object, object_id, change, state, from_state, unit_id, patient_id, chain_id, actor_kind, actor_id)
  values (
    tg_argv[0],
    (is_now ->> 'id')::uuid,
    case tg_op when 'INSERT' then 'created' when 'UPDATE' then 'changed' else 'deleted' end,
    is_now ->> 'state',
    case when tg_op = 'UPDATE' then to_jsonb(old) ->> 'state' end,
    (is_now ->> 'unit_id')::uuid,
    (is_now ->> 'patient_id')::uuid,
    case tg_argv[0]
      when 'letter_delivery' then (select chain_id from letters where id = (is_now ->> 'letter_id')::uuid)
      else (is_now ->> 'chain_id')::uuid
    end,
    taltid_actor_kind(),
    coalesce(current_setting('taltid.actor_id', true), '')
  )
  returning id into event_id;
  perform pg_notify('taltid_events', event_id::text);
  return null;
end $$;
