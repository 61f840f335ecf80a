import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bookReserved, bookTimes, reserveTimes } from '../../src/appointments/book.ts';
import { cancelBooking, whatGoesAlong } from '../../src/appointments/cancel.ts';
import { findTimes } from '../../src/appointments/find.ts';
import { moveAppointment } from '../../src/appointments/move.ts';
import { endSeries } from '../../src/appointments/series-end.ts';
import type { Placement } from '../../src/booking/placing.ts';
import { reasonsFor } from '../../src/booking/reasons.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { type AdminTask, claimTask, taskById, wakeTask } from '../../src/storage/repositories/admin-tasks.ts';
import { type Appointment, appointmentsOfTasks } from '../../src/storage/repositories/appointments.ts';
import { type Clinic, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { plantCalendar } from '../storage/planted-calendar.ts';
import { asAdministrator, NOW_MS, plantChain } from './planted-chain.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  clinic = await plantClinic(database.storage);
  await plantCalendar(database.storage, clinic);
});

/** Every month, four visits, each with a test a week before. */
const VISITS: FollowUpRequest = {
  id: 'R1',
  type: 'aterbesok',
  role: 'lakare',
  time: { kind: 'om', expr: 'varje månad', target: '2026-04-14', mal_datum: '2026-04-14' },
  series: { interval: 'P1M', count: 4 },
};
const TESTS: FollowUpRequest = {
  id: 'R2',
  type: 'provtagning',
  before: 'R1',
  time: { kind: 'relativ', expr: 'en vecka innan', offset: '-P1W' },
  series: { follows: 'R1' },
};
const DAYS = ['2026-04-14', '2026-05-13', '2026-06-15', '2026-07-14'];

const booking = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>) =>
  asAdministrator(database.storage, clinic, work);
const seen = ({ id: taskId, version }: AdminTask) => ({ taskId, version });
const dayOf = ({ startsAt }: Appointment) => stockholmClockAt(startsAt.getTime()).date;
const days = (made: readonly Appointment[], type = 'aterbesok') =>
  made
    .filter((one) => one.type === type)
    .map(dayOf)
    .sort();

function timesIn({ visits }: Placement, most = 12) {
  return visits
    .map(({ fit: { need }, performerId, startMs }) => ({
      taskId: need.taskId,
      occasion: need.occasion,
      performerId,
      startMs,
    }))
    .filter(({ occasion = 1 }) => occasion <= most);
}

async function best(taskId: string): Promise<Placement> {
  const { proposals } = await booking((transaction) => findTimes(transaction, taskId, NOW_MS));
  return proposals[0]!;
}

async function bookFirst(tasks: readonly AdminTask[], most: number): Promise<Appointment[]> {
  const times = timesIn(await best(tasks[0]!.id), most);
  return booking((transaction) => bookTimes(transaction, seen(tasks[0]!), { times, givesUp: [] }, NOW_MS));
}

const now = (tasks: readonly AdminTask[]) =>
  booking(async (transaction) => {
    const states: AdminTask[] = [];
    for (const { id } of tasks) states.push(await taskById(transaction, id));
    return states;
  });

const held = (tasks: readonly AdminTask[]) =>
  booking((transaction) =>
    appointmentsOfTasks(
      transaction,
      tasks.map(({ id }) => id),
    ),
  );

describe('a series', () => {
  test('is proposed as all of its visits, each near its interval, with what hangs on each', async () => {
    const tasks = await plantChain(database.storage, clinic, [VISITS, TESTS]);
    const placement = await best(tasks[0]!.id);
    expect(placement.visits.filter(({ fit }) => fit.need.type === 'aterbesok').map(({ date }) => date)).toEqual(DAYS);
    expect(placement.visits).toHaveLength(8);
    expect(reasonsFor(placement, stockholmClockAt(NOW_MS).date)).toEqual([
      'Provtagning en vecka före',
      'På måldatum, tis 14 april',
      'En månad mellan besöken, ± en dag',
    ]);
  });

  test('is held and booked as one: all of its visits, or none', async () => {
    const tasks = await plantChain(database.storage, clinic, [VISITS, TESTS]);
    const times = timesIn(await best(tasks[0]!.id));
    const reserved = await booking((transaction) =>
      reserveTimes(transaction, seen(tasks[0]!), { times, givesUp: [] }, NOW_MS),
    );
    expect(reserved).toHaveLength(8);
    const made = await booking((transaction) => bookReserved(transaction, seen(tasks[0]!), NOW_MS));
    expect(days(made)).toEqual(DAYS);
    expect((await now(tasks)).map(({ state }) => state)).toEqual(['booked', 'booked']);

    const others = await plantChain(database.storage, clinic, [VISITS]);
    const taken = timesIn(await best(others[0]!.id)).map((time, index) =>
      index === 3 ? { ...time, startMs: made.find(({ occasion }) => occasion === 4)!.startsAt.getTime() } : time,
    );
    const refused = booking((transaction) =>
      bookTimes(transaction, seen(others[0]!), { times: taken, givesUp: ['early', 'late'] }, NOW_MS),
    );
    await expect(refused).rejects.toMatchObject({ code: 'TIME_NOT_OFFERED' });
    expect(await held(others)).toEqual([]);
  });

  test('of which the first visits are booked waits, and comes back in time for the next', async () => {
    const tasks = await plantChain(database.storage, clinic, [VISITS, TESTS]);
    expect(days(await bookFirst(tasks, 2))).toEqual(DAYS.slice(0, 2));
    const waiting = await now(tasks);
    expect(waiting.map(({ state, claimedBy }) => [state, claimedBy])).toEqual(Array(2).fill(['waiting', null]));
    // Half an interval before the third, at six in the morning.
    expect(waiting.map(({ wakesAt }) => wakesAt!.toISOString())).toEqual(Array(2).fill('2026-05-30T04:00:00.000Z'));

    await booking(async (transaction) => {
      await wakeTask(transaction, tasks[0]!.id, waiting[0]!.version);
      await claimTask(transaction, tasks[0]!.id);
    });
    const [visit] = await now(tasks);
    const rest = await best(visit!.id);
    expect(rest.visits.map(({ fit }) => fit.need.occasion).sort()).toEqual([3, 3, 4, 4]);
    const times = timesIn(rest);
    await booking((transaction) => bookTimes(transaction, seen(visit!), { times, givesUp: [] }, NOW_MS));
    expect((await now(tasks)).map(({ state }) => state)).toEqual(['booked', 'booked']);
    expect(days(await held(tasks))).toEqual(DAYS);
  });

  test('keeps the others when one is moved', async () => {
    const tasks = await plantChain(database.storage, clinic, [VISITS, TESTS]);
    const made = await bookFirst(tasks, 4);
    const second = made.find(({ occasion, type }) => occasion === 2 && type === 'aterbesok')!;
    const to = { performerId: second.performerId, startMs: Date.parse('2026-05-18T09:00:00+02:00'), givesUp: [] };
    const moved = await booking((transaction) => moveAppointment(transaction, second, to, NOW_MS));
    expect(days(moved)).toEqual(['2026-05-18']);
    expect(days(await held(tasks))).toEqual([DAYS[0], '2026-05-18', DAYS[2], DAYS[3]]);
  });

  test('gives back the task of one that is cancelled, with its test alone, and the others stand', async () => {
    const tasks = await plantChain(database.storage, clinic, [VISITS, TESTS]);
    const made = await bookFirst(tasks, 4);
    const third = made.find(({ occasion, type }) => occasion === 3 && type === 'aterbesok')!;
    const { along, remarks } = await booking((transaction) => whatGoesAlong(transaction, third.id));
    expect([days(along, 'provtagning'), remarks]).toEqual([['2026-06-08'], ['Seriens 3 andra besök ligger kvar']]);
    await booking((transaction) =>
      cancelBooking(transaction, third, { reason: 'patient', note: null, task: 'requeue' }),
    );
    expect((await now(tasks)).map(({ state }) => state)).toEqual(['new', 'new']);
    expect(days(await held(tasks))).toEqual([DAYS[0], DAYS[1], DAYS[3]]);
    const again = await best(tasks[0]!.id);
    expect(again.visits.map(({ fit }) => fit.need.occasion)).toEqual([3, 3]);
    expect(again.visits[1]!.date).toBe(DAYS[2]);
  });

  test('stays booked where one visit is given up, and ends with the last', async () => {
    const tasks = await plantChain(database.storage, clinic, [{ ...VISITS, series: { interval: 'P1M', count: 2 } }]);
    for (const [index, made] of (await bookFirst(tasks, 2)).entries()) {
      await booking((transaction) =>
        cancelBooking(transaction, made, { reason: 'patient', note: null, task: 'close' }),
      );
      expect((await now(tasks))[0]!.state).toBe(index === 0 ? 'booked' : 'cancelled');
    }
  });

  test('without an end is booked for a year, waits until before the last visit, and goes on from there', async () => {
    const tasks = await plantChain(database.storage, clinic, [{ ...VISITS, series: { interval: 'P3M' } }, TESTS]);
    const made = await bookFirst(tasks, 12);
    expect(days(made)).toEqual(['2026-04-14', '2026-07-14', '2026-10-14', '2027-01-14']);
    const waiting = await now(tasks);
    // Six weeks before the last, at six in the morning.
    expect(waiting.map(({ state, wakesAt }) => [state, wakesAt!.toISOString()])).toEqual(
      Array(2).fill(['waiting', '2026-12-03T05:00:00.000Z']),
    );
    await booking(async (transaction) => {
      await wakeTask(transaction, tasks[0]!.id, waiting[0]!.version);
      await claimTask(transaction, tasks[0]!.id);
    });
    const rest = await best(tasks[0]!.id);
    expect([...new Set(rest.visits.map(({ fit }) => fit.need.occasion))]).toEqual([5, 6, 7, 8]);
  });

  test('without an end has one when staff say how many visits it is, and is booked with the last', async () => {
    const tasks = await plantChain(database.storage, clinic, [{ ...VISITS, series: { interval: 'P3M' } }, TESTS]);
    await bookFirst(tasks, 2);
    const end = async (visits: number) => {
      const [task] = await now(tasks);
      await booking((transaction) => endSeries(transaction, seen(task!), visits));
      return (await now(tasks)).map(({ state }) => state);
    };
    await expect(end(1)).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await end(3)).toEqual(['waiting', 'waiting']);
    expect(await end(2)).toEqual(['booked', 'booked']);
    await expect(end(3)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
    const ordained = await plantChain(database.storage, clinic, [VISITS]);
    await expect(booking((transaction) => endSeries(transaction, seen(ordained[0]!), 2))).rejects.toMatchObject({
      code: 'STATE_NOT_ALLOWED',
    });
  });
});
