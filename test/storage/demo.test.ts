import { afterAll, beforeAll, expect, test } from 'vitest';
import { parsePersonalNumber } from '../../src/access/personal-number.ts';
import { TASK_STATES } from '../../src/contracts/booking.ts';
import { FollowUpRequest } from '../../src/contracts/followup.ts';
import { FOLLOW_UP_STATES, NOTE_STATES } from '../../src/contracts/notes.ts';
import { daysBetween, parseLocalDate } from '../../src/followup/calendar/local-date.ts';
import { ROLE_WORDS } from '../../src/followup/lexicon/people.ts';
import { OPEN_LETTERS_TO } from '../../src/storage/demo/demo-desk-notes.ts';
import { demoNotes } from '../../src/storage/demo/demo-notes.ts';
import { DEMO_PATIENTS } from '../../src/storage/demo/demo-people.ts';
import { isDemo, seedDemo } from '../../src/storage/demo/seed-demo.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from './database.ts';

const TODAY = '2026-03-10';
let cluster: TestCluster;
let database: TestDatabase;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
  await seedDemo(database.storage, { passwordHash: 'hash', today: TODAY });
});
afterAll(() => cluster.close());

async function statesOf(table: string): Promise<string[]> {
  const { rows } = await database.owner.query<{ state: string }>(`select distinct state from ${table}`);
  return rows.map(({ state }) => state).sort();
}

test.each(DEMO_PATIENTS.map((patient) => [patient.familyName, patient] as const))(
  'the number of %s has a right check digit and a birth number that nobody is given',
  (_name, { number, birthDate, personalNumberKind = 'personnummer' }) => {
    expect(parsePersonalNumber(number, TODAY)).toEqual({ kind: personalNumberKind, number, birthDate });
    if (personalNumberKind !== 'reservnummer') expect(Number(number.slice(8, 11))).toBeGreaterThanOrEqual(980);
  },
);

test('what is asked for follows the schema, and its words stand in the note', () => {
  for (const { assessment, plan, followUps } of demoNotes(TODAY)) {
    for (const { fields, words } of followUps) {
      expect(() => FollowUpRequest.parse(fields)).not.toThrow();
      expect(`${assessment}\n${plan}`).toContain(words);
    }
  }
});

test('notes, follow-ups and tasks are there in every state', async () => {
  expect(await statesOf('notes')).toEqual([...NOTE_STATES].sort());
  expect(await statesOf('follow_ups')).toEqual([...FOLLOW_UP_STATES].sort());
  expect(await statesOf('admin_tasks')).toEqual([...TASK_STATES].sort());
});

test('the desk finds what it works with, each at least once', async () => {
  const count = async (sql: string) => (await database.owner.query<{ count: number }>(sql)).rows[0]!.count;
  const tasks = (where: string) => count(`select count(*)::int as count from admin_tasks as task ${where}`);
  const ofPatient = 'join patients on patients.id = task.patient_id where';
  for (const where of [
    "join booking_requests as request on request.id = task.request_id where request.fields ? 'series'",
    "where type = 'ombokning' and state = 'new'",
    "where type = 'avbokning' and state = 'new'",
    `${ofPatient} patients.interpreter_language is not null and task.state = 'new'`,
    `${ofPatient} protected_identity and task.state = 'new'`,
    `${ofPatient} guardian_id is not null and task.state = 'new'`,
    `${ofPatient} family_name = any ('{${OPEN_LETTERS_TO.join()}}') and task.state = 'new'`,
  ]) {
    expect(await tasks(where), where).toBeGreaterThan(0);
  }
});

test('a visit is booked with the test before it, a week apart', async () => {
  const { rows } = await database.owner.query<{ type: string; starts_at: Date }>(`
    select appointments.type, starts_at from appointments join patients on patients.id = patient_id
    where family_name = 'Fagerberg' and task_id is not null order by starts_at`);
  expect(rows.map(({ type }) => type)).toEqual(['provtagning', 'aterbesok']);
  const [test, visit] = rows.map(({ starts_at }) => starts_at.toISOString().slice(0, 10));
  expect(daysBetween(parseLocalDate(test!)!, parseLocalDate(visit!)!)).toBe(7);
});

test('whoever has a calendar has a competence that notes can name', async () => {
  const { rows } = await database.owner.query<{ role: string }>(
    'select role from resources where role is not null union select role from visit_types where role is not null',
  );
  const known = ROLE_WORDS.map(({ sense }) => sense.value);
  for (const { role } of rows) expect(known).toContain(role);
});

test('staff of every role, and encounters today', async () => {
  const { rows } = await database.owner.query('select distinct unnest(account_roles) as role from staff order by role');
  expect(rows).toEqual([{ role: 'administrator' }, { role: 'clinician' }, { role: 'operator' }]);
  const today = await database.owner.query<{ count: number }>(
    'select count(*)::int as count from encounters where starts_at::date = $1',
    [TODAY],
  );
  expect(today.rows[0]!.count).toBeGreaterThan(10);
});

test('everybody is marked as made up', async () => {
  expect(await isDemo(database.storage)).toBe(true);
  for (const table of ['units', 'staff', 'patients']) {
    expect((await database.owner.query(`select id from ${table} where not demo`)).rows, table).toEqual([]);
  }
});

test('it is made once, and never beside real accounts', async () => {
  expect(await seedDemo(database.storage, { passwordHash: 'hash', today: TODAY })).toBe(false);
  const real = await cluster.fresh();
  await real.storage.plain
    .insertInto('staff')
    .values({ username: 'riktig', givenName: 'R', familyName: 'R', accountRoles: ['operator'] })
    .execute();
  expect(await seedDemo(real.storage, { passwordHash: 'hash', today: TODAY })).toBe(false);
  expect(await isDemo(real.storage)).toBe(false);
});

test('two starts at once make one demo', async () => {
  const { storage, owner } = await cluster.fresh();
  const seeding = [1, 2].map(() => seedDemo(storage, { passwordHash: 'hash', today: TODAY }));
  expect((await Promise.all(seeding)).sort()).toEqual([false, true]);
  const { rows } = await owner.query<{ count: number }>('select count(*)::int as count from units');
  expect(rows[0]!.count).toBe(2);
});
