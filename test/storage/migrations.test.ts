import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BOOKING_REQUEST_EDGES, QUESTION_EDGES, TASK_EDGES } from '../../src/contracts/booking.ts';
import { APPOINTMENT_EDGES } from '../../src/contracts/calendar.ts';
import { ENCOUNTER_EDGES } from '../../src/contracts/clinic.ts';
import { DELIVERY_EDGES, LETTER_EDGES } from '../../src/contracts/delivery.ts';
import { DICTATION_EDGES } from '../../src/contracts/dictations.ts';
import { EARLIER_WISH_EDGES, OFFER_EDGES } from '../../src/contracts/freed-times.ts';
import { FOLLOW_UP_EDGES, NOTE_EDGES, SIGNED_FOLLOW_UP_EDGES } from '../../src/contracts/notes.ts';
import { SICK_DAY_VISIT_EDGES } from '../../src/contracts/sick-day.ts';
import { type Migration, migrate, readMigrations } from '../../src/storage/migrate.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from './database.ts';

let cluster: TestCluster;
let database: TestDatabase;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());

/** An empty database beside the migrated one. */
async function empty(name: string) {
  await database.owner.query(`create database ${name} template template0`);
  return { ...database.storage.ownerConnection, database: name };
}

const extra: Migration = { number: 9999, name: '9999-later.sql', sql: 'select 1', checksum: 'later' };

test('starts at the same time migrate once', async () => {
  const connection = await empty('at_once');
  const migrations = await readMigrations();
  const counting: Migration = {
    number: 9000,
    name: '9000-count.sql',
    sql: 'create table counted (id serial); insert into counted default values',
    checksum: 'counting',
  };
  await Promise.all([1, 2, 3, 4].map(() => migrate(connection, [...migrations, counting])));
  const client = new pg.Client(connection);
  await client.connect();
  expect((await client.query('select count(*)::int as count from counted')).rows).toEqual([{ count: 1 }]);
  await client.end();
});

test('a schema of a newer program is refused, with what was expected and what came', async () => {
  const connection = await empty('newer');
  const migrations = await readMigrations();
  await migrate(connection, [...migrations, extra]);
  await expect(migrate(connection, migrations)).rejects.toMatchObject({
    code: 'DATABASE_SCHEMA',
    expected: `at most migration ${migrations.at(-1)!.name}`,
    got: extra.name,
  });
});

test('a migration that was changed after it was applied is refused', async () => {
  const migrations = await readMigrations();
  const changed = migrations.map((migration, at) =>
    at === 2 ? { ...migration, checksum: 'f'.repeat(64) } : migration,
  );
  await expect(migrate(database.storage.ownerConnection, changed)).rejects.toMatchObject({
    code: 'DATABASE_SCHEMA',
    expected: expect.stringContaining('ffffffffffff'),
  });
});

test('a migration that fails leaves nothing of itself behind, and can be tried again', async () => {
  const connection = await empty('failing');
  const migrations = await readMigrations();
  const broken: Migration = { ...extra, sql: 'create table half (id int); select no_such_function()' };
  await expect(migrate(connection, [...migrations, broken])).rejects.toMatchObject({ code: 'DATABASE_SCHEMA' });
  await migrate(connection, [...migrations, { ...extra, sql: 'create table half (id int)' }]);
});

test.each([
  ['encounter', ENCOUNTER_EDGES],
  ['note', NOTE_EDGES],
  ['follow_up', FOLLOW_UP_EDGES],
  ['follow_up_signed', SIGNED_FOLLOW_UP_EDGES],
  ['request', BOOKING_REQUEST_EDGES],
  ['task', TASK_EDGES],
  ['question', QUESTION_EDGES],
  ['appointment', APPOINTMENT_EDGES],
  ['earlier_wish', EARLIER_WISH_EDGES],
  ['offer', OFFER_EDGES],
  ['letter', LETTER_EDGES],
  ['delivery', DELIVERY_EDGES],
  ['sick_day_visit', SICK_DAY_VISIT_EDGES],
  ['dictation', DICTATION_EDGES],
])('the edges of %s in the database are those of the contract', async (machine, edges) => {
  const { rows } = await database.owner.query<{ edge: string }>(
    `select from_state || ' -> ' || to_state as edge from state_edges where machine = $1 and from_state <> ''`,
    [machine],
  );
  const ours = Object.entries(edges).flatMap(([from, tos]) => tos.map((to: string) => `${from} -> ${to}`));
  expect(rows.map(({ edge }) => edge).sort()).toEqual(ours.sort());
});

test('the application owns nothing, creates nothing, and cannot change edges, migrations or logs', async () => {
  const { application } = database;
  for (const sql of [
    'create table mine (id int)',
    'delete from state_edges',
    "insert into state_edges values ('task', 'new', 'done')",
    'update schema_migrations set checksum = checksum',
    'update audit_events set actor_id = actor_id',
    'delete from decisions',
    'truncate events',
    'alter table note_versions disable trigger all',
    'drop table patients',
  ]) {
    await expect(application.query(sql), sql).rejects.toMatchObject({ code: '42501' });
  }
});
