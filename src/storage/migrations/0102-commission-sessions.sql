-- A login in a commission of healthcare (medarbetaruppdrag) is at the commission's unit, whatever others one works at.

alter table sessions add column commission_unit_id uuid references units on delete cascade;

create index staff_by_hsa_id on staff (upper(hsa_id)) where hsa_id is not null;
