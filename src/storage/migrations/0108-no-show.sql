-- A patient who did not come: the need of the visit remains until somebody says what becomes of it, and who was put down
-- by mistake is taken back on the same day.

insert into state_edges (machine, from_state, to_state) values
  ('appointment', 'no_show', 'booked'),
  ('encounter', 'missed', 'planned');

create index appointments_missed on appointments (patient_id, starts_at) where state = 'no_show';

create function check_taken_back() returns trigger language plpgsql as $$
begin
  if (old.updated_at at time zone 'Europe/Stockholm')::date <> (now() at time zone 'Europe/Stockholm')::date then
    raise exception 'who did not come is taken back on the same day; expected a change of today; got an earlier one'
      using errcode = 'TT003';
  end if;
  return new;
end $$;
create trigger check_taken_back before update of state on appointments for each row
  when (old.state = 'no_show' and new.state = 'booked') execute function check_taken_back();

-- As before; a visit that is taken back is ahead again in the clinician's day.
create or replace function follow_appointment() returns trigger language plpgsql as $$
declare
  person uuid;
  encounter_state text := case
    when new.state = 'arrived' then 'arrived' when new.state = 'fulfilled' then 'done' when new.state = 'no_show' then 'missed'
    when new.state = 'cancelled' then 'cancelled'
    when tg_op = 'UPDATE' and new.state = 'booked' and old.state = 'no_show' then 'planned'
  end;
begin
  select staff_id into person from resources where id = new.performer_id;
  if new.encounter_id is null and new.state = 'booked' and person is not null then
    insert into encounters (unit_id, patient_id, staff_id, kind, starts_at, ends_at)
    values (
      new.unit_id, new.patient_id, person,
      case when new.type in ('nybesok', 'aterbesok', 'telefon', 'video', 'hembesok', 'mote') then new.type else 'annat' end,
      new.starts_at, new.ends_at
    )
    returning id into new.encounter_id;
  elsif tg_op = 'UPDATE' and new.encounter_id is not null then
    if encounter_state is null and person is null then
      update encounters set state = 'cancelled' where id = new.encounter_id and state = 'planned';
      new.encounter_id := null;
    elsif encounter_state is null and (new.starts_at, new.ends_at, new.performer_id)
      is distinct from (old.starts_at, old.ends_at, old.performer_id) then
      update encounters set starts_at = new.starts_at, ends_at = new.ends_at, staff_id = person
        where id = new.encounter_id and state = 'planned';
    elsif new.state <> old.state then
      -- Whoever wrote the note may have moved the encounter already.
      update encounters set state = encounter_state
        where id = new.encounter_id
          and exists (select from state_edges where machine = 'encounter' and from_state = state and to_state = encounter_state);
    end if;
  end if;
  return new;
end $$;

-- As before; a visit that the patient missed leaves its need as one that was cancelled does.
create or replace function check_requeued() returns trigger language plpgsql as $$
begin
  if not exists (
    select from appointments as gone
    where gone.task_id = new.id and gone.state in ('cancelled', 'no_show') and not exists (
      select from appointments as held
      where held.task_id = new.id and held.occasion = gone.occasion
        and held.state in ('reserved', 'booked', 'arrived', 'fulfilled')
    )
  ) then
    raise exception 'a booked task is new again when its time was cancelled or missed; expected no time; got state "%"', old.state
      using errcode = 'TT003';
  end if;
  return new;
end $$;
