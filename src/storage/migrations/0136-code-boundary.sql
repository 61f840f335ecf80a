-- Who came by a letter's code sees its chain alone, also where rows have no chain of their own: they are seen with what
-- they hang on, or not at all.

create policy with_its_chain on appointment_steps as restrictive using (
  (select taltid_chain()) is null or exists (select from appointments where appointments.id = appointment_id)
);
create policy with_its_chain on letter_deliveries as restrictive using (
  (select taltid_chain()) is null or exists (select from letters where letters.id = letter_id)
);
create policy with_its_chain on letter_steps as restrictive using (
  (select taltid_chain()) is null or exists (select from letters where letters.id = letter_id)
);
create policy not_by_code on encounters as restrictive using ((select taltid_chain()) is null);
create policy not_by_code on named_contacts as restrictive using ((select taltid_chain()) is null);

-- The visit in the clinician's day follows a booking of whomever.
alter function follow_appointment() security definer set search_path = public, pg_temp;

-- What staff write about a patient. Reading it, and locking it, stays as it was.
do $$
declare
  name text;
begin
  foreach name in array array['patients', 'patient_units', 'named_contacts'] loop
    execute format(
      'create policy inserted_by_staff on %I as restrictive for insert with check ((select taltid_actor_kind()) <> ''patient'')',
      name
    );
    execute format(
      'create policy changed_by_staff on %I as restrictive for update using (true)'
        ' with check ((select taltid_actor_kind()) <> ''patient'')',
      name
    );
    execute format(
      'create policy deleted_by_staff on %I as restrictive for delete using ((select taltid_actor_kind()) <> ''patient'')',
      name
    );
  end loop;
end $$;
