-- Patients are reminded of their visits, as many working days before as each unit wants.

-- Null: nobody is reminded.
alter table units add column remind_visits_days smallint default 2 check (remind_visits_days between 1 and 10);

-- Each visit at each of its times is reminded of once. A visit that is moved is another one here.
create table visit_reminders (
  appointment_id uuid not null,
  starts_at timestamptz not null,
  unit_id uuid not null,
  patient_id uuid not null,
  -- null where the patient was told late enough not to need it, or could not be
  letter_id uuid references letters,
  -- the code of why no letter could be written
  problem text,
  created_at timestamptz not null default clock_timestamp(),
  primary key (appointment_id, starts_at),
  foreign key (appointment_id, unit_id, patient_id) references appointments (id, unit_id, patient_id),
  check (letter_id is null or problem is null)
);
create index on visit_reminders (letter_id) where letter_id is not null;
create trigger audit_write after insert or update or delete on visit_reminders
  for each row execute function audit_write();
alter table visit_reminders enable row level security;
create policy unit_boundary on visit_reminders using (unit_id = any ((select taltid_units())::uuid[]));
call close_to_patients('visit_reminders');

-- Nobody is reminded of a time that has been given up, whoever gave it up: what is still on its way stays behind.
create function stop_reminders() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
begin
  update letters set state = 'stopped'
  where state in ('queued', 'sent')
    and id in (select letter_id from visit_reminders where appointment_id = new.id);
  return null;
end $$;
create trigger stop_reminders after update on appointments for each row
  when (new.starts_at <> old.starts_at or (new.state = 'cancelled' and old.state <> 'cancelled'))
  execute function stop_reminders();
