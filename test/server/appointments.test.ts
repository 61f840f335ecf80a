import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  AppointmentDetail,
  CalendarView,
  ChangedAppointments,
  TaskTimes,
  TimeProposals,
} from '../../src/contracts/appointments-api.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { QueueTask } from '../../src/contracts/queue-api.ts';
import { addDays, type LocalDate } from '../../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { nextWorkingDay } from '../../src/followup/calendar/swedish-days.ts';
import type { AdminTask } from '../../src/storage/repositories/admin-tasks.ts';
import { LAB, plantChain, VISIT } from '../appointments/planted-chain.ts';
import { type Clinic, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';
import { type Requests, requestsAs } from './queue-requests.ts';
import { runApp } from './running-app.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let calendar: PlantedCalendar;
let anna: Requests;

beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  database = await cluster.fresh();
  const { storage } = database;
  clinic = await plantClinic(storage);
  calendar = await plantCalendar(storage, clinic);
  const { app } = await runApp({ clinic: { storage } });
  anna = await requestsAs(app, storage, clinic.administrator.id);
});

const today = stockholmClockAt(Date.now()).date;
/** The working day after six weeks: it cannot be in the past while the test runs. */
const target: LocalDate = nextWorkingDay(addDays(today, 42));

const inSixWeeks: FollowUpRequest = {
  ...VISIT,
  time: { kind: 'om', expr: 'om sex veckor', target, mal_datum: target },
};

async function plantedTasks(): Promise<AdminTask[]> {
  return plantChain(database.storage, clinic, [inSixWeeks, LAB]);
}

async function proposalsOf(taskId: string) {
  return TimeProposals.parse((await anna.get(`/api/tasks/${taskId}/proposals`)).body);
}

/** The best proposal of a task, as it is posted. */
async function bestChoice(taskId: string) {
  const [best] = (await proposalsOf(taskId)).proposals;
  const visits = best!.visits.map((visit) => ({
    taskId: visit.taskId,
    performerId: visit.performer.id,
    startsAt: visit.startsAt.toISOString(),
  }));
  return { visits, givesUp: [] };
}

async function bookedTasks(): Promise<{ tasks: AdminTask[]; booked: TaskTimes }> {
  const tasks = await plantedTasks();
  const [{ id, version }] = tasks as [AdminTask];
  const answer = await anna.post(`/api/tasks/${id}/booking`, { what: 'chosen', ...(await bestChoice(id)) }, version);
  expect(answer.status).toBe(201);
  return { tasks, booked: TaskTimes.parse(answer.body) };
}

describe('times for a task', () => {
  test('are proposed with their reasons in words', async () => {
    const [task] = await plantedTasks();
    const { proposals, alternatives, problem, held } = await proposalsOf(task!.id);
    expect({ problem, alternatives, held }).toEqual({ problem: null, alternatives: [], held: [] });
    expect(proposals[0]!.visits.map(({ visitType, performer }) => [visitType.name, performer.name])).toEqual([
      ['Provtagning', 'Laboratoriet'],
      ['Återbesök läkare', 'Elin Lind'],
    ]);
    expect(proposals[0]!.reasons[0]).toMatch(/^Provtagning .* före$/);
    expect(proposals[0]!.reasons[1]).toMatch(/^På måldatum, /);
  });

  test('are held, shown as held, booked, and shown as booked', async () => {
    const [{ id, version }] = (await plantedTasks()) as [AdminTask];
    const answer = await anna.post(`/api/tasks/${id}/reservation`, await bestChoice(id), version);
    const reserved = TaskTimes.parse(answer.body);
    expect(reserved.appointments.map(({ state }) => state)).toEqual(['reserved', 'reserved']);
    expect((await proposalsOf(id)).held).toHaveLength(2);
    const booked = TaskTimes.parse((await anna.post(`/api/tasks/${id}/booking`, { what: 'reserved' }, version)).body);
    expect(booked.appointments.map(({ state }) => state)).toEqual(['booked', 'booked']);
    expect(booked.version).toBe(version + 1);
  });

  test('need the version that was seen, and the claim of who books', async () => {
    const [{ id, version }, { id: labId, version: labVersion }] = (await plantedTasks()) as [AdminTask, AdminTask];
    const choice = { what: 'chosen', ...(await bestChoice(id)) };
    expect((await anna.post(`/api/tasks/${id}/booking`, choice)).status).toBe(428);
    expect((await anna.post(`/api/tasks/${id}/booking`, choice, version + 1)).status).toBe(412);
    expect((await anna.post(`/api/tasks/${labId}/booking`, choice, labVersion)).body).toMatchObject({
      status: 409,
      code: 'STATE_NOT_ALLOWED',
    });
  });

  test('that somebody took meanwhile are refused with a code', async () => {
    const [{ id, version }] = (await plantedTasks()) as [AdminTask];
    const choice = { what: 'chosen', ...(await bestChoice(id)) };
    await bookedTasks();
    expect((await anna.post(`/api/tasks/${id}/booking`, choice, version)).body).toMatchObject({
      status: 409,
      code: 'TIME_NOT_OFFERED',
    });
  });
});

describe('an appointment', () => {
  test('is shown with its steps', async () => {
    const { booked } = await bookedTasks();
    const visit = booked.appointments.find(({ type }) => type === 'aterbesok')!;
    const detail = AppointmentDetail.parse((await anna.get(`/api/appointments/${visit.id}`)).body);
    expect(detail).toMatchObject({ patient: { name: 'Åsa Prov' }, performer: { name: 'Elin Lind' } });
    expect(detail.steps).toMatchObject([{ step: 'booked', by: 'Test Öberg', performerName: 'Elin Lind' }]);
  });

  test('is moved to another time that is proposed for it', async () => {
    const { booked } = await bookedTasks();
    const visit = booked.appointments.find(({ type }) => type === 'aterbesok')!;
    const { proposals } = TimeProposals.parse((await anna.get(`/api/appointments/${visit.id}/proposals`)).body);
    const other = proposals.map(({ visits: [only] }) => only!).find(({ startsAt }) => +startsAt !== +visit.startsAt)!;
    const body = { performerId: other.performer.id, startsAt: other.startsAt.toISOString() };
    expect((await anna.post(`/api/appointments/${visit.id}/move`, body, visit.version + 1)).status).toBe(412);
    const moved = ChangedAppointments.parse(
      (await anna.post(`/api/appointments/${visit.id}/move`, body, visit.version)).body,
    );
    expect(moved.appointments).toMatchObject([{ id: visit.id, startsAt: other.startsAt, version: visit.version + 1 }]);
  });

  test('is cancelled with what hangs on it, and its task is new again', async () => {
    const { tasks, booked } = await bookedTasks();
    const visit = booked.appointments.find(({ type }) => type === 'aterbesok')!;
    const body = { reason: 'patient', task: 'requeue' };
    const cancelled = ChangedAppointments.parse(
      (await anna.post(`/api/appointments/${visit.id}/cancel`, body, visit.version)).body,
    );
    expect(cancelled.appointments.map(({ id, state }) => [id === visit.id, state])).toEqual([
      [true, 'cancelled'],
      [false, 'cancelled'],
    ]);
    expect(QueueTask.partial().parse((await anna.get(`/api/tasks/${tasks[0]!.id}`)).body)).toMatchObject({
      state: 'new',
    });
  });

  test('is kept or missed, and not both', async () => {
    const { booked } = await bookedTasks();
    const [one, other] = booked.appointments as [TaskTimes['appointments'][0], TaskTimes['appointments'][0]];
    const attend = (id: string, state: string, version: number) =>
      anna.post(`/api/appointments/${id}/attendance`, { state }, version);
    expect((await attend(one.id, 'arrived', one.version)).status).toBe(200);
    expect((await attend(one.id, 'fulfilled', one.version + 1)).status).toBe(200);
    expect((await attend(other.id, 'no_show', other.version)).status).toBe(200);
    expect((await attend(other.id, 'arrived', other.version + 1)).body).toMatchObject({ code: 'STATE_NOT_ALLOWED' });
  });
});

describe('the calendar', () => {
  test('shows a day with its times, and what is booked in them', async () => {
    const { booked } = await bookedTasks();
    const visit = booked.appointments.find(({ type }) => type === 'aterbesok')!;
    const url = `/api/calendar?unit=${clinic.unitId}&from=${target}&to=${target}`;
    const view = CalendarView.parse((await anna.get(url)).body);
    expect(view.days).toMatchObject([{ date: target }]);
    expect(view.appointments.map(({ id }) => id)).toEqual([visit.id]);
    const doctor = view.resources.find(({ id }) => id === calendar.doctorId)!;
    expect(doctor.slots.map(({ state }) => state)).toEqual(['taken', ...Array(7).fill('free')]);
    const alone = CalendarView.parse((await anna.get(`${url}&resource=${calendar.labId}`)).body);
    expect(alone.resources.map(({ id }) => id)).toEqual([calendar.labId]);
    expect(alone.appointments).toEqual([]);
  });

  test('is of the own units, and of some weeks at most', async () => {
    const elsewhere = await plantClinic(database.storage, 'Annan');
    const urlOf = (unit: string, to: string) => `/api/calendar?unit=${unit}&from=${today}&to=${to}`;
    expect((await anna.get(urlOf(elsewhere.unitId, today))).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
    for (const to of [addDays(today, -1), addDays(today, 50)]) {
      expect((await anna.get(urlOf(clinic.unitId, to))).body).toMatchObject({ code: 'REQUEST_INVALID' });
    }
  });
});
