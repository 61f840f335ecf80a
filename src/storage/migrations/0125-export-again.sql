-- An export may be a table of the columns that an import reads.
alter table exports drop constraint exports_format_check, drop constraint exports_check1;
alter table exports
  add constraint exports_format_check check (format in ('ndjson', 'import', 'csv', 'json', 'html')),
  add constraint exports_check1 check ((format in ('csv', 'import')) = (kind is not null));
