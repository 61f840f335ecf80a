-- Telling other programs what has happened: each event of a kind that somebody wants becomes a delivery, in the
-- transaction that makes it.

alter table webhooks rename column objects to events;
alter table webhooks
  -- whose it is, where a program made it: it ends with the key
  add column api_key_id uuid references api_keys,
  -- since when nothing has come through
  add column failing_since timestamptz,
  add column ended_because text check (ended_because in ('failing', 'gone', 'key_ended', 'host_not_allowed')),
  add check (active = (ended_because is null));
create index webhooks_of_unit on webhooks (unit_id, created_at);

alter table webhook_deliveries
  -- the kind of event, and ids
  add column type text not null,
  add column data jsonb not null,
  -- what came of the latest attempt: a status, or why there is none
  add column last_problem text,
  add column tried_at timestamptz;
create index webhook_deliveries_of_webhook on webhook_deliveries (webhook_id, event_id);

create function due_webhooks() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  told text := case
    when new.object = 'dictation' and new.state in ('drafted', 'failed') then 'dictation.' || new.state
    when new.object = 'note' and new.state = 'signed' then 'note.signed'
  end;
  ids jsonb;
begin
  if told is null or new.state is not distinct from new.from_state then return null; end if;
  if not exists (select from webhooks where unit_id = new.unit_id and active and told = any (events)) then
    return null;
  end if;
  select jsonb_strip_nulls(jsonb_build_object(
    'dictationId', dictations.id,
    'noteId', case when new.object = 'note' then new.object_id else dictations.note_id end,
    'unitId', new.unit_id
  )) into ids
  from (select) as one left join dictations
    on case when new.object = 'note' then dictations.note_id = new.object_id else dictations.id = new.object_id end;
  with due as (
    insert into webhook_deliveries (webhook_id, event_id, type, data)
    select id, new.id, told, ids from webhooks where unit_id = new.unit_id and active and told = any (events)
    returning id
  )
  insert into outbox (topic, payload) select 'webhook.due', jsonb_build_object('deliveryId', id) from due;
  return null;
end $$;
create trigger due_webhooks after insert on events for each row execute function due_webhooks();
