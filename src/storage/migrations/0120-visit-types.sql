-- What patients read and do of a visit type, beside what staff do.

alter table visit_types
  -- what a letter and the patient's page call it; null for its name
  add column public_name text check (length(public_name) between 1 and 200),
  -- from an open letter
  add column patients_book boolean not null default true,
  -- to another time; they cancel it all the same
  add column patients_rebook boolean not null default true;
