-- What a patient who acts may see: own rows and those of the own children, whatever the unit boundary shows, and of one
-- chain alone where nothing but a letter's code has told who it is. The record of care stays closed.

-- The patient who acts; null for everybody else.
create function taltid_patient() returns uuid language sql stable parallel safe
  return case when taltid_actor_kind() = 'patient' then current_setting('taltid.actor_id')::uuid end;

create function taltid_chain() returns uuid language sql stable parallel safe
  return nullif(current_setting('taltid.chain', true), '')::uuid;

-- A guardian acts for a child until it is of age, and not with a letter's code.
create index patients_of_guardian on patients (guardian_id) where guardian_id is not null;
create function taltid_own_patients() returns uuid[] language sql stable security definer
  set search_path = public, pg_temp
  return (
    select array_agg(id) from (
      select taltid_patient() as id
      union all
      select id from patients
      where guardian_id = taltid_patient() and taltid_chain() is null
        and birth_date > (now() at time zone 'Europe/Stockholm')::date - interval '18 years'
    ) as own
  );

-- For each table with a patient's rows that the patient may see.
create procedure show_own_rows(table_name regclass) language plpgsql as $$
declare
  has_chain boolean := exists (
    select from pg_attribute where attrelid = table_name and attname = 'chain_id' and not attisdropped
  );
begin
  execute format(
    'create policy own_rows on %s as restrictive using ((select taltid_actor_kind()) <> ''patient'''
      ' or patient_id = any ((select taltid_own_patients())::uuid[])%s)',
    table_name,
    case when has_chain then ' and ((select taltid_chain()) is null or chain_id = (select taltid_chain()))' else '' end
  );
end $$;

-- For each that is staff's alone.
create procedure close_to_patients(table_name regclass) language plpgsql as $$
begin
  execute format(
    'create policy closed_to_patients on %s as restrictive using ((select taltid_actor_kind()) <> ''patient'')', table_name
  );
end $$;

create policy own_rows on patients as restrictive using (
  (select taltid_actor_kind()) <> 'patient' or id = any ((select taltid_own_patients())::uuid[])
);

do $$
declare
  closed text[] := array['notes', 'note_drafts', 'note_versions', 'utterances', 'follow_ups', 'decisions', 'questions',
    'dictations', 'reminders'];
  name text;
begin
  foreach name in array closed loop
    call close_to_patients(name::regclass);
  end loop;
  for name in
    select relname from pg_class join pg_attribute on attrelid = pg_class.oid
    where relnamespace = 'public'::regnamespace and relrowsecurity and attname = 'patient_id' and relname <> all (closed)
  loop
    call show_own_rows(name::regclass);
  end loop;
end $$;
