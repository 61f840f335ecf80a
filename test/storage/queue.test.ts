import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  countQueue,
  listQueue,
  MAX_QUEUE_COUNT,
  type QueueFilter,
  queueQuery,
} from '../../src/storage/repositories/task-queue.ts';
import { type Clinic, CONTEXT, plantClinic, plantTask, REVISIT } from './clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from './database.ts';

const TASKS = 100_000;

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
  clinic = await plantClinic(database.storage);
  const other = await plantClinic(database.storage, 'Annan');
  await plantTask(database.storage, clinic);
  await plantMany(clinic, TASKS);
  await plantMany(other, TASKS / 10);
  await database.owner.query('analyze');
});
afterAll(() => cluster.close());

/** Tasks by the thousand, past the triggers: what is tried here is how they are found. */
async function plantMany({ unitId, doctor, administrator }: Clinic, count: number): Promise<void> {
  const { owner } = database;
  await owner.query(`set session_replication_role = replica`);
  await owner.query(
    `insert into patients (unit_id, personal_number, personal_number_kind, given_name, family_name)
     select $1, '18' || lpad(n::text, 10, '0'), 'personnummer', 'Namn' || n % 500, 'Efternamn' || n
     from generate_series($2::int, $2::int + 19999) as n`,
    [unitId, count * 10],
  );
  await owner.query(
    `with made as (
       select n, 1 + n % 20000 as person, gen_random_uuid() as id, gen_random_uuid() as request_id,
         (array['new', 'new', 'new', 'new', 'claimed', 'question', 'waiting', 'booked', 'done'])[1 + n % 9] as state
       from generate_series(1, $4::int) as n
     ), people as (
       select row_number() over () as n, id from patients where unit_id = $1
     )
     insert into admin_tasks (id, request_id, unit_id, patient_id, note_id, chain_id, state, type, role, target_date,
       interpreter_language, route, claimed_by, claimed_at, wakes_on, created_day)
     select made.id, request_id, $1, people.id, gen_random_uuid(), gen_random_uuid(), state,
       (array['aterbesok', 'provtagning', 'telefon', 'rontgen'])[1 + made.n % 4],
       (array['lakare', 'distriktsskoterska', 'fysioterapeut'])[1 + made.n % 3],
       case when made.n % 7 > 0 then date '2026-01-01' + (made.n * 7919 % 730) end,
       case when made.n % 20 = 0 then 'ar' end, 'auto',
       case when state in ('claimed', 'booked') then case when made.n % 50 = 0 then $2::uuid else $3::uuid end end,
       case when state in ('claimed', 'booked') then now() end, 'svar', date '2025-12-01' + (made.n % 60)
     from made join people on people.n = made.person`,
    [unitId, doctor.id, administrator.id, count],
  );
  await owner.query(`set session_replication_role = origin`);
}

const asAdministrator = <Result>(work: Parameters<typeof database.storage.withAudit<Result>>[2]) =>
  database.storage.withAudit(clinic.administrator, CONTEXT, work);

interface PlanNode {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: PlanNode[];
}

function flat(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flat)];
}

/** The nodes of the page's plan as the application's role runs it, row policy and all. */
async function planOf(filter: QueueFilter, after?: Parameters<typeof queueQuery>[2]['after']): Promise<PlanNode[]> {
  return asAdministrator(async (transaction) => {
    let nodes: PlanNode[] = [];
    await transaction.read({ action: 'list', object: 'plan', patientOf: () => null }, async (tables) => {
      const query = queueQuery([clinic.unitId], filter, { after, limit: 100 });
      const { rows } = await sql<Record<string, [{ Plan: PlanNode }]>>`explain (analyze, format json) ${query}`.execute(
        tables,
      );
      nodes = flat(Object.values(rows[0]!)[0]![0].Plan);
      return rows;
    });
    return nodes;
  });
}

test.each<[string, QueueFilter, string]>([
  ['everything open', {}, 'queue_of_unit'],
  ['a state', { state: 'question' }, 'queue_by_state'],
  ['a type', { type: 'rontgen' }, 'queue_by_type'],
  ['a competence', { role: 'fysioterapeut' }, 'queue_by_role'],
  ['an interpreter', { withInterpreter: true }, 'queue_with_interpreter'],
])(
  'a page of %s among 100,000 tasks comes from its index in order: no more rows are looked at than shown',
  async (_name, filter, index) => {
    const nodes = await planOf(filter);
    const scans = nodes.filter((node) => node['Relation Name'] === 'admin_tasks');
    expect(scans.map((node) => node['Index Name'])).toEqual([index]);
    expect(scans[0]!['Actual Rows'] + (scans[0]!['Rows Removed by Filter'] ?? 0)).toBeLessThanOrEqual(101);
  },
);

test('a page deep in the queue begins where the one before ended, without counting up to it', async () => {
  const [row] = await asAdministrator((transaction) =>
    listQueue(transaction, {}, { after: { undated: true, queueDay: '2025-12-20', id: clinic.unitId }, limit: 1 }),
  );
  const nodes = await planOf({}, { undated: true, queueDay: row!.queueDay, id: row!.id });
  const [scan, ...others] = nodes.filter((node) => node['Relation Name'] === 'admin_tasks');
  expect(others).toEqual([]);
  expect(scan).toMatchObject({ 'Index Name': 'queue_of_unit' });
  expect(scan!['Actual Rows'] + (scan!['Rows Removed by Filter'] ?? 0)).toBeLessThanOrEqual(101);
});

test('what is mine, and what a patient has, is found without reading the queue', async () => {
  const patients = await database.owner.query<{ patient_id: string }>(
    'select patient_id from admin_tasks where unit_id = $1 and open limit 3',
    [clinic.unitId],
  );
  const patientIds = patients.rows.map((row) => row.patient_id);
  for (const filter of [{ claimedBy: clinic.doctor.id }, { patientIds }]) {
    const nodes = await planOf(filter);
    const scans = nodes.filter((node) => node['Relation Name'] === 'admin_tasks');
    const looked = scans.reduce(
      (sum, node) => sum + (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
      0,
    );
    expect(scans.every((node) => /Index|Bitmap/.test(node['Node Type']))).toBe(true);
    expect(looked).toBeLessThan(TASKS / 50);
  }
});

test('pages follow each other without a gap or a repeat: by måldatum, then those without one by age', async () => {
  const filter = { type: 'rontgen', role: 'fysioterapeut', state: 'question' } as const;
  const seen: { undated: boolean; queueDay: string; id: string }[] = [];
  for (;;) {
    const after = seen.at(-1);
    const page = await asAdministrator((transaction) => listQueue(transaction, filter, { after, limit: 100 }));
    if (page.length === 0) break;
    seen.push(...page);
  }
  const { rows } = await database.owner.query<{ id: string }>(
    `select id from admin_tasks where unit_id = $1 and type = $2 and role = $3 and state = $4
     order by undated, queue_day, id`,
    [clinic.unitId, filter.type, filter.role, filter.state],
  );
  expect(seen.length).toBeGreaterThan(100);
  expect(seen.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  expect(seen.findIndex(({ undated }) => undated)).toBeGreaterThan(0);
});

test('a row has the patient and who has it', async () => {
  const fresh = await plantClinic(database.storage);
  await plantTask(database.storage, fresh, { ...REVISIT });
  const rows = await database.storage.withAudit(fresh.administrator, CONTEXT, (transaction) =>
    listQueue(transaction, {}, { limit: 10 }),
  );
  expect(rows).toMatchObject([
    { givenName: 'Åsa', familyName: 'Prov', claimedByFamilyName: null, targetDate: '2026-04-28', state: 'new' },
  ]);
});

test('tabs have counts, which stop counting at a limit', async () => {
  await asAdministrator(async (transaction) => {
    expect(await countQueue(transaction, {})).toBe(MAX_QUEUE_COUNT + 1);
    const mine = await countQueue(transaction, { claimedBy: clinic.doctor.id });
    expect(mine).toBeGreaterThan(0);
    expect(mine).toBeLessThan(MAX_QUEUE_COUNT);
  });
});
