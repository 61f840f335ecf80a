-- What an import must know before it writes.

-- Which of some personal numbers are patients of units that the actor does not see: they cannot be made a second time.
create function patients_elsewhere(numbers text[]) returns setof text language sql stable security definer
  set search_path = public, pg_temp as $$
  select personal_number from patients
  where personal_number = any (numbers)
    and not (
      unit_id = any ((select taltid_units())::uuid[])
      or exists (
        select from patient_units
        where patient_id = patients.id and patient_units.unit_id = any ((select taltid_units())::uuid[])
      )
    )
$$;

-- When some patients of the actor's units are anywhere, between two instants: no more than that they are.
create function busy_patients(
  patients_asked uuid[], first_instant timestamptz, last_instant timestamptz
) returns table (whose uuid, spans text) language sql stable security definer
  set search_path = public, pg_temp as $$
  select taken.whose,
    string_agg(
      (extract(epoch from lower(during)) * 1000)::bigint || ' ' || (extract(epoch from upper(during)) * 1000)::bigint,
      ' '
    )
  from taken_times as taken
  where taken.whose in (
      select id from patients where id = any (patients_asked) and (
        unit_id = any ((select taltid_units())::uuid[])
        or exists (
          select from patient_units
          where patient_id = patients.id and patient_units.unit_id = any ((select taltid_units())::uuid[])
        )
      )
    )
    and during && tstzrange(first_instant, last_instant)
    and (lapses_at is null or lapses_at > clock_timestamp())
  group by taken.whose
$$;
