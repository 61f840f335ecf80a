-- Templates, letters and pages tell times to the minute: nothing begins or ends between two. Not looked for in what is
-- booked already, which stays as it is.
alter table appointments add constraint times_are_whole_minutes
  check (extract(epoch from starts_at) % 60 = 0 and extract(epoch from ends_at) % 60 = 0) not valid;
