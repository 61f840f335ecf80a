import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { plantBooked, plantLetterClinic, sendLetter } from './planted-letter.ts';

// The owner, whom no privilege and no row policy holds, tries in plain SQL: what is refused is refused to everybody.
let cluster: TestCluster;
let owner: pg.Client;
let letterId: string;

beforeAll(async () => {
  cluster = await startTestCluster();
  const database = await cluster.fresh();
  owner = database.owner;
  const planted = await plantLetterClinic(database.storage);
  ({ id: letterId } = await sendLetter(database.storage, planted, await plantBooked(database.storage, planted)));
  await owner.query(`select set_config('taltid.actor_kind', 'system', false), set_config('taltid.actor_id', 'test', false),
    set_config('taltid.purpose', 'operation', false), set_config('taltid.request_id', 'sql', false)`);
});
afterAll(() => cluster.close());

const codeOf = (sql: string) =>
  owner.query(sql, [letterId]).then(
    () => 'nothing was refused',
    (error: pg.DatabaseError) => error.code,
  );

test.each([
  ['other words', `update letters set contents = '{}' where id = $1`, 'TT002'],
  ['another patient', 'update letters set patient_id = gen_random_uuid() where id = $1', 'TT002'],
  ['being deleted', 'delete from letters where id = $1', 'TT002'],
  ['steps that did not happen so', `update letter_steps set step = 'read' where letter_id = $1`, 'TT002'],
  ['being read without a time of reading', `update letters set state = 'read' where id = $1`, '23514'],
  [
    'a channel that told somebody at no time',
    `update letter_deliveries set state = 'sent' where letter_id = $1`,
    '23514',
  ],
  [
    'a letter of the same chain beside it',
    `insert into letters (unit_id, patient_id, chain_id, task_id, kind, form, contents, texts)
     select unit_id, patient_id, chain_id, task_id, kind, form, contents, texts from letters where id = $1`,
    '23505',
  ],
])('a letter that went out is refused %s', async (_, sql, code) => {
  expect(await codeOf(sql)).toBe(code);
});
