-- The unit boundary: a transaction sees and writes rows of its actor's units only, whatever the query says. The
-- application works as a role that owns no table, so that the policies hold for it; the promises are checked by
-- functions of the owner, which see every row. The subselect is evaluated once a query.

do $$
declare
  name text;
begin
  foreach name in array array[
    'patient_units', 'encounters', 'notes', 'note_drafts', 'note_versions', 'utterances', 'follow_ups', 'decisions',
    'booking_requests', 'admin_tasks', 'questions', 'dictation_jobs', 'reminders'
  ] loop
    execute format('alter table %I enable row level security', name);
    execute format('create policy unit_boundary on %I using (unit_id = any ((select taltid_units())::uuid[]))', name);
  end loop;
end $$;

alter table patients enable row level security;
create policy unit_boundary on patients using (
  unit_id = any ((select taltid_units())::uuid[])
  or exists (
    select from patient_units
    where patient_units.patient_id = patients.id and patient_units.unit_id = any ((select taltid_units())::uuid[])
  )
);
