-- Lists of appointments are read page after page in the order of time, by units that have years of them.
create index appointments_in_order on appointments (starts_at, id);
