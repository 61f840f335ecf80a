-- What the database holds about requests, tasks and questions, whoever writes them.

-- A request comes from a confirmed follow-up of the version that holds, and says what was confirmed.
create function check_new_request() returns trigger language plpgsql as $$
declare
  source follow_ups;
  note notes;
begin
  select * into note from notes where id = new.note_id for share;
  select * into source from follow_ups where id = new.follow_up_id for share;
  if source.state not in ('confirmed', 'changed') then
    raise exception 'a request needs a confirmed follow-up; expected "confirmed" or "changed"; got "%"', source.state
      using errcode = 'TT003';
  end if;
  if new.patient_id <> note.patient_id or new.note_version < note.signed_version
    or new.chain_id <> source.chain_id or new.fields <> source.fields then
    raise exception 'a request says what its follow-up says; expected the same patient, version, chain and fields; got others'
      using errcode = 'TT006';
  end if;
  return new;
end $$;
create trigger check_new_request before insert on booking_requests for each row execute function check_new_request();

-- It stays as it was signed. Only an answered question gives it another måldatum.
create function check_request_change() returns trigger language plpgsql as $$
begin
  if (new.follow_up_id, new.note_id, new.note_version, new.unit_id, new.patient_id, new.chain_id, new.type, new.fields,
      new.ordered_by)
    is distinct from
    (old.follow_up_id, old.note_id, old.note_version, old.unit_id, old.patient_id, old.chain_id, old.type, old.fields,
      old.ordered_by) then
    raise exception 'a request stays as it was signed; expected a new request; got a change' using errcode = 'TT002';
  end if;
  if (new.target_date, new.earliest_date) is distinct from (old.target_date, old.earliest_date) and (
    new.target_question_id is not distinct from old.target_question_id
    or not exists (
      select from questions
      left join admin_tasks on admin_tasks.id = questions.task_id
      where questions.id = new.target_question_id and questions.state = 'answered'
        and (questions.follow_up_id = new.follow_up_id or admin_tasks.request_id = new.id)
    )
  ) then
    raise exception 'a måldatum changes by a clinician''s answer; expected an answered question about this request; got none'
      using errcode = 'TT006';
  end if;
  return new;
end $$;
create trigger check_request_change before update on booking_requests for each row execute function check_request_change();

-- Nothing is enqueued by hand: a request and its withdrawal bring their messages along, and take the task with them.
create function follow_request() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into outbox (topic, payload) values ('request.created', jsonb_build_object('requestId', new.id));
  elsif new.state = 'withdrawn' and old.state = 'active' then
    update questions set state = 'withdrawn'
      where state = 'open' and task_id = (select id from admin_tasks where request_id = new.id);
    update admin_tasks set state = 'cancelled', cancel_reason = 'request_withdrawn'
      where request_id = new.id and state not in ('done', 'cancelled');
    insert into outbox (topic, payload) values ('request.withdrawn', jsonb_build_object('requestId', new.id));
  else
    -- A task without a måldatum of its own keeps none; one that has it follows the request.
    update admin_tasks set target_date = new.target_date, earliest_date = new.earliest_date
      where request_id = new.id and state not in ('done', 'cancelled')
        and (target_date, earliest_date) is distinct from (new.target_date, new.earliest_date)
        and (new.target_date, new.earliest_date) is distinct from (old.target_date, old.earliest_date);
  end if;
  return null;
end $$;
create trigger follow_request after insert or update on booking_requests for each row execute function follow_request();

-- A task has its request's måldatum; where that has none, one can be set when what it waited for has come, and stays.
create function check_task_target() returns trigger language plpgsql as $$
declare
  asked booking_requests;
begin
  select * into asked from booking_requests where id = new.request_id for share;
  if tg_op = 'INSERT' and (asked.state <> 'active' or asked.note_id <> new.note_id or asked.chain_id <> new.chain_id) then
    raise exception 'a task is made of an active request; expected its note and chain; got state "%"', asked.state
      using errcode = 'TT003';
  end if;
  if tg_op = 'UPDATE' and (new.request_id, new.unit_id, new.patient_id, new.note_id, new.chain_id, new.created_day)
    is distinct from (old.request_id, old.unit_id, old.patient_id, old.note_id, old.chain_id, old.created_day) then
    raise exception 'a task stays with its request' using errcode = 'TT002';
  end if;
  if new.target_date is distinct from asked.target_date and (
    asked.target_date is not null
    or tg_op = 'INSERT'
    or old.target_date is not null and new.target_date is distinct from old.target_date
  ) then
    raise exception 'a task keeps the måldatum of its request; expected %; got %',
      coalesce(asked.target_date::text, 'none'), coalesce(new.target_date::text, 'none') using errcode = 'TT006';
  end if;
  return new;
end $$;
create trigger check_task_target before insert or update on admin_tasks for each row execute function check_task_target();

-- A question is asked once and answered once; only who shall answer can change, and when to remind.
create function check_question_change() returns trigger language plpgsql as $$
begin
  if old.state <> 'open' or (new.patient_id, new.note_id, new.follow_up_id, new.task_id, new.asked_by, new.text)
    is distinct from (old.patient_id, old.note_id, old.follow_up_id, old.task_id, old.asked_by, old.text) then
    raise exception 'a question stays as it was asked and answered; expected an open one; got "%"', old.state
      using errcode = 'TT002';
  end if;
  return new;
end $$;
create trigger check_question_change before update on questions for each row execute function check_question_change();

create function follow_question() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into outbox (topic, payload) values ('question.asked', jsonb_build_object('questionId', new.id));
  elsif new.state = 'answered' and old.state = 'open' then
    insert into outbox (topic, payload) values ('question.answered', jsonb_build_object('questionId', new.id));
  end if;
  return null;
end $$;
create trigger follow_question after insert or update on questions for each row execute function follow_question();

-- Looked at when the transaction commits: nothing waits for an answer that nobody was asked for.
create function check_asked() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  task uuid := case when tg_table_name = 'questions' then (to_jsonb(new) ->> 'task_id')::uuid
    when tg_table_name = 'admin_tasks' then new.id end;
  follow_up uuid := case when tg_table_name = 'follow_ups' then new.id end;
  task_state text;
begin
  if task is not null then
    select state into task_state from admin_tasks where id = task;
    if (task_state = 'question') <> exists (select from questions where task_id = task and state = 'open') then
      raise exception 'a task waits for an answer when a question about it is open; got state "%"', task_state
        using errcode = 'TT003';
    end if;
  elsif follow_up is not null
    and exists (select from follow_ups where id = follow_up and state = 'asked')
    and not exists (select from questions where follow_up_id = follow_up and state <> 'withdrawn') then
    raise exception 'a follow-up is asked about by a question; expected one; got none' using errcode = 'TT003';
  end if;
  return null;
end $$;
create constraint trigger asked after insert or update of state on admin_tasks
  deferrable initially deferred for each row execute function check_asked();
create constraint trigger asked after insert or update of state on questions
  deferrable initially deferred for each row execute function check_asked();
create constraint trigger asked after insert or update of state on follow_ups
  deferrable initially deferred for each row execute function check_asked();

-- Nor is anything confirmed in a signed note without being requested.
create function check_requested() returns trigger language plpgsql security definer
  set search_path = public, pg_temp as $$
declare
  note uuid := case when tg_table_name = 'notes' then new.id else (to_jsonb(new) ->> 'note_id')::uuid end;
  missing integer;
begin
  if not exists (select from notes where id = note and state = 'signed') then return null; end if;
  select count(*) into missing from follow_ups
  where note_id = note and state in ('confirmed', 'changed')
    and not exists (
      select from booking_requests as request
      where request.follow_up_id = follow_ups.id and request.patient_id = follow_ups.patient_id
        and request.fields = follow_ups.fields
    );
  if missing > 0 then
    raise exception 'what a signed note confirms is requested; expected a request for each follow-up; got % without', missing
      using errcode = 'TT004';
  end if;
  if exists (
    select from booking_requests as request join follow_ups on follow_ups.id = request.follow_up_id
    where request.note_id = note and request.state = 'active'
      and (follow_ups.state not in ('confirmed', 'changed') or follow_ups.fields <> request.fields)
  ) then
    raise exception 'a request says what its follow-up says; expected the old one to be withdrawn; got it active'
      using errcode = 'TT004';
  end if;
  return null;
end $$;
create constraint trigger all_requested after insert or update of state on notes
  deferrable initially deferred for each row execute function check_requested();
create constraint trigger all_requested after insert or update of state on follow_ups
  deferrable initially deferred for each row execute function check_requested();

-- A note moves to another patient only when all that followed from it is recalled.
create function check_note_moved() returns trigger language plpgsql as $$
begin
  if exists (select from booking_requests where note_id = new.id and state = 'active') then
    raise exception 'a note is moved when its requests are withdrawn; expected none active; got some' using errcode = 'TT005';
  end if;
  insert into decisions (note_id, unit_id, patient_id, kind, actor_kind, actor_id)
  values (new.id, new.unit_id, old.patient_id, 'moved', current_setting('taltid.actor_kind'), current_setting('taltid.actor_id'));
  return null;
end $$;
create trigger check_note_moved after update of patient_id on notes for each row
  when (new.patient_id <> old.patient_id) execute function check_note_moved();
