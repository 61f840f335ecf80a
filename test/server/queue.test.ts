import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  QueueTask,
  TaskChanges,
  TaskCounts,
  TaskDetail,
  TaskPage,
  TaskPatient,
} from '../../src/contracts/queue-api.ts';
import { addDays } from '../../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { addWorkingDays } from '../../src/followup/calendar/swedish-days.ts';
import { changePatient, patientById } from '../../src/storage/repositories/patients.ts';
import { answerQuestion } from '../../src/storage/repositories/questions.ts';
import { createStaff } from '../../src/storage/repositories/staff.ts';
import { type Clinic, CONTEXT, plantClinic, plantTask, REVISIT } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type Requests, requestsAs } from './queue-requests.ts';
import { runApp } from './running-app.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let anna: Requests;
let other: Requests;

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

/** A clinic of its own for each test, with two administrators. */
beforeEach(async () => {
  database = await cluster.fresh();
  const { storage } = database;
  clinic = await plantClinic(storage);
  const { app } = await runApp({ clinic: { storage } });
  anna = await requestsAs(app, storage, clinic.administrator.id);
  const colleague = await plantClinic(storage, 'Annan');
  await storage.plain
    .insertInto('staffUnits')
    .values({ staffId: colleague.administrator.id, unitId: clinic.unitId })
    .execute();
  other = await requestsAs(app, storage, colleague.administrator.id);
});

const today = stockholmClockAt(Date.now()).date;
const inDays = (days: number) => addDays(today, days);

function due(days: number | null, more: Partial<typeof REVISIT> = {}): typeof REVISIT {
  const target = days === null ? {} : { target: inDays(days), mal_datum: inDays(days) };
  return { ...REVISIT, ...more, time: { kind: 'om', expr: 'om sex veckor', ...target } };
}

async function plantedTask(fields = due(10)): Promise<QueueTask> {
  const { task } = await plantTask(database.storage, clinic, fields);
  const { items } = TaskPage.parse((await anna.get('/api/tasks')).body);
  return items.find(({ id }) => id === task.id)!;
}

const changeOf = (who: Requests, { id, version }: Pick<QueueTask, 'id' | 'version'>, change: object) =>
  who.post(`/api/tasks/${id}/changes`, change, version);

describe('the list', () => {
  test('is by måldatum, counted in working days, and those without one come last', async () => {
    for (const days of [30, null, -3, 3]) await plantTask(database.storage, clinic, due(days));
    const { items } = TaskPage.parse((await anna.get('/api/tasks')).body);
    expect(items.map(({ targetDate }) => targetDate)).toEqual([inDays(-3), inDays(3), inDays(30), null]);
    const slacks = items.map(({ slackWorkingDays }) => slackWorkingDays);
    expect(slacks[0]).toBeLessThan(0);
    expect(slacks[1]).toBeLessThanOrEqual(3);
    expect(slacks[2]).toBeLessThanOrEqual(22);
    expect(slacks[3]).toBeNull();
  });

  test('counts slack from the earliest time that fits where it is known, and says what it counts from', async () => {
    const near = await plantedTask(due(4));
    const far = await plantedTask(due(40));
    const order = async () => TaskPage.parse((await anna.get('/api/tasks')).body).items;
    expect((await order()).map(({ id, earliestFit }) => [id, earliestFit])).toEqual([
      [near.id, null],
      [far.id, null],
    ]);
    await database.owner.query('update admin_tasks set fit_on = target_date + 1, fit_slack = -1 where id = $1', [
      far.id,
    ]);
    const [first] = await order();
    expect(first).toMatchObject({ id: far.id, slackWorkingDays: -1, earliestFit: { date: inDays(41) } });
    const { fitComputedAt } = TaskDetail.parse((await anna.get(`/api/tasks/${near.id}`)).body);
    expect(fitComputedAt).toBeNull();
  });

  test('goes on where the page before ended', async () => {
    for (const days of [1, 2, 3, null, 4]) await plantTask(database.storage, clinic, due(days));
    await database.owner.query('update admin_tasks set fit_slack = 2 where target_date > $1', [inDays(2)]);
    const all = TaskPage.parse((await anna.get('/api/tasks')).body);
    const seen: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: TaskPage = TaskPage.parse((await anna.get(`/api/tasks?limit=2${next && `&after=${next}`}`)).body);
      seen.push(...page.items.map(({ id }) => id));
      next = page.next;
    }
    expect(seen).toEqual(all.items.map(({ id }) => id));
    expect((await anna.get('/api/tasks?after=x')).body).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
  });

  test('is narrowed by what is asked for, by who has it and by the patient', async () => {
    const near = await plantedTask(due(1, { type: 'telefon' }));
    await plantedTask(due(60));
    await changeOf(anna, near, { action: 'claim' });
    const idsOf = async (query: string) =>
      TaskPage.parse((await anna.get(`/api/tasks?${query}`)).body).items.map(({ id }) => id);
    for (const query of ['type=telefon', 'mine=true', 'state=claimed', 'within=3']) {
      expect(await idsOf(query), query).toEqual([near.id]);
    }
    expect(await idsOf('q=prov')).toHaveLength(2);
    expect(await idsOf('q=ingen')).toEqual([]);
    expect(await idsOf('state=done')).toEqual([]);
    const filters = [{}, { mine: 'true' }, { q: 'Åsa' }, { interpreter: 'true' }];
    expect(TaskCounts.parse((await anna.post('/api/tasks/counts', { filters })).body).counts).toEqual([2, 1, 2, 0]);
  });

  test('is of the own units only, and of those who book', async () => {
    const { id } = await plantedTask();
    const elsewhere = await plantClinic(database.storage, 'Tredje');
    const stranger = await other.as(elsewhere.administrator.id);
    expect(TaskPage.parse((await stranger.get('/api/tasks')).body).items).toEqual([]);
    expect((await stranger.get(`/api/tasks/${id}`)).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    expect((await changeOf(stranger, { id, version: 1 }, { action: 'claim' })).status).toBe(404);
    const operator = { username: 'drift', givenName: 'D', familyName: 'D', accountRoles: ['operator' as const] };
    const { id: operatorId } = await createStaff(database.storage.plain, operator, [clinic.unitId]);
    expect((await (await other.as(operatorId)).get('/api/tasks')).body).toMatchObject({
      status: 403,
      code: 'ROLE_NOT_ALLOWED',
    });
  });

  test('hides a protected identity until it is opened, which the log tells', async () => {
    const { id } = await plantedTask();
    await database.storage.withAudit(clinic.administrator, CONTEXT, async (transaction) => {
      const { version } = await patientById(transaction, clinic.patientId);
      await changePatient(transaction, clinic.patientId, version, { protectedIdentity: true });
    });
    for (const url of ['/api/tasks', `/api/tasks/${id}`, '/api/tasks/changes?since=0']) {
      expect(JSON.stringify((await anna.get(url)).body)).not.toMatch(/Åsa|"19\d{6}/);
    }
    const { name } = TaskPatient.parse((await anna.get(`/api/tasks/${id}/patient`)).body);
    expect(name).toBe('Åsa Prov');
    const { rows } = await database.owner.query(
      "select count(*)::int as count from audit_events where object_kind = 'patients' and action = 'read' and actor_id = $1",
      [clinic.administrator.id],
    );
    expect(rows[0].count).toBeGreaterThanOrEqual(2);
  });
});

describe('a task', () => {
  test('shows its words in their sentence, its chain, what else there is, and its history', async () => {
    const task = await plantedTask();
    await plantTask(database.storage, clinic, due(20, { type: 'video' }));
    const detail = TaskDetail.parse((await anna.get(`/api/tasks/${task.id}`)).body);
    expect(detail.quote).toEqual({ before: '', words: 'Återbesök om sex veckor', after: '.' });
    expect(detail.chain.map(({ taskId }) => taskId)).toEqual([task.id]);
    expect(detail.otherTasks.map(({ type }) => type)).toEqual(['video']);
    expect(detail.history.map(({ state, by }) => [state, by])).toEqual([['new', null]]);
    expect(detail.orderedBy.name).toBe('Test Lind');
    expect(detail.clinicians).toEqual([]);
    expect(detail.details.find(({ field }) => field === 'time')?.value).toMatchObject({ expr: 'om sex veckor' });
  });

  test('that two claim at once is one’s, and the other is told whose', async () => {
    const task = await plantedTask();
    const answers = await Promise.all([anna, other].map((who) => changeOf(who, task, { action: 'claim' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const holder = QueueTask.parse(answers.find(({ status }) => status === 200)!.body).holder!;
    const refused = answers.find(({ status }) => status === 409)!.body;
    expect(refused).toMatchObject({ code: 'CONFLICT', got: `${holder.name} since ${holder.since.toISOString()}` });
    expect(holder.name).toBe('Test Öberg');
  });

  test('is taken over knowingly, and then its first holder can do nothing with it', async () => {
    const task = await plantedTask();
    const claimed = QueueTask.parse((await changeOf(anna, task, { action: 'claim' })).body);
    const taken = QueueTask.parse((await changeOf(other, claimed, { action: 'claim', takeOver: true })).body);
    expect(taken.holder?.id).toBe(other.staffId);
    for (const change of [{ action: 'release' }, { action: 'wait', untilEvent: 'svar' }]) {
      expect((await changeOf(anna, taken, change)).body).toMatchObject({ status: 409, code: 'CONFLICT' });
    }
    const reason = 'duplicate';
    expect((await changeOf(anna, taken, { action: 'cancel', reason })).body).toMatchObject({ code: 'CONFLICT' });
  });

  test('is changed in the version that was seen only', async () => {
    const task = await plantedTask();
    expect((await anna.post(`/api/tasks/${task.id}/changes`, { action: 'claim' })).status).toBe(428);
    const claimed = QueueTask.parse((await changeOf(anna, task, { action: 'claim' })).body);
    expect((await changeOf(anna, task, { action: 'release' })).body).toMatchObject({ status: 412, code: 'CONFLICT' });
    const answer = await changeOf(anna, claimed, { action: 'release' });
    expect(QueueTask.parse(answer.body)).toMatchObject({ state: 'new', holder: null });
    expect(answer.etag).toBe(`"${claimed.version + 1}"`);
  });

  test('that is asked about comes back to who asked, with the answer', async () => {
    const claimed = QueueTask.parse((await changeOf(anna, await plantedTask(), { action: 'claim' })).body);
    const ask = { action: 'ask', toStaffId: clinic.doctor.id, text: 'Går en vecka senare?' };
    const asked = QueueTask.parse((await changeOf(anna, claimed, ask)).body);
    expect(asked.state).toBe('question');
    const [question] = TaskDetail.parse((await anna.get(`/api/tasks/${asked.id}`)).body).questions;
    await database.storage.withAudit(clinic.doctor, CONTEXT, (transaction) =>
      answerQuestion(transaction, question!.id, question!.version, 'Ja'),
    );
    const detail = TaskDetail.parse((await anna.get(`/api/tasks/${asked.id}`)).body);
    expect(detail).toMatchObject({ state: 'claimed', holder: { id: anna.staffId } });
    expect(detail.questions).toMatchObject([{ state: 'answered', answer: 'Ja', answeredBy: 'Test Lind' }]);
  });

  test('that is asked about is cancelled with its question taken back', async () => {
    const claimed = QueueTask.parse((await changeOf(anna, await plantedTask(), { action: 'claim' })).body);
    const ask = { action: 'ask', toStaffId: clinic.doctor.id, text: 'Går en vecka senare?' };
    const asked = QueueTask.parse((await changeOf(anna, claimed, ask)).body);
    const cancelled = await changeOf(anna, asked, { action: 'cancel', reason: 'patient_declined' });
    expect(QueueTask.parse(cancelled.body).state).toBe('cancelled');
    const detail = TaskDetail.parse((await anna.get(`/api/tasks/${asked.id}`)).body);
    expect(detail.questions).toMatchObject([{ state: 'withdrawn' }]);
    expect(detail.cancelReason).toBe('patient_declined');
  });

  test('waits for a day to come or for an event, and a day that has passed is refused', async () => {
    const claimed = QueueTask.parse((await changeOf(anna, await plantedTask(), { action: 'claim' })).body);
    const past = await changeOf(anna, claimed, { action: 'wait', untilDay: today });
    expect(past.body).toMatchObject({ status: 400, expected: `a day after ${today}` });
    expect((await changeOf(anna, claimed, { action: 'wait' })).status).toBe(400);
    const waiting = QueueTask.parse((await changeOf(anna, claimed, { action: 'wait', untilDay: inDays(2) })).body);
    expect(stockholmClockAt(waiting.wakesAt!.getTime())).toEqual({ date: inDays(2), time: '06:00' });
    const { rows } = await database.owner.query("select payload from outbox where topic = 'task.waiting'");
    expect(rows).toEqual([{ payload: { taskId: claimed.id } }]);
    const woken = QueueTask.parse((await changeOf(other, waiting, { action: 'wake' })).body);
    expect(woken).toMatchObject({ state: 'new', wakesAt: null });
  });

  test('that waits for an event comes back by itself, ten working days before its måldatum or after twenty', async () => {
    for (const [days, workingDaysAhead] of [
      [60, -10],
      [null, 20],
    ] as const) {
      const claimed = QueueTask.parse((await changeOf(anna, await plantedTask(due(days)), { action: 'claim' })).body);
      const asked = { action: 'wait', untilEvent: 'provsvar' };
      const waiting = QueueTask.parse((await changeOf(anna, claimed, asked)).body);
      const back = addWorkingDays(days === null ? today : inDays(days), workingDaysAhead);
      expect(waiting.wakesOn).toBe('provsvar');
      expect(stockholmClockAt(waiting.wakesAt!.getTime()).date).toBe(back);
    }
  });

  test('is cancelled for "other" with a note only', async () => {
    const task = await plantedTask();
    expect((await changeOf(anna, task, { action: 'cancel', reason: 'other' })).status).toBe(400);
    const cancelled = await changeOf(anna, task, { action: 'cancel', reason: 'other', note: 'flyttat' });
    expect(QueueTask.parse(cancelled.body).state).toBe('cancelled');
  });
});

describe('what is undone', () => {
  test.each([{ action: 'release' }, { action: 'wait', untilEvent: 'svar' }])(
    '$action gives the task back to who had it, by edges of the state machine',
    async (change) => {
      const claimed = QueueTask.parse((await changeOf(anna, await plantedTask(), { action: 'claim' })).body);
      const left = QueueTask.parse((await changeOf(anna, claimed, change)).body);
      const back = QueueTask.parse((await changeOf(anna, left, { action: 'reclaim' })).body);
      expect(back).toMatchObject({ state: 'claimed', holder: { id: anna.staffId }, wakesOn: null });
    },
  );

  test('is not, once somebody else has taken it', async () => {
    const claimed = QueueTask.parse((await changeOf(anna, await plantedTask(), { action: 'claim' })).body);
    const left = QueueTask.parse((await changeOf(anna, claimed, { action: 'release' })).body);
    await changeOf(other, left, { action: 'claim' });
    expect((await changeOf(anna, left, { action: 'reclaim' })).body).toMatchObject({ status: 409, code: 'CONFLICT' });
  });

  test('a question is taken back', async () => {
    const claimed = QueueTask.parse((await changeOf(anna, await plantedTask(), { action: 'claim' })).body);
    const ask = { action: 'ask', toStaffId: clinic.doctor.id, text: 'När?' };
    const asked = QueueTask.parse((await changeOf(anna, claimed, ask)).body);
    const back = QueueTask.parse((await changeOf(anna, asked, { action: 'withdraw_question' })).body);
    expect(back.state).toBe('claimed');
  });
});

test('many are changed at once, and what one is refused for stops no other', async () => {
  const tasks: QueueTask[] = [];
  for (const days of [1, 2, 3]) tasks.push(await plantedTask(due(days)));
  const [mine, theirs, gone] = tasks as [QueueTask, QueueTask, QueueTask];
  const claimed = QueueTask.parse((await changeOf(anna, mine, { action: 'claim' })).body);
  const taken = QueueTask.parse((await changeOf(other, theirs, { action: 'claim' })).body);
  const result = (
    await anna.post('/api/tasks/changes', {
      change: { action: 'release' },
      tasks: [claimed, taken, { ...gone, id: clinic.unitId }].map(({ id, version }) => ({ id, version })),
    })
  ).body;
  expect(result).toMatchObject({
    done: [{ id: mine.id, state: 'new' }],
    refused: [
      { id: theirs.id, code: 'CONFLICT', task: { holder: { id: other.staffId } } },
      { id: clinic.unitId, code: 'NOT_FOUND', task: null },
    ],
  });
});

test('changes are told since a change, with what the filter lets through', async () => {
  const first = await plantedTask();
  const { lastChange } = TaskPage.parse((await anna.get('/api/tasks')).body);
  const second = await plantedTask(due(3));
  await changeOf(other, first, { action: 'claim' });
  const told = TaskChanges.parse((await anna.get(`/api/tasks/changes?state=new&since=${lastChange}`)).body);
  expect(new Set(told.tasks.map(({ id }) => id))).toEqual(new Set([first.id, second.id]));
  expect(told).toMatchObject({ inList: [second.id], isWhole: true });
  expect(told.lastChange).toBeGreaterThan(lastChange);
});
