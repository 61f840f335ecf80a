import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bookReserved, bookTimes, releaseTimes, reserveTimes } from '../../src/appointments/book.ts';
import { cancelBooking } from '../../src/appointments/cancel.ts';
import type { Choice } from '../../src/appointments/choose.ts';
import { findOtherTimes, findTimes } from '../../src/appointments/find.ts';
import { moveAppointment } from '../../src/appointments/move.ts';
import { wishesIn } from '../../src/booking/wishes.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { type AdminTask, claimTask, taskById } from '../../src/storage/repositories/admin-tasks.ts';
import { type Appointment, appointmentsOfTasks } from '../../src/storage/repositories/appointments.ts';
import { createClosure } from '../../src/storage/repositories/calendar-setup.ts';
import { type Clinic, CONTEXT, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';
import { asAdministrator, LAB, NOW_MS, plantChain, VISIT } from './planted-chain.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let calendar: PlantedCalendar;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  clinic = await plantClinic(database.storage);
  calendar = await plantCalendar(database.storage, clinic);
});

const booking = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>) =>
  asAdministrator(database.storage, clinic, work);
const plant = (requests?: readonly FollowUpRequest[]) => plantChain(database.storage, clinic, requests);
const seen = ({ id: taskId, version }: AdminTask) => ({ taskId, version });
const local = (appointments: readonly Appointment[]) =>
  appointments.map(({ startsAt }) => startsAt.toISOString().slice(0, 16)).sort();

/** By the clock of April, two hours ahead of UTC. */
function chosen([visit, lab]: readonly AdminTask[], visitAt: string, labAt: string): Choice {
  const time = (task: AdminTask, performerId: string, when: string) => ({
    taskId: task.id,
    performerId,
    startMs: Date.parse(`${when.replace(' ', 'T')}:00+02:00`),
  });
  return { times: [time(visit!, calendar.doctorId, visitAt), time(lab!, calendar.labId, labAt)], givesUp: [] };
}

async function statesOf(tasks: readonly AdminTask[]): Promise<string[]> {
  return booking(async (transaction) => {
    const states: string[] = [];
    for (const { id } of tasks) states.push((await taskById(transaction, id)).state);
    return states;
  });
}

async function booked(tasks: readonly AdminTask[], visitAt = '2026-04-21 08:00', labAt = '2026-04-14 08:00') {
  return booking((transaction) => bookTimes(transaction, seen(tasks[0]!), chosen(tasks, visitAt, labAt), NOW_MS));
}

describe('a task and the test that hangs on it', () => {
  test('are proposed together, and booked as proposed', async () => {
    const tasks = await plant();
    const { proposals, problem } = await booking((transaction) => findTimes(transaction, tasks[0]!.id, NOW_MS));
    expect(problem).toBeNull();
    const times = proposals[0]!.visits.map(({ fit, performerId, startMs }) => ({
      taskId: fit.need.taskId,
      performerId,
      startMs,
    }));
    const made = await booking((transaction) =>
      bookTimes(transaction, seen(tasks[0]!), { times, givesUp: [] }, NOW_MS),
    );
    expect(local(made)).toEqual(['2026-04-14T06:00', '2026-04-21T06:00']);
    expect(await statesOf(tasks)).toEqual(['booked', 'booked']);
    expect(new Set(made.map(({ chainId }) => chainId))).toEqual(new Set([tasks[0]!.chainId]));
  });

  test('are held, and booked as they are held', async () => {
    const tasks = await plant();
    const choice = chosen(tasks, '2026-04-21 08:00', '2026-04-14 08:00');
    const reserved = await booking((transaction) => reserveTimes(transaction, seen(tasks[0]!), choice, NOW_MS));
    expect(reserved.map(({ state }) => state)).toEqual(['reserved', 'reserved']);
    expect(reserved[0]!.reservedUntil).toEqual(new Date(NOW_MS + 600_000));
    expect(await statesOf(tasks)).toEqual(['claimed', 'claimed']);
    const made = await booking((transaction) => bookReserved(transaction, seen(tasks[0]!), NOW_MS));
    expect(made.map(({ state, reservedUntil }) => [state, reservedUntil])).toEqual(Array(2).fill(['booked', null]));
    expect(await statesOf(tasks)).toEqual(['booked', 'booked']);
  });

  test('are held anew in place of what was held, and let go', async () => {
    const tasks = await plant();
    for (const time of ['2026-04-21 08:00', '2026-04-21 09:00']) {
      const choice = chosen(tasks, time, '2026-04-14 08:00');
      await booking((transaction) => reserveTimes(transaction, seen(tasks[0]!), choice, NOW_MS));
    }
    const ids = tasks.map(({ id }) => id);
    const held = await booking((transaction) => appointmentsOfTasks(transaction, ids));
    expect(local(held)).toEqual(['2026-04-14T06:00', '2026-04-21T07:00']);
    await booking((transaction) => releaseTimes(transaction, seen(tasks[0]!)));
    expect(await booking((transaction) => appointmentsOfTasks(transaction, ids))).toEqual([]);
    const nothing = booking((transaction) => bookReserved(transaction, seen(tasks[0]!), NOW_MS));
    await expect(nothing).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED', got: '0' });
  });

  test('are booked both or not at all', async () => {
    const others = await plant();
    await booked(others, '2026-04-20 08:00', '2026-04-14 08:00');
    const tasks = await plant();
    await expect(booked(tasks)).rejects.toMatchObject({ code: 'TIME_NOT_OFFERED' });
    expect(await statesOf(tasks)).toEqual(['claimed', 'new']);
    expect(
      await booking((transaction) =>
        appointmentsOfTasks(
          transaction,
          tasks.map(({ id }) => id),
        ),
      ),
    ).toEqual([]);
  });

  test('are not booked in the wrong order, nor past måldatum unless that is named', async () => {
    const tasks = await plant();
    await expect(booked(tasks, '2026-04-20 08:00', '2026-04-21 08:00')).rejects.toMatchObject({ code: 'CHAIN_BROKEN' });
    await expect(booked(tasks, '2026-04-22 08:00', '2026-04-15 08:00')).rejects.toMatchObject({
      code: 'TIME_NOT_OFFERED',
      expected: 'givesUp with late',
    });
    const named: Choice = { ...chosen(tasks, '2026-04-22 08:00', '2026-04-15 08:00'), givesUp: ['late'] };
    const made = await booking((transaction) => bookTimes(transaction, seen(tasks[0]!), named, NOW_MS));
    expect(made.flatMap(({ givesUp }) => givesUp)).toEqual(['late']);
  });

  test('are booked by who works on the task, in the version that was seen, while nobody else has the test', async () => {
    const tasks = await plant();
    const choice = chosen(tasks, '2026-04-21 08:00', '2026-04-14 08:00');
    const stale = { taskId: tasks[0]!.id, version: 1 };
    await expect(booking((transaction) => bookTimes(transaction, stale, choice, NOW_MS))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    await expect(
      database.storage.withAudit(clinic.doctor, CONTEXT, (transaction) =>
        bookTimes(transaction, seen(tasks[0]!), choice, NOW_MS),
      ),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(
      booking((transaction) => bookTimes(transaction, seen(tasks[1]!), choice, NOW_MS)),
    ).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
    await database.storage.withAudit(clinic.doctor, CONTEXT, (transaction) => claimTask(transaction, tasks[1]!.id));
    await expect(booked(tasks)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('that nothing fits are told what would have to be given up', async () => {
    const tasks = await plant();
    await booking((transaction) =>
      createClosure(transaction, {
        unitId: clinic.unitId,
        resourceId: null,
        firstDay: '2026-03-10',
        lastDay: '2026-04-21',
        fromMinute: null,
        untilMinute: null,
        reason: 'Ombyggnad',
      }),
    );
    const { proposals, alternatives } = await booking((transaction) => findTimes(transaction, tasks[0]!.id, NOW_MS));
    expect(proposals).toEqual([]);
    expect(alternatives.map(({ givesUp }) => wishesIn(givesUp))).toEqual(Array(5).fill(['late']));
    expect(alternatives[0]!.visits[0]!.date >= '2026-04-22').toBe(true);
  });
});

describe('an appointment that is moved', () => {
  const move = (appointment: Appointment, when: string, givesUp: Choice['givesUp'] = []) =>
    booking((transaction) =>
      moveAppointment(
        transaction,
        appointment,
        { performerId: appointment.performerId, startMs: Date.parse(`${when.replace(' ', 'T')}:00+02:00`), givesUp },
        NOW_MS,
      ),
    );
  const visitOf = (made: readonly Appointment[]) => made.find(({ type }) => type === 'aterbesok')!;

  test('leaves its test where it is, if they still go together', async () => {
    const made = await booked(await plant());
    const moved = await move(visitOf(made), '2026-04-20 09:00');
    expect(local(moved)).toEqual(['2026-04-20T07:00']);
  });

  test('takes its test along where they do not', async () => {
    const made = await booked(await plant());
    const moved = await move(visitOf(made), '2026-05-05 09:00', ['late']);
    expect(local(moved)).toEqual(['2026-04-28T06:00', '2026-05-05T07:00']);
    expect(moved.every(({ version }) => version === 2)).toBe(true);
  });

  test('stays with all of its chain where the test cannot come along, and the reason is told', async () => {
    const tasks = await plant();
    const made = await booked(tasks);
    await booking((transaction) =>
      createClosure(transaction, {
        unitId: clinic.unitId,
        resourceId: calendar.labId,
        firstDay: '2026-04-22',
        lastDay: '2026-06-30',
        fromMinute: null,
        untilMinute: null,
        reason: 'Ombyggnad',
      }),
    );
    await expect(move(visitOf(made), '2026-05-05 09:00', ['late'])).rejects.toMatchObject({
      code: 'CHAIN_BROKEN',
      got: expect.stringMatching(/Provtagning .* i stället för en vecka/),
    });
    const now = await booking((transaction) =>
      appointmentsOfTasks(
        transaction,
        tasks.map(({ id }) => id),
      ),
    );
    expect(local(now)).toEqual(['2026-04-14T06:00', '2026-04-21T06:00']);
    const moved = await move(visitOf(made), '2026-05-05 09:00', ['late', 'offset']);
    expect(local(moved)).toEqual(['2026-04-21T06:00', '2026-05-05T07:00']);
  });

  test('is proposed other times, with its test where it is', async () => {
    const made = await booked(await plant());
    const { id, taskId } = visitOf(made);
    const { proposals } = await booking((transaction) => findOtherTimes(transaction, { id, taskId: taskId! }, NOW_MS));
    expect(proposals.length).toBeGreaterThan(1);
    expect(proposals.every(({ visits }) => visits.length === 1)).toBe(true);
  });

  test('is not moved past måldatum in silence, nor onto somebody else', async () => {
    const made = await booked(await plant());
    await expect(move(visitOf(made), '2026-04-22 08:00')).rejects.toMatchObject({ code: 'TIME_NOT_OFFERED' });
    await booked(await plant(), '2026-04-20 08:00', '2026-04-13 08:00');
    await expect(move(visitOf(made), '2026-04-20 08:00')).rejects.toMatchObject({ code: 'TIME_NOT_OFFERED' });
  });
});

describe('an appointment that is cancelled', () => {
  test('takes what hangs on it along, and the tasks go back to the queue', async () => {
    const tasks = await plant();
    const made = await booked(tasks);
    const visit = made.find(({ type }) => type === 'aterbesok')!;
    const { appointments, remarks } = await booking((transaction) =>
      cancelBooking(transaction, visit, { reason: 'patient', note: null, task: 'requeue' }),
    );
    expect(appointments.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    expect(remarks).toEqual([]);
    expect(await statesOf(tasks)).toEqual(['new', 'new']);
    await booking((transaction) => claimTask(transaction, tasks[0]!.id));
    const again = await booking(async (transaction) => {
      const { version } = await taskById(transaction, tasks[0]!.id);
      const choice = chosen(tasks, '2026-04-21 08:00', '2026-04-14 08:00');
      return bookTimes(transaction, { taskId: tasks[0]!.id, version }, choice, NOW_MS);
    });
    expect(again).toHaveLength(2);
  });

  test('leaves what it hangs on, and says so', async () => {
    const tasks = await plant();
    const made = await booked(tasks);
    const lab = made.find(({ type }) => type === 'provtagning')!;
    const { appointments, remarks } = await booking((transaction) =>
      cancelBooking(transaction, lab, { reason: 'patient', note: null, task: 'close' }),
    );
    expect(appointments).toHaveLength(1);
    expect(remarks).toEqual(['Återbesök ligger kvar utan provtagning']);
    expect(await statesOf(tasks)).toEqual(['booked', 'cancelled']);
  });
});

test('a visit alone needs no test: what a note asks for beside it is not its chain', async () => {
  const alone = { ...LAB, before: undefined, time: VISIT.time! } as FollowUpRequest;
  const tasks = await plant([VISIT, alone]);
  const { chain } = await booking((transaction) => findTimes(transaction, tasks[0]!.id, NOW_MS));
  expect(chain.tasks.map(({ id }) => id)).toEqual([tasks[0]!.id]);
});
