-- Recorded dictations, from the file to the signed note.

alter table dictation_jobs rename to dictations;

delete from state_edges where machine = 'dictation';
insert into state_edges (machine, from_state, to_state) values
  ('dictation', '', 'received'),
  ('dictation', 'received', 'transcribing'),
  ('dictation', 'received', 'failed'),
  ('dictation', 'received', 'withdrawn'),
  ('dictation', 'transcribing', 'drafted'),
  ('dictation', 'transcribing', 'failed'),
  ('dictation', 'transcribing', 'withdrawn'),
  ('dictation', 'drafted', 'signed'),
  ('dictation', 'drafted', 'withdrawn'),
  ('dictation', 'failed', 'received'),
  ('dictation', 'failed', 'transcribing'),
  ('dictation', 'failed', 'withdrawn');

alter table dictations
  drop constraint dictation_jobs_check,
  drop constraint dictation_jobs_check1,
  drop constraint dictation_jobs_api_key_id_idempotency_key_key,
  -- The sound lies in a file named by the dictation's id.
  drop column audio_path,
  -- the member of staff who sent it, where no program did
  add column sent_by uuid references staff,
  add column encounter_id uuid,
  -- when it was said, as the sender tells: "om tre veckor" counts from that day
  add column recorded_at timestamptz not null,
  -- language, vocabulary, punctuation
  add column wishes jsonb not null,
  add column sound_bytes bigint not null check (sound_bytes > 0),
  -- the media type that the sender gave
  add column sound_type text not null,
  add column sound_removed_at timestamptz,
  -- when the text was corrected and handed to the author for signing
  add column handed_over_at timestamptz,
  add column handed_over_by uuid references staff,
  add foreign key (encounter_id, unit_id, patient_id) references encounters (id, unit_id, patient_id),
  -- one note a dictation
  add unique (note_id),
  add unique nulls not distinct (api_key_id, sent_by, idempotency_key),
  add check (num_nonnulls(api_key_id, sent_by) = 1),
  add check (state not in ('drafted', 'signed') or note_id is not null),
  add check (state <> 'failed' or error_code is not null),
  add check (num_nulls(handed_over_at, handed_over_by) in (0, 2));
create index dictations_of_unit on dictations (unit_id, created_at, id);
create index dictations_to_do on dictations (updated_at) where state in ('received', 'transcribing');

-- How far the recogniser has come. Beside the dictation, since each change of that is an event and a line in the log.
create table dictation_progress (
  dictation_id uuid primary key references dictations on delete cascade,
  done_seconds double precision not null check (done_seconds >= 0),
  total_seconds double precision not null check (total_seconds >= done_seconds)
);

-- What becomes of the note becomes of the dictation.
create function follow_note_of_dictation() returns trigger language plpgsql as $$
begin
  update dictations set
    state = case new.state when 'signed' then 'signed' when 'discarded' then 'withdrawn' else dictations.state end,
    encounter_id = case when dictations.patient_id = new.patient_id then dictations.encounter_id end,
    patient_id = new.patient_id
  where note_id = new.id
    and (dictations.state = 'drafted' and new.state in ('signed', 'discarded') or dictations.patient_id <> new.patient_id);
  return null;
end $$;
create trigger follow_note_of_dictation after update of state, patient_id on notes for each row
  when (old.state <> new.state or old.patient_id <> new.patient_id) execute function follow_note_of_dictation();
