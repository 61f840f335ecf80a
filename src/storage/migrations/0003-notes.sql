-- Notes, their versions and what was heard.

insert into state_edges (machine, from_state, to_state) values
  ('note', '', 'draft'),
  ('note', 'draft', 'signed'),
  ('note', 'draft', 'discarded'),
  ('note', 'signed', 'amending'),
  ('note', 'amending', 'signed');

create table notes (
  id uuid primary key default gen_random_uuid(),
  unit_id uuid not null references units,
  patient_id uuid not null references patients,
  encounter_id uuid,
  author_id uuid not null references staff,
  -- whoever handles it while the author is away
  deputy_id uuid references staff,
  state text not null default 'draft',
  -- the number of the version that holds; 0 before the first signature
  signed_version integer not null default 0 check (signed_version >= 0),
  -- the day that "om tre veckor" counts from
  written_on date not null,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (encounter_id, unit_id, patient_id) references encounters (id, unit_id, patient_id),
  unique (id, unit_id),
  unique (id, unit_id, patient_id)
);
create index on notes (patient_id, created_at);
create index on notes (encounter_id);
create index notes_unsigned_of_author on notes (author_id, created_at) where state in ('draft', 'amending');
create index notes_unsigned_of_deputy on notes (deputy_id, created_at) where state in ('draft', 'amending');
create index notes_unsigned_by_age on notes (unit_id, created_at) where state in ('draft', 'amending');
create trigger check_state_edge before insert or update on notes for each row execute function check_state_edge('note');
create trigger count_version before update on notes for each row execute function count_version();
create trigger see_patient after insert or update of patient_id on notes for each row execute function see_patient_at_unit();
create trigger audit_write after insert or update or delete on notes for each row execute function audit_write();
create trigger tell_event after insert or update on notes for each row execute function tell_event('note');

-- The text as it is being written. A note has one while it is open, and none when it is signed.
create table note_drafts (
  note_id uuid primary key,
  unit_id uuid not null,
  content jsonb not null,
  version integer not null default 1,
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (note_id, unit_id) references notes (id, unit_id) on delete cascade
);
create trigger count_version before update on note_drafts for each row execute function count_version();
create trigger audit_write after insert or update or delete on note_drafts for each row execute function audit_write();

create table note_versions (
  note_id uuid not null,
  number integer not null check (number >= 1),
  unit_id uuid not null,
  -- whose note it was when it was signed: a note moved later keeps this
  patient_id uuid not null references patients,
  content jsonb not null,
  signed_by uuid not null references staff,
  signed_at timestamptz not null default clock_timestamp(),
  -- why it was amended; only the first version goes without
  reason text,
  primary key (note_id, number),
  foreign key (note_id, unit_id) references notes (id, unit_id),
  check (number = 1 or length(reason) > 0)
);
call make_append_only('note_versions');
create trigger audit_write after insert on note_versions for each row execute function audit_write();

create function check_next_version() returns trigger language plpgsql as $$
declare
  holds notes;
begin
  -- The lock keeps two signatures of one note apart.
  select * into holds from notes where id = new.note_id for no key update;
  if holds.state not in ('draft', 'amending') then
    raise exception 'a version was added to a note that is %; expected one that is open', holds.state using errcode = 'TT005';
  end if;
  if new.number <> holds.signed_version + 1 or new.patient_id <> holds.patient_id then
    raise exception 'a version out of order; expected number %; got %', holds.signed_version + 1, new.number
      using errcode = 'TT007';
  end if;
  return new;
end $$;
create trigger check_next_version before insert on note_versions for each row execute function check_next_version();

-- signed_version names a version that exists, and grows by one with each signature.
create function check_signed_version() returns trigger language plpgsql as $$
begin
  if new.state = 'signed' and old.state = 'draft' and new.signed_version <> 1
    or new.signed_version not in (old.signed_version, old.signed_version + 1)
    or new.signed_version <> old.signed_version and new.state <> 'signed' then
    raise exception 'signed_version goes one up with a signature; expected % or %; got %',
      old.signed_version, old.signed_version + 1, new.signed_version using errcode = 'TT007';
  end if;
  if new.signed_version > 0
    and not exists (select from note_versions where note_id = new.id and number = new.signed_version) then
    raise exception 'a note is signed in a version that does not exist; expected version %; got none', new.signed_version
      using errcode = 'TT007';
  end if;
  if new.unit_id <> old.unit_id or new.author_id <> old.author_id or new.written_on <> old.written_on then
    raise exception 'the unit, author and day of a note stay as they are' using errcode = 'TT002';
  end if;
  return new;
end $$;
create trigger check_signed_version before update on notes for each row execute function check_signed_version();

create function refuse_signed_from_start() returns trigger language plpgsql as $$
begin
  if new.signed_version <> 0 then
    raise exception 'a new note has no signed version; expected 0; got %', new.signed_version using errcode = 'TT007';
  end if;
  return new;
end $$;
create trigger refuse_signed_from_start before insert on notes for each row execute function refuse_signed_from_start();

-- What was said, with the times of its words in the live session's sound.
create table utterances (
  id uuid primary key default gen_random_uuid(),
  note_id uuid not null,
  unit_id uuid not null,
  live_session_id text not null,
  number integer not null check (number >= 0),
  start_seconds double precision not null check (start_seconds >= 0),
  end_seconds double precision not null,
  text text not null,
  -- DictatedWord[]: ids, times and probabilities
  words jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  foreign key (note_id, unit_id) references notes (id, unit_id),
  unique (note_id, live_session_id, number),
  check (end_seconds >= start_seconds)
);
call make_append_only('utterances');
create trigger audit_write after insert on utterances for each row execute function audit_write();
