-- What the note service keeps beside the notes: how a follow-up was read, questions to a role, and a unit's patience.

-- { fields, flags }: what the text says by itself, in which later readings are compared. Null for what only stands
-- because a person wants it: marked by hand, or no longer read in the text.
alter table follow_ups add column reading jsonb;
alter table follow_ups disable trigger user;
update follow_ups set reading = jsonb_build_object(
  'fields', fields,
  'flags', (select coalesce(jsonb_agg(flag ->> 'flag'), '[]') from jsonb_array_elements(flags) as flag)
) where origin = 'heard';
alter table follow_ups enable trigger user;

-- A question goes to a person, or to whoever has a profession or an account role at the unit.
alter table questions add column to_role text check (length(to_role) between 1 and 100);
alter table questions alter column to_staff_id drop not null;
alter table questions add check (num_nonnulls(to_staff_id, to_role) = 1);
create index questions_open_to_role on questions (unit_id, to_role, created_at) where state = 'open' and to_role is not null;
create index questions_asked_by on questions (asked_by, created_at);

-- When what nobody signs or answers is told of, passed on to the unit's deputy, and shown to the whole unit.
alter table units add column deputy_id uuid references staff;
alter table units add column remind_after_hours integer not null default 24 check (remind_after_hours > 0);
alter table units add column pass_on_after_hours integer not null default 72 check (pass_on_after_hours > 0);
alter table units add column left_after_hours integer not null default 120 check (left_after_hours > 0);

-- When a note was opened again for a new version; its age counts from there.
alter table notes add column opened_at timestamptz;

-- Whether "ingen uppföljning" has to be stated: there is no follow-up, and nobody has said so since the last one was
-- found or the last version signed.
create function note_is_unstated(note uuid) returns boolean language sql stable
  return not exists (select from follow_ups where follow_ups.note_id = note and state <> 'not_follow_up')
    and not exists (
      select from decisions
      where decisions.note_id = note and kind = 'no_follow_up' and at > greatest(
        (select max(created_at) from follow_ups where follow_ups.note_id = note),
        (select max(signed_at) from note_versions where note_versions.note_id = note),
        '-infinity'::timestamptz
      )
    );
