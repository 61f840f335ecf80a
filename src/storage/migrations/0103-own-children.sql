-- Whom a patient who acts is the guardian of: also children who are seen at units where the guardian is not.
create function own_children(under_years integer)
  returns table (id uuid, given_name text, birth_date date) language sql stable security definer
  set search_path = public, pg_temp
  begin atomic
    select patients.id, patients.given_name, patients.birth_date
    from patients
    where guardian_id = taltid_patient() and taltid_chain() is null
      and patients.birth_date
        > (now() at time zone 'Europe/Stockholm')::date - make_interval(years => least(under_years, 18))
    order by patients.birth_date, patients.id;
  end;
