-- One age limit for all that a guardian does in a child's place: the page, notices, letters. The site sets it, and each
-- connection of the application brings it along.

-- Whether guardians act for somebody who was born that day, and are written to. Nobody's where no limit was told.
create function taltid_is_guarded(born date) returns boolean language sql stable parallel safe
  return born > (now() at time zone 'Europe/Stockholm')::date
    - make_interval(years => coalesce(nullif(current_setting('taltid.guardians_see_under_years', true), ''), '0')::integer);

create or replace function taltid_own_patients() returns uuid[] language sql stable security definer
  set search_path = public, pg_temp
  return (
    select array_agg(id) from (
      select taltid_patient() as id
      union all
      select id from patients
      where guardian_id = taltid_patient() and taltid_chain() is null and taltid_is_guarded(birth_date)
    ) as own
  );

-- Whom a patient who acts is the guardian of: also children who are seen at units where the guardian is not.
drop function own_children(integer);
create function own_children()
  returns table (id uuid, given_name text, birth_date date) language sql stable security definer
  set search_path = public, pg_temp
  begin atomic
    select patients.id, patients.given_name, patients.birth_date
    from patients
    where guardian_id = taltid_patient() and taltid_chain() is null and taltid_is_guarded(patients.birth_date)
    order by patients.birth_date, patients.id;
  end;
