-- The queue page: for each way to filter it, an index in the order in which it is shown.

alter table admin_tasks add column open boolean generated always as (state not in ('done', 'cancelled')) stored;

create index queue_of_unit on admin_tasks (unit_id, undated, queue_day, id) where open;
create index queue_by_state on admin_tasks (unit_id, state, undated, queue_day, id) where open;
create index queue_by_type on admin_tasks (unit_id, type, undated, queue_day, id) where open;
create index queue_by_role on admin_tasks (unit_id, role, undated, queue_day, id) where open;
create index queue_with_interpreter on admin_tasks (unit_id, undated, queue_day, id)
  where open and interpreter_language is not null;
create index queue_of_staff on admin_tasks (claimed_by, unit_id, undated, queue_day, id) where open and claimed_by is not null;
create index queue_of_patient on admin_tasks (patient_id, unit_id, undated, queue_day, id) where open;
