import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Clinic, newFollowUp, plantClinic, plantDraft, plantTask } from './clinic.ts';
import { startTestCluster, type TestCluster } from './database.ts';

// The owner, whom no privilege and no row policy holds, tries in plain SQL: what is refused is refused to everybody.
let cluster: TestCluster;
let database: Awaited<ReturnType<TestCluster['fresh']>>;
let owner: pg.Client;
let clinic: Clinic;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
  owner = database.owner;
  clinic = await plantClinic(database.storage);
});
afterAll(() => cluster.close());
beforeEach(() => act(owner));
afterEach(() => owner.query('rollback'));

async function act(client: pg.Client) {
  await client.query('begin');
  await client.query(`select set_config('taltid.actor_kind', 'staff', true), set_config('taltid.actor_id', 'somebody', true),
    set_config('taltid.purpose', 'care', true), set_config('taltid.request_id', 'sql', true)`);
}

/** The code that the statements are refused with, at the latest when they are committed. */
async function refusal(...statements: [string, unknown[]?][]): Promise<string> {
  try {
    for (const [sql, values] of statements) await owner.query(sql, values);
    await owner.query('commit');
    return 'nothing was refused';
  } catch (error) {
    return (error as pg.DatabaseError).code ?? String(error);
  }
}

const SIGN = `with version as (
  insert into note_versions (note_id, number, unit_id, patient_id, content, signed_by)
  select id, signed_version + 1, unit_id, patient_id, '{}', author_id from notes where id = $1
) select 1`;
const TURN_SIGNED = `update notes set state = 'signed', signed_version = signed_version + 1 where id = $1`;
const DROP_DRAFT = 'delete from note_drafts where note_id = $1';

/** A signature in plain SQL. */
function signing(noteId: string): [string, unknown[]][] {
  return [SIGN, TURN_SIGNED, DROP_DRAFT].map((sql) => [sql, [noteId]]);
}

const INSERT_FOLLOW_UP = `insert into follow_ups (note_id, unit_id, patient_id, source, route)
  select id, unit_id, patient_id, '{}', 'auto' from notes where id = $1`;

test('no note is signed with an undecided follow-up', async () => {
  const { note } = await plantDraft(database.storage, clinic);
  expect(await refusal(...signing(note.id))).toBe('TT004');
});

test('no note is signed without a follow-up unless that is stated', async () => {
  const { note } = await plantDraft(database.storage, clinic, []);
  expect(await refusal(...signing(note.id))).toBe('TT004');
  await act(owner);
  const state = `insert into decisions (note_id, unit_id, patient_id, kind, actor_kind, actor_id)
    select id, unit_id, patient_id, 'no_follow_up', 'staff', 'x' from notes where id = $1`;
  expect(await refusal([state, [note.id]], ...signing(note.id))).toBe('nothing was refused');
});

test('a false hit is no decision: a note with nothing else needs the statement too', async () => {
  const { note } = await plantDraft(database.storage, clinic);
  const falseHit = `update follow_ups set state = 'not_follow_up' where note_id = $1`;
  expect(await refusal([falseHit, [note.id]], ...signing(note.id))).toBe('TT004');
});

test('what a signed note confirms is requested', async () => {
  const { note } = await plantDraft(database.storage, clinic);
  const confirm = `update follow_ups set state = 'confirmed' where note_id = $1`;
  expect(await refusal([confirm, [note.id]], ...signing(note.id))).toBe('TT004');
});

test('a follow-up that is asked about has a question', async () => {
  const { note } = await plantDraft(database.storage, clinic);
  expect(await refusal([`update follow_ups set state = 'asked' where note_id = $1`, [note.id]])).toBe('TT003');
});

test('a follow-up is neither added to a signed note, nor reopened, rewritten or taken away', async () => {
  const { note } = await plantTask(database.storage, clinic);
  for (const sql of [
    INSERT_FOLLOW_UP,
    `update follow_ups set state = 'found' where note_id = $1`,
    `update follow_ups set fields = '{}' where note_id = $1`,
    `update follow_ups set source = '{"start": 1}' where note_id = $1`,
    'delete from follow_ups where note_id = $1',
  ]) {
    expect(await refusal([sql, [note.id]]), sql).toBe('TT005');
    await owner.query('rollback');
    await act(owner);
  }
});

test('a follow-up that comes while the note is being signed does not slip in', async () => {
  const { note } = await plantDraft(database.storage, clinic, []);
  await owner.query(
    `insert into decisions (note_id, unit_id, patient_id, kind, actor_kind, actor_id)
     values ($1, $2, $3, 'no_follow_up', 'staff', 'x')`,
    [note.id, clinic.unitId, clinic.patientId],
  );
  for (const [sql, values] of signing(note.id)) await owner.query(sql, values);
  const other = database.application;
  await act(other);
  await other.query(`select set_config('taltid.units', $1, true)`, [clinic.unitId]);
  const late = other.query(INSERT_FOLLOW_UP, [note.id]).catch((error: pg.DatabaseError) => error.code);
  await owner.query('commit');
  expect(await late).toBe('TT005');
  await other.query('rollback');
});

test('a decided follow-up of an open note cannot be taken away', async () => {
  const { note } = await plantDraft(database.storage, clinic, [newFollowUp({ route: 'none' })]);
  const nothing = `update follow_ups set state = 'nothing' where note_id = $1`;
  expect(await refusal([nothing, [note.id]], ['delete from follow_ups where note_id = $1', [note.id]])).toBe('TT005');
});

test('each change of a follow-up leaves its decision', async () => {
  const { note } = await plantDraft(database.storage, clinic);
  await owner.query(`update follow_ups set state = 'nothing', reason = 'behövs inte' where note_id = $1`, [note.id]);
  const { rows } = await owner.query(
    'select kind, from_state, reason, actor_kind, actor_id from decisions where note_id = $1',
    [note.id],
  );
  expect(rows).toEqual([
    { kind: 'nothing', from_state: 'found', reason: 'behövs inte', actor_kind: 'staff', actor_id: 'somebody' },
  ]);
});

test.each(['audit_events', 'decisions', 'note_versions', 'utterances', 'events'])(
  '%s is only appended to, by its owner too',
  async (table) => {
    await plantTask(database.storage, clinic);
    const { note } = await plantDraft(database.storage, clinic);
    await owner.query(
      `insert into utterances (note_id, unit_id, live_session_id, number, start_seconds, end_seconds, text, words)
       values ($1, $2, 's', 0, 0, 1, 'ord', '[]')`,
      [note.id, clinic.unitId],
    );
    await owner.query('commit');
    const column = { note_versions: 'number', utterances: 'number' }[table] ?? 'at';
    for (const sql of [
      `update ${table} set ${column} = ${column}`,
      `delete from ${table}`,
      `truncate ${table} cascade`,
    ]) {
      await act(owner);
      expect(await refusal([sql]), sql).toBe('TT002');
      await owner.query('rollback');
    }
  },
);

test('versions have no gaps and are not written twice', async () => {
  const { note } = await plantTask(database.storage, clinic);
  const insert = `insert into note_versions (note_id, number, unit_id, patient_id, content, signed_by, reason)
    select id, $2, unit_id, patient_id, '{}', author_id, 'x' from notes where id = $1`;
  expect(await refusal([insert, [note.id, 2]])).toBe('TT005');
  await owner.query('rollback');
  await act(owner);
  const amend = `update notes set state = 'amending' where id = $1`;
  expect(await refusal([amend, [note.id]], [insert, [note.id, 3]])).toBe('TT007');
  await owner.query('rollback');
  await act(owner);
  expect(await refusal([`update notes set signed_version = 2 where id = $1`, [note.id]])).toBe('TT007');
});

test('a confirmed follow-up has one active request, and a request one task', async () => {
  const { request, task } = await plantTask(database.storage, clinic);
  const copyRequest = `insert into booking_requests (follow_up_id, note_id, note_version, unit_id, patient_id, chain_id,
      type, route, fields, target_date, ordered_by)
    select follow_up_id, note_id, note_version, unit_id, patient_id, chain_id, type, route, fields, target_date, ordered_by
    from booking_requests where id = $1`;
  const copyTask = `insert into admin_tasks (request_id, unit_id, patient_id, note_id, chain_id, type, route, target_date)
    select request_id, unit_id, patient_id, note_id, chain_id, type, route, target_date from admin_tasks where id = $1`;
  expect(await refusal([copyRequest, [request.id]])).toBe('23505');
  await owner.query('rollback');
  await act(owner);
  expect(await refusal([copyTask, [task.id]])).toBe('23505');
});

test('a request needs a confirmed follow-up, and says what it says', async () => {
  const { note, followUps } = await plantDraft(database.storage, clinic);
  const other = await plantTask(database.storage, clinic);
  const insert = `insert into booking_requests (follow_up_id, note_id, note_version, unit_id, patient_id, chain_id, type,
      route, fields, ordered_by)
    values ($1, $2, 1, $3, $4, $5, 'aterbesok', 'auto', $6, $7)`;
  const values = [clinic.unitId, clinic.patientId, followUps[0]!.chainId, '{}', clinic.doctor.id];
  expect(await refusal([insert, [followUps[0]!.id, note.id, ...values]])).toBe('TT003');
  await owner.query('rollback');
  await act(owner);
  await owner.query(
    `update booking_requests set state = 'withdrawn', withdrawn_reason = 'x', withdrawn_at = now()
    where id = $1`,
    [other.request.id],
  );
  expect(await refusal([insert, [other.request.followUpId, other.note.id, ...values]])).toBe('TT006');
});

test('states move along their edges only', async () => {
  const { note, request, task } = await plantTask(database.storage, clinic);
  const forbidden: [string, string][] = [
    [`update admin_tasks set state = 'done' where id = $1`, task.id],
    [
      `update admin_tasks set state = 'booked', claimed_by = (select id from staff limit 1), claimed_at = now()
      where id = $1`,
      task.id,
    ],
    [`update notes set state = 'draft' where id = $1`, note.id],
    [`update notes set state = 'discarded' where id = $1`, note.id],
    [`update admin_tasks set state = 'nonsense' where id = $1`, task.id],
  ];
  for (const [sql, id] of forbidden) {
    expect(await refusal([sql, [id]]), sql).toBe('TT003');
    await owner.query('rollback');
    await act(owner);
  }
  await owner.query(
    `update booking_requests set state = 'withdrawn', withdrawn_reason = 'x', withdrawn_at = now()
    where id = $1`,
    [request.id],
  );
  expect(await refusal([`update booking_requests set state = 'active' where id = $1`, [request.id]])).toBe('TT003');
});

test('a claimed task says who has it, a new one nobody, a waiting one for what, and a cancelled one why', async () => {
  const { task } = await plantTask(database.storage, clinic);
  for (const change of [
    `state = 'claimed'`,
    `claimed_by = (select id from staff limit 1), claimed_at = now()`,
    `state = 'cancelled'`,
  ]) {
    expect(await refusal([`update admin_tasks set ${change} where id = $1`, [task.id]]), change).toBe('23514');
    await owner.query('rollback');
    await act(owner);
  }
  await owner.query(`update admin_tasks set state = 'claimed', claimed_by = $2, claimed_at = now() where id = $1`, [
    task.id,
    clinic.administrator.id,
  ]);
  expect(await refusal([`update admin_tasks set state = 'waiting' where id = $1`, [task.id]])).toBe('23514');
});

test('a task that waits for an answer has an open question, and one with an open question waits', async () => {
  const { task } = await plantTask(database.storage, clinic);
  const claim: [string, unknown[]] = [
    `update admin_tasks set state = 'claimed', claimed_by = $2, claimed_at = now() where id = $1`,
    [task.id, clinic.administrator.id],
  ];
  const ask: [string, unknown[]] = [
    `insert into questions (unit_id, patient_id, note_id, task_id, asked_by, to_staff_id, text, remind_at)
      values ($1, $2, $3, $4, $5, $6, 'Vilken vecka?', now())`,
    [clinic.unitId, clinic.patientId, task.noteId, task.id, clinic.administrator.id, clinic.doctor.id],
  ];
  expect(await refusal(claim, [`update admin_tasks set state = 'question' where id = $1`, [task.id]])).toBe('TT003');
  await act(owner);
  expect(await refusal(claim, ask)).toBe('TT003');
});

test('the måldatum stays: neither the task nor the request gets another without an answered question', async () => {
  const { request, task } = await plantTask(database.storage, clinic);
  expect(task.targetDate).toBe('2026-04-28');
  expect(await refusal([`update admin_tasks set target_date = '2026-12-24' where id = $1`, [task.id]])).toBe('TT006');
  await owner.query('rollback');
  await act(owner);
  expect(await refusal([`update admin_tasks set target_date = null where id = $1`, [task.id]])).toBe('TT006');
  await owner.query('rollback');
  await act(owner);
  const move = `update booking_requests set target_date = '2026-12-24', target_question_id = $2 where id = $1`;
  expect(await refusal([move, [request.id, null]])).toBe('TT006');
  await owner.query('rollback');
  await act(owner);
  expect(await refusal([move, [request.id, randomUUID()]])).toBe('TT006');
  await owner.query('rollback');
  await act(owner);
  expect(await refusal([`update booking_requests set earliest_date = '2026-05-01' where id = $1`, [request.id]])).toBe(
    'TT006',
  );
});

test('a request stays as it was signed', async () => {
  const { request } = await plantTask(database.storage, clinic);
  const change = `update booking_requests set fields = '{"id": "R1", "type": "telefon"}' where id = $1`;
  expect(await refusal([change, [request.id]])).toBe('TT002');
});

test('a note with an active request does not move to another patient', async () => {
  const { note } = await plantTask(database.storage, clinic);
  const other = await plantClinic(database.storage);
  const move = 'update notes set patient_id = $2 where id = $1';
  expect(await refusal([move, [note.id, other.patientId]])).toBe('TT005');
});

test('nothing with patient data is written without an actor', async () => {
  await owner.query('rollback');
  const { note } = await plantDraft(database.storage, clinic);
  for (const sql of [
    `update patients set phone = '1' where id = '${clinic.patientId}'`,
    `update note_drafts set content = '{}' where note_id = '${note.id}'`,
    `delete from note_drafts where note_id = '${note.id}'`,
    INSERT_FOLLOW_UP.replace('$1', `'${note.id}'`),
  ]) {
    await expect(owner.query(sql), sql).rejects.toMatchObject({ code: 'TT001' });
  }
});

test('rows of a patient at one unit cannot hang on a note, request or task of another', async () => {
  const { note, request } = await plantTask(database.storage, clinic);
  const other = await plantClinic(database.storage);
  const followUp = `insert into follow_ups (note_id, unit_id, patient_id, source, route) values ($1, $2, $3, '{}', 'auto')`;
  await owner.query(`update notes set state = 'amending' where id = $1`, [note.id]);
  expect(await refusal([followUp, [note.id, clinic.unitId, other.patientId]])).toBe('23503');
  await owner.query('rollback');
  await act(owner);
  const task = `insert into admin_tasks (request_id, unit_id, patient_id, note_id, chain_id, type, route, target_date)
    values ($1, $2, $3, $4, $5, 'aterbesok', 'auto', '2026-04-28')`;
  expect(await refusal([task, [request.id, other.unitId, clinic.patientId, note.id, request.chainId]])).toMatch(
    /^(23503|23505)$/,
  );
});
