import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  CancelCheck,
  ChangedAppointments,
  ComingTimes,
  TaskTimes,
  TimeProposals,
} from '../../src/contracts/appointments-api.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { QueueTask } from '../../src/contracts/queue-api.ts';
import { addDays } from '../../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { nextWorkingDay } from '../../src/followup/calendar/swedish-days.ts';
import type { AdminTask } from '../../src/storage/repositories/admin-tasks.ts';
import { LAB, plantChain, VISIT } from '../appointments/planted-chain.ts';
import { type Clinic, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { plantCalendar } from '../storage/planted-calendar.ts';
import { type Requests, requestsAs } from './queue-requests.ts';
import { runApp } from './running-app.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let anna: Requests;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  const { storage } = database;
  clinic = await plantClinic(storage);
  await plantCalendar(storage, clinic);
  const { app } = await runApp({ clinic: { storage } });
  anna = await requestsAs(app, storage, clinic.administrator.id);
});

const target = nextWorkingDay(addDays(stockholmClockAt(Date.now()).date, 42));
const IN_SIX_WEEKS: FollowUpRequest = {
  ...VISIT,
  time: { kind: 'om', expr: 'om sex veckor', target, mal_datum: target },
};
const TO_CANCEL: FollowUpRequest = { id: 'R1', type: 'avbokning' };

const plant = (requests: readonly FollowUpRequest[]) => plantChain(database.storage, clinic, requests);
const coming = async ({ id }: AdminTask) => ComingTimes.parse((await anna.get(`/api/tasks/${id}/coming-times`)).body);

async function book([{ id, version }]: readonly [AdminTask, ...AdminTask[]]): Promise<void> {
  const [best] = TimeProposals.parse((await anna.get(`/api/tasks/${id}/proposals`)).body).proposals;
  const visits = best!.visits.map(({ taskId, occasion, performer, startsAt }) => ({
    ...{ taskId, occasion, startsAt: startsAt.toISOString() },
    performerId: performer.id,
  }));
  const answer = await anna.post(`/api/tasks/${id}/booking`, { what: 'chosen', visits }, version);
  expect(TaskTimes.parse(answer.body).appointments).toHaveLength(visits.length);
}

test('a request to cancel shows the patient’s coming times, what a cancellation takes along, and is done', async () => {
  await book((await plant([IN_SIX_WEEKS, LAB])) as [AdminTask, AdminTask]);
  const [asked] = (await plant([TO_CANCEL])) as [AdminTask];
  const { items } = await coming(asked);
  expect(items.map(({ visitType }) => visitType.name)).toEqual(['Provtagning', 'Återbesök läkare']);
  const [, visit] = items;

  const check = CancelCheck.parse((await anna.get(`/api/appointments/${visit!.id}/cancel/check`)).body);
  expect(check.along.map(({ id }) => id)).toEqual([items[0]!.id]);
  const body = { reason: 'patient', task: 'close' };
  const cancelled = await anna.post(`/api/appointments/${visit!.id}/cancel`, body, visit!.version);
  expect(ChangedAppointments.parse(cancelled.body).appointments).toHaveLength(2);
  expect((await coming(asked)).items).toEqual([]);

  const done = await anna.post(`/api/tasks/${asked.id}/done`, {}, asked.version);
  expect(QueueTask.parse(done.body).state).toBe('done');
});

test('only what takes no time of its own is done without one, by who has it, in the version that was seen', async () => {
  const [visit] = (await plant([IN_SIX_WEEKS])) as [AdminTask];
  const done = (of: AdminTask, by: Requests, version = of.version) => by.post(`/api/tasks/${of.id}/done`, {}, version);
  expect((await done(visit, anna)).body).toMatchObject({ status: 409, code: 'STATE_NOT_ALLOWED' });
  const [asked] = (await plant([TO_CANCEL])) as [AdminTask];
  expect((await done(asked, anna, asked.version + 1)).status).toBe(412);
  const [other] = (await plant([{ id: 'R1', type: 'brev' }])) as [AdminTask];
  expect((await done(other, anna)).status).toBe(200);
});

test('a series says how many of its visits have times', async () => {
  const tasks = await plant([{ ...IN_SIX_WEEKS, series: { interval: 'P1M', count: 3 } }]);
  const [{ id }] = tasks as [AdminTask];
  const before = TimeProposals.parse((await anna.get(`/api/tasks/${id}/proposals`)).body);
  expect(before.series).toEqual({ count: 3, isEndless: false, booked: 0, bookedUntil: null });
  expect(before.proposals[0]!.visits.map(({ occasion }) => occasion)).toEqual([1, 2, 3]);
  await book(tasks as [AdminTask]);
  const after = TimeProposals.parse((await anna.get(`/api/tasks/${id}/proposals`)).body);
  const last = stockholmClockAt(after.held.at(-1)!.startsAt.getTime()).date;
  expect(after).toMatchObject({ series: { count: 3, booked: 3, bookedUntil: last }, problem: { reason: 'has_time' } });
  expect(after.held.map(({ occasion }) => occasion)).toEqual([1, 2, 3]);
});

test('a series without an end is booked as far as the unit wants, says until when, and is booked with the last once it has one', async () => {
  const { storage } = database;
  await storage.plain.updateTable('units').set({ seriesAheadMonths: 3 }).where('id', '=', clinic.unitId).execute();
  const tasks = await plant([{ ...IN_SIX_WEEKS, series: { interval: 'P1M' } }]);
  const [{ id }] = tasks as [AdminTask];
  const proposals = async () => TimeProposals.parse((await anna.get(`/api/tasks/${id}/proposals`)).body);
  const taskNow = async () => QueueTask.parse((await anna.get(`/api/tasks/${id}`)).body);
  expect((await proposals()).proposals[0]!.visits.map(({ occasion }) => occasion)).toEqual([1, 2, 3]);
  await book(tasks as [AdminTask]);
  const { series, held } = await proposals();
  const last = stockholmClockAt(held.at(-1)!.startsAt.getTime()).date;
  expect(series).toEqual({ count: null, isEndless: true, booked: 3, bookedUntil: last });
  const waiting = await taskNow();
  expect(waiting.state).toBe('waiting');
  expect(waiting.wakesAt!.getTime()).toBeLessThan(held.at(-1)!.startsAt.getTime());

  const end = (visits: number, version = waiting.version) =>
    anna.post(`/api/tasks/${id}/series-end`, { visits }, version);
  expect((await end(2)).body).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
  expect((await end(3, waiting.version + 1)).status).toBe(412);
  expect(QueueTask.parse((await end(3)).body)).toMatchObject({ state: 'booked', wakesAt: null });
  expect((await proposals()).series).toMatchObject({ count: 3, isEndless: true });
});
