-- Where the sound of an utterance is, for as long as the server keeps it: the live session as the server names it, and
-- the time of the page's session at which that one begins.
alter table utterances add column sound_session_id uuid;
alter table utterances add column sound_from_seconds double precision check (sound_from_seconds >= 0);
alter table utterances add check ((sound_session_id is null) = (sound_from_seconds is null));
