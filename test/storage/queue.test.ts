import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LocalDate, parseLocalDate } from '../../src/followup/calendar/local-date.ts';
import { workingDaysBetween } from '../../src/followup/calendar/swedish-days.ts';
import { slackScale } from '../../src/server/routes/queue-order.ts';
import type { QueueCursor } from '../../src/storage/repositories/queue-lanes.ts';
import {
  countQueue,
  listQueue,
  MAX_QUEUE_COUNT,
  type QueueFilter,
  type QueueRow,
  queueQuery,
} from '../../src/storage/repositories/task-queue.ts';
import { type Clinic, CONTEXT, plantClinic, plantTask, REVISIT } from './clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from './database.ts';

const TASKS = 100_000;
const TODAY = '2026-11-20' as LocalDate;
const scale = slackScale(TODAY);

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
       interpreter_language, route, claimed_by, claimed_at, wakes_on, created_day, fit_slack)
     select made.id, request_id, $1, people.id, gen_random_uuid(), gen_random_uuid(), state,
       (array['aterbesok', 'provtagning', 'telefon', 'rontgen'])[1 + made.n % 4],
       (array['lakare', 'distriktsskoterska', 'fysioterapeut'])[1 + made.n % 3],
       case when made.n % 7 > 0 then date '2026-01-01' + (made.n * 7919 % 730) end,
       case when made.n % 20 = 0 then 'ar' end, 'auto',
       case when state in ('claimed', 'booked') then case when made.n % 50 = 0 then $2::uuid else $3::uuid end end,
       case when state in ('claimed', 'booked') then now() end, 'svar', date '2025-12-01' + (made.n % 60),
       case when made.n % 7 > 0 and made.n % 5 > 1 and state in ('new', 'claimed', 'question') then made.n % 97 - 20 end
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

/** Where tasks are looked for; the page's own rows are then read by their ids. */
const scansOfTasks = (nodes: readonly PlanNode[]) =>
  nodes.filter((node) => node['Relation Name'] === 'admin_tasks' && node['Index Name'] !== 'admin_tasks_pkey');

const lookedAt = (node: PlanNode) => node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0);

/** The nodes of the page's plan as the application's role runs it, row policy and all. */
async function planOf(filter: QueueFilter, after?: QueueCursor): Promise<PlanNode[]> {
  return asAdministrator(async (transaction) => {
    let nodes: PlanNode[] = [];
    await transaction.read({ action: 'list', object: 'plan', patientOf: () => null }, async (tables) => {
      const query = queueQuery([clinic.unitId], filter, { after, limit: 100, scale });
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
  'a page of %s among 100,000 tasks comes from its index in order: of each lane no more rows are looked at than shown',
  async (_name, filter, index) => {
    const scans = scansOfTasks(await planOf(filter));
    expect(scans.map((node) => node['Index Name'])).toEqual([index, index, index]);
    for (const scan of scans) expect(lookedAt(scan)).toBeLessThanOrEqual(101);
  },
);

test('a page deep in the queue begins where the one before ended, without counting up to it', async () => {
  const deep: QueueCursor[] = [
    { undated: false, slack: 40, queueDay: '2027-01-12', id: clinic.unitId },
    { undated: true, slack: 0, queueDay: '2025-12-20', id: clinic.unitId },
  ];
  for (const after of deep) {
    const scans = scansOfTasks(await planOf({}, after));
    for (const scan of scans) expect(scan).toMatchObject({ 'Index Name': 'queue_of_unit' });
    for (const scan of scans) expect(lookedAt(scan)).toBeLessThanOrEqual(101);
  }
});

test('what has its måldatum within some days is found by it, though the least slack is not theirs', async () => {
  const scans = scansOfTasks(await planOf({ targetUntil: '2026-01-05' }));
  expect(scans.reduce((sum, scan) => sum + lookedAt(scan), 0)).toBeLessThan(TASKS / 50);
});

test('what is mine, and what a patient has, is found without reading the queue', async () => {
  const patients = await database.owner.query<{ patient_id: string }>(
    'select patient_id from admin_tasks where unit_id = $1 and open limit 3',
    [clinic.unitId],
  );
  const patientIds = patients.rows.map((row) => row.patient_id);
  for (const filter of [{ claimedBy: clinic.doctor.id }, { patientIds }]) {
    const nodes = await planOf(filter);
    const scans = scansOfTasks(nodes);
    const looked = scans.reduce((sum, node) => sum + lookedAt(node) * node['Actual Loops'], 0);
    expect(scans.every((node) => /Index|Bitmap/.test(node['Node Type']))).toBe(true);
    expect(looked).toBeLessThan(TASKS / 50);
  }
});

test('pages follow each other without a gap or a repeat: by slack, then those without måldatum by age', async () => {
  const filter = { type: 'rontgen', role: 'fysioterapeut', state: 'question' } as const;
  const seen: QueueRow[] = [];
  for (;;) {
    const after = seen.at(-1);
    const page = await asAdministrator((transaction) => listQueue(transaction, filter, { after, limit: 17, scale }));
    if (page.length === 0) break;
    seen.push(...page);
  }
  const { rows } = await database.owner.query<{ id: string; day: string; target: string | null; fit: number | null }>(
    `select id, queue_day::text as day, target_date::text as target, fit_slack as fit from admin_tasks
     where unit_id = $1 and type = $2 and role = $3 and state = $4`,
    [clinic.unitId, filter.type, filter.role, filter.state],
  );
  const expected = rows
    .map(({ id, day, target, fit }) => {
      const slack = target === null ? 0 : (fit ?? workingDaysBetween(TODAY, parseLocalDate(target)!));
      return { id, key: [target === null ? 1 : 0, slack + 50_000, day, id].join(' ') };
    })
    .toSorted((one, other) => (one.key < other.key ? -1 : 1));
  expect(seen.length).toBeGreaterThan(100);
  expect(seen.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  expect(new Set(seen.map(({ queueLane }) => queueLane))).toEqual(new Set([0, 1, 2]));
});

test('a row has the patient and who has it', async () => {
  const fresh = await plantClinic(database.storage);
  await plantTask(database.storage, fresh, { ...REVISIT });
  const rows = await database.storage.withAudit(fresh.administrator, CONTEXT, (transaction) =>
    listQueue(transaction, {}, { limit: 10, scale }),
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
