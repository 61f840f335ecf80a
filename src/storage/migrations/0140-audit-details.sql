-- What was changed about an account, in words that name no patient: the roles that it was given, that it was closed.
alter table audit_events add column detail text check (length(detail) between 1 and 300);
