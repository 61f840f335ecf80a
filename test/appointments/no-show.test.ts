import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { bookTimes } from '../../src/appointments/book.ts';
import { markNoShow, takeBackNoShow } from '../../src/appointments/no-show.ts';
import type { NoShowBody } from '../../src/contracts/no-show-api.ts';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { type AdminTask, claimTask, taskById } from '../../src/storage/repositories/admin-tasks.ts';
import { type Appointment, appointmentById } from '../../src/storage/repositories/appointments.ts';
import { noShowsOf } from '../../src/storage/repositories/no-shows.ts';
import { listQuestions } from '../../src/storage/repositories/questions.ts';
import { type Clinic, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { bookHour, type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';
import { asAdministrator, NOW_MS, plantChain, VISIT } from './planted-chain.ts';

const VISIT_AT = '2026-04-21T08:00:00+02:00';
const AFTER_MS = Date.parse(VISIT_AT) + 1_800_000;

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let calendar: PlantedCalendar;
let task: AdminTask;
let visit: Appointment;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  clinic = await plantClinic(database.storage);
  calendar = await plantCalendar(database.storage, clinic);
  const [planted] = (await plantChain(database.storage, clinic, [VISIT])) as [AdminTask];
  const time = { taskId: planted.id, performerId: calendar.doctorId, startMs: Date.parse(VISIT_AT) };
  const [made] = await staff((transaction) =>
    bookTimes(transaction, { taskId: planted.id, version: planted.version }, { times: [time], givesUp: [] }, NOW_MS),
  );
  task = planted;
  visit = made!;
});

const staff = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>) =>
  asAdministrator(database.storage, clinic, work);
const mark = (chosen: NoShowBody, atMs = AFTER_MS) =>
  staff((transaction) => markNoShow(transaction, visit, chosen, atMs));
const taskNow = () => staff((transaction) => taskById(transaction, task.id));
const takeBack = (seen: Pick<Appointment, 'id' | 'version'>) =>
  staff((transaction) => takeBackNoShow(transaction, seen));
const encounterState = async () =>
  (await database.owner.query('select state from encounters where id = $1', [visit.encounterId])).rows[0].state;

test('a missed visit gives its task back to the queue, and counts', async () => {
  expect(await mark({ next: 'requeue' })).toMatchObject({ state: 'no_show' });
  expect(await taskNow()).toMatchObject({ state: 'new', claimedBy: null });
  expect(await encounterState()).toBe('missed');
  expect(await staff((transaction) => noShowsOf(transaction, clinic.patientId))).toEqual({
    count: 1,
    latest: visit.startsAt,
  });
});

test('closes its task where nothing more is done, with the reason', async () => {
  await mark({ next: 'close', note: 'Uteblev för tredje gången' });
  expect(await taskNow()).toMatchObject({ state: 'cancelled', cancelNote: 'Uteblev för tredje gången' });
});

test('is asked about at whoever ordained it', async () => {
  await mark({ next: 'ask', text: 'Ska vi kalla igen?' });
  expect(await taskNow()).toMatchObject({ state: 'question' });
  const [question] = await staff((transaction) => listQuestions(transaction, { taskId: task.id }));
  expect(question).toMatchObject({ toStaffId: clinic.doctor.id, text: 'Ska vi kalla igen?', state: 'open' });
});

test('is taken back on the same day, with its task and its place in the clinician’s day', async () => {
  const missed = await mark({ next: 'requeue' });
  expect(await takeBack(missed)).toMatchObject({ state: 'booked', startsAt: visit.startsAt });
  expect(await taskNow()).toMatchObject({ state: 'booked' });
  expect(await encounterState()).toBe('planned');
  expect(await staff((transaction) => noShowsOf(transaction, clinic.patientId))).toEqual({ count: 0, latest: null });
});

test('is not taken back once somebody works on it, it is closed, or the day is over', async () => {
  const missed = await mark({ next: 'requeue' });
  await staff((transaction) => claimTask(transaction, task.id));
  await expect(takeBack(missed)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED', got: 'claimed' });
  expect((await staff((transaction) => appointmentById(transaction, visit.id))).state).toBe('no_show');

  const alone = await staff((transaction) => bookHour(transaction, clinic, calendar, '2026-04-22T06:00:00Z'));
  const late = await staff((transaction) =>
    markNoShow(transaction, alone, { next: 'close', note: 'Uteblev' }, Date.parse('2026-04-23T06:00:00Z')),
  );
  await database.owner.query('alter table appointments disable trigger user');
  await database.owner.query("update appointments set updated_at = updated_at - interval '1 day' where id = $1", [
    late.id,
  ]);
  await database.owner.query('alter table appointments enable trigger user');
  await expect(takeBack(late)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
});

test('is none while it lies ahead, nor twice', async () => {
  await expect(mark({ next: 'requeue' }, NOW_MS)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
  await mark({ next: 'requeue' });
  await expect(mark({ next: 'requeue' })).rejects.toMatchObject({ code: 'CONFLICT' });
});
