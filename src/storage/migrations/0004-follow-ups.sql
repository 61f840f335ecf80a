-- Follow-ups and the decisions about them, and the promise: no signed note with one undecided.

insert into state_edges (machine, from_state, to_state) values ('follow_up', '', 'found');
insert into state_edges (machine, from_state, to_state)
select 'follow_up', earlier, later
from unnest(array['found', 'confirmed', 'changed', 'asked', 'nothing', 'not_follow_up']) as earlier,
  unnest(array['found', 'confirmed', 'changed', 'asked', 'nothing', 'not_follow_up']) as later
where earlier <> later;
-- On a signed note only the answer to a question still decides.
insert into state_edges (machine, from_state, to_state) values
  ('follow_up_signed', 'asked', 'confirmed'),
  ('follow_up_signed', 'asked', 'changed'),
  ('follow_up_signed', 'asked', 'nothing');

-- One thing that can be booked. Those that belong together (a visit and its tests) share a chain.
create table follow_ups (
  id uuid primary key default gen_random_uuid(),
  note_id uuid not null,
  unit_id uuid not null,
  patient_id uuid not null,
  chain_id uuid not null default gen_random_uuid(),
  -- R1, R2 ...: what `before`, `after` and `same_day` of the note's other follow-ups name
  request_key text check (request_key ~ '^R\d+$'),
  state text not null default 'found',
  origin text not null default 'heard' check (origin in ('heard', 'marked')),
  -- FollowUpRequest; null where only the author can say what is meant
  fields jsonb,
  -- SourceSpan[] by field, Proposal[], RaisedFlag[], and the SourceSpan of it all
  sources jsonb not null default '{}',
  proposals jsonb not null default '[]',
  flags jsonb not null default '[]',
  source jsonb not null,
  route text not null check (route in ('clinician', 'hold', 'review', 'auto', 'none')),
  -- in the clinician's own words, for whoever books
  reason text,
  -- why it must be decided again
  reopened_because text,
  version integer not null default 1,
  created_at timestamptz not null default clock_timestamp(),
  updated_at timestamptz not null default clock_timestamp(),
  foreign key (note_id, unit_id, patient_id) references notes (id, unit_id, patient_id) on update cascade,
  unique (note_id, request_key),
  unique (id, note_id, unit_id),
  check (state not in ('confirmed', 'changed') or fields is not null)
);
create index on follow_ups (chain_id);
create index follow_ups_undecided on follow_ups (note_id) where state = 'found';
create trigger check_state_edge before insert or update on follow_ups for each row execute function check_state_edge('follow_up');
create trigger count_version before update on follow_ups for each row execute function count_version();
create trigger audit_write after insert or update or delete on follow_ups for each row execute function audit_write();
create trigger tell_event after insert or update or delete on follow_ups for each row execute function tell_event('follow_up');

-- Added, reopened, rewritten or taken away only while the note is open.
create function check_note_open() returns trigger language plpgsql as $$
declare
  note uuid := case when tg_op = 'DELETE' then old.note_id else new.note_id end;
  note_state text;
begin
  -- The lock makes a signature that is under way wait, or this wait for it.
  select state into note_state from notes where id = note for share;
  if tg_op = 'UPDATE' and new.note_id <> old.note_id then
    raise exception 'a follow-up stays with its note' using errcode = 'TT002';
  end if;
  if note_state in ('draft', 'amending') then
    if tg_op = 'DELETE' then
      if old.state <> 'found' then
        raise exception 'a decided follow-up cannot be taken away; expected state "found"; got "%"', old.state
          using errcode = 'TT005';
      end if;
      return old;
    end if;
    return new;
  end if;
  if tg_op = 'UPDATE' and (
    new.state = old.state and new.fields is not distinct from old.fields and new.source = old.source
    or exists (select from state_edges where machine = 'follow_up_signed' and from_state = old.state and to_state = new.state)
  ) then
    return new;
  end if;
  raise exception 'follow-ups of a note that is % do not change; expected a new version first', note_state
    using errcode = 'TT005';
end $$;
create trigger check_note_open before insert or update or delete on follow_ups for each row execute function check_note_open();

create table decisions (
  id bigint generated always as identity primary key,
  note_id uuid not null,
  unit_id uuid not null,
  patient_id uuid not null references patients,
  -- null for what is decided about the whole note; not a reference, as one taken away leaves its decisions
  follow_up_id uuid,
  kind text not null check (kind in ('found', 'confirmed', 'changed', 'asked', 'nothing', 'not_follow_up',
    'no_follow_up', 'moved', 'deputised', 'discarded')),
  from_state text,
  -- the fields that were decided on
  fields jsonb,
  reason text,
  actor_kind text not null,
  actor_id text not null,
  at timestamptz not null default clock_timestamp(),
  foreign key (note_id, unit_id) references notes (id, unit_id)
);
create index on decisions (note_id, id);
create index on decisions (follow_up_id) where follow_up_id is not null;
call make_append_only('decisions');
create trigger audit_write after insert on decisions for each row execute function audit_write();

-- No state of a follow-up changes without a decision that says who and from what.
create function record_decision() returns trigger language plpgsql as $$
begin
  if new.state <> old.state or new.state <> 'found' and new.fields is distinct from old.fields then
    insert into decisions (note_id, unit_id, patient_id, follow_up_id, kind, from_state, fields, reason, actor_kind, actor_id)
    values (new.note_id, new.unit_id, new.patient_id, new.id, new.state, old.state, new.fields,
      case when new.state = 'found' then new.reopened_because else new.reason end,
      current_setting('taltid.actor_kind'), current_setting('taltid.actor_id'));
  end if;
  return null;
end $$;
create trigger record_decision after update on follow_ups for each row execute function record_decision();

-- The whole promise about one note, looked at when the transaction commits. A note that is thrown away hides no
-- follow-up either: each is "inget" or no follow-up first.
create function check_signed_note(note uuid) returns void language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  signed notes;
  undecided integer;
begin
  select * into signed from notes where id = note;
  if signed.state not in ('signed', 'discarded') then return; end if;
  select count(*) into undecided from follow_ups where note_id = note and state = 'found';
  if undecided > 0 then
    raise exception 'a note is signed when all is decided; expected no undecided follow-up; got %', undecided
      using errcode = 'TT004';
  end if;
  if signed.state = 'discarded' then
    if exists (select from follow_ups where note_id = note and state not in ('nothing', 'not_follow_up')) then
      raise exception 'a note is thrown away when nothing follows from it; expected each follow-up to be "nothing"; got others'
        using errcode = 'TT004';
    end if;
    return;
  end if;
  if not exists (select from follow_ups where note_id = note and state <> 'not_follow_up')
    and not exists (select from decisions where note_id = note and kind = 'no_follow_up') then
    raise exception 'a note without follow-ups is signed when that is stated; expected a follow-up or a stated "ingen uppföljning"; got neither'
      using errcode = 'TT004';
  end if;
  if exists (select from note_drafts where note_id = note) then
    raise exception 'a signed note has no draft; expected none; got one' using errcode = 'TT005';
  end if;
end $$;

create function check_signed_note_of_row() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'notes' then perform check_signed_note(new.id);
  else perform check_signed_note(new.note_id);
  end if;
  return null;
end $$;
create constraint trigger nothing_undecided after insert or update of state on notes
  deferrable initially deferred for each row execute function check_signed_note_of_row();
create constraint trigger nothing_undecided after insert or update of state on follow_ups
  deferrable initially deferred for each row execute function check_signed_note_of_row();
create constraint trigger no_draft_of_signed after insert on note_drafts
  deferrable initially deferred for each row execute function check_signed_note_of_row();
