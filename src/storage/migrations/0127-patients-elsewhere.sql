-- By a join: with a list that it compares each row to, the planner reads a table that has just been filled row by row.
create or replace function patients_elsewhere(numbers text[]) returns setof text language sql stable security definer
  set search_path = public, pg_temp as $$
  select patients.personal_number
  from unnest(numbers) as asked (number) join patients on patients.personal_number = asked.number
  where not (
    patients.unit_id = any ((select taltid_units())::uuid[])
    or exists (
      select from patient_units
      where patient_id = patients.id and patient_units.unit_id = any ((select taltid_units())::uuid[])
    )
  )
$$;
