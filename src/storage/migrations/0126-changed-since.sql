-- Other systems ask again and again for what was changed since they asked last.
create index appointments_as_changed on appointments (updated_at, id);
create index admin_tasks_as_changed on admin_tasks (updated_at, id);
