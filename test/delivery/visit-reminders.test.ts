import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { cancelBooking } from '../../src/appointments/cancel.ts';
import { remindOfVisits } from '../../src/delivery/visit-reminders.ts';
import type { LocalDate } from '../../src/followup/calendar/local-date.ts';
import { localTime, stockholmClockAt, stockholmInstant } from '../../src/followup/calendar/local-time.ts';
import { addWorkingDays } from '../../src/followup/calendar/swedish-days.ts';
import type { AdminTask } from '../../src/storage/repositories/admin-tasks.ts';
import {
  type Appointment,
  appointmentsOfTasks,
  moveAppointments,
} from '../../src/storage/repositories/appointments.ts';
import { deliveriesOf } from '../../src/storage/repositories/deliveries.ts';
import { type Letter, lettersOfChain } from '../../src/storage/repositories/letters.ts';
import { asAdministrator } from '../appointments/planted-chain.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type LetterClinic, plantBooked, plantLetterClinic, sendLetter } from './planted-letter.ts';

const DAYS_AHEAD = 20;

let cluster: TestCluster;
let database: TestDatabase;
let planted: LetterClinic;
let task: AdminTask;
let visit: Appointment;

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  database = await cluster.fresh();
  planted = await plantLetterClinic(database.storage);
  task = await plantBooked(database.storage, planted, DAYS_AHEAD);
  visit = await visitNow();
});

const staff = <Result>(work: Parameters<typeof asAdministrator<Result>>[2]) =>
  asAdministrator(database.storage, planted.clinic, work);

async function visitNow(): Promise<Appointment> {
  return (await staff((transaction) => appointmentsOfTasks(transaction, [task.id])))[0]!;
}

/** So many working days before a visit, at a time of the day. */
function before({ startsAt }: Pick<Appointment, 'startsAt'>, workingDays: number, hour: number): Date {
  const day: LocalDate = addWorkingDays(stockholmClockAt(startsAt.getTime()).date, -workingDays);
  return new Date(stockholmInstant(day, localTime(hour, 0)!).instantMs);
}

const round = (now: Date) => remindOfVisits({ storage: database.storage, publicUrl: 'https://tider.klinik.test' }, now);

async function reminders(): Promise<Letter[]> {
  const letters = await staff((transaction) => lettersOfChain(transaction, task.chainId));
  return letters.filter(({ kind }) => kind === 'paminnelse');
}

test('a patient is reminded once, two working days before, by day, and by a notice alone', async () => {
  await round(before(visit, 3, 12));
  await round(before(visit, 2, 7));
  expect(await reminders()).toEqual([]);
  const now = before(visit, 2, 10);
  await Promise.all([round(now), round(now)]);
  await round(before(visit, 1, 10));
  const [reminder, ...others] = await reminders();
  expect(others).toEqual([]);
  expect(reminder!.contents.visits).toMatchObject([{ startsAt: visit.startsAt.toISOString() }]);
  const ways = await staff((transaction) => deliveriesOf(transaction, [reminder!.id]));
  expect(ways.map(({ channel }) => channel)).toEqual(['page', 'notice']);
});

test('what was missed for a day is made up for, and each unit says when, or never', async () => {
  const setDays = (days: number | null) =>
    database.storage.plain.updateTable('units').set({ remindVisitsDays: days }).execute();
  await setDays(null);
  await round(before(visit, 1, 10));
  expect(await reminders()).toEqual([]);
  await setDays(5);
  await round(before(visit, 6, 10));
  expect(await reminders()).toEqual([]);
  await round(before(visit, 4, 10));
  expect(await reminders()).toHaveLength(1);
});

test('a visit that is moved is reminded of at its new time, and no more of the old one', async () => {
  await round(before(visit, 2, 10));
  const moved = new Date(visit.startsAt.getTime() + 14 * 24 * 3_600_000);
  await staff((transaction) =>
    moveAppointments(transaction, [
      {
        appointment: visit,
        to: { ...visit, startsAt: moved, endsAt: new Date(moved.getTime() + 3_600_000), moveReason: 'clinic' },
      },
    ]),
  );
  expect((await reminders()).map(({ state }) => state)).toEqual(['stopped']);
  await round(before(visit, 1, 10));
  expect(await reminders()).toHaveLength(1);
  await round(before({ startsAt: moved }, 2, 10));
  const [latest] = await reminders();
  expect(latest!.contents.visits).toMatchObject([{ startsAt: moved.toISOString() }]);
});

test('a visit that is cancelled is not reminded of, and what was under way stops', async () => {
  await round(before(visit, 2, 10));
  const under = (await reminders())[0]!;
  const { version, id } = await visitNow();
  await staff((transaction) =>
    cancelBooking(transaction, { id, version }, { reason: 'patient', note: null, task: 'requeue' }),
  );
  const ways = await staff((transaction) => deliveriesOf(transaction, [under.id]));
  expect(ways.map(({ state }) => state)).toEqual(['stopped', 'stopped']);

  task = await plantBooked(database.storage, planted, DAYS_AHEAD + 10);
  const last = await visitNow();
  await staff((transaction) => cancelBooking(transaction, last, { reason: 'patient', note: null, task: 'requeue' }));
  await round(before(last, 1, 10));
  expect(await reminders()).toEqual([]);
});

test('who was told within the time of the reminder is not reminded; a unit without a phone is tried once', async () => {
  await sendLetter(database.storage, planted, task);
  // As if the letter had gone out on the day of the reminder.
  const late = new Date(Date.now() + 24 * 3_600_000);
  const soon = await plantSoon(late);
  await sendLetter(database.storage, planted, soon);
  task = soon;
  await round(before(await visitNow(), 1, 10));
  expect(await reminders()).toEqual([]);

  await database.storage.plain.updateTable('units').set({ phone: null }).execute();
  const unreachable = await plantBooked(database.storage, planted, DAYS_AHEAD + 15);
  task = unreachable;
  const { startsAt } = await visitNow();
  await round(before({ startsAt }, 1, 10));
  await round(before({ startsAt }, 1, 11));
  const { rows } = await database.owner.query('select problem from visit_reminders where problem is not null');
  expect(rows).toEqual([{ problem: 'STATE_NOT_ALLOWED' }]);
});

/** A visit so near that its letter comes within the time of the reminder. */
async function plantSoon(at: Date): Promise<AdminTask> {
  const days = Math.max(2, Math.ceil((at.getTime() - Date.now()) / 86_400_000) + 1);
  await database.storage.plain.updateTable('units').set({ remindVisitsDays: 10 }).execute();
  return plantBooked(database.storage, planted, days);
}
