-- Series without an end: booked a stretch at a time, as far ahead as the unit wants, until staff say how many visits it is.

alter table units add column series_ahead_months smallint not null default 12
  check (series_ahead_months between 1 and 36);

-- How many visits staff have made of a series for which no end was ordained; null as long as it goes on.
alter table admin_tasks add column series_count smallint check (series_count between 1 and 400);
