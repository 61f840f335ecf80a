import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  SickDayChoices,
  SickDayList,
  SickDayOutcome,
  SickDayPlan,
  SickDayView,
} from '../../src/contracts/sick-day-api.ts';
import { addDays, daysBetween, type LocalDate } from '../../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { addWorkingDays } from '../../src/followup/calendar/swedish-days.ts';
import { lettersOfChain } from '../../src/storage/repositories/letters.ts';
import { asAdministrator } from '../appointments/planted-chain.ts';
import { plantBooked, plantLetterClinic, sendLetter } from '../delivery/planted-letter.ts';
import { type Clinic, CONTEXT, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { bookHour, type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';
import { type Requests, requestsAs } from './queue-requests.ts';
import { runApp } from './running-app.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let calendar: PlantedCalendar;
let anna: Requests;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  const { storage } = database;
  clinic = await plantClinic(storage);
  calendar = await plantCalendar(storage, clinic);
  const { app } = await runApp({ clinic: { storage } });
  anna = await requestsAs(app, storage, clinic.administrator.id);
});

/** Far enough that a day of the summer time's change is no matter. */
const sickDay: LocalDate = addWorkingDays(stockholmClockAt(Date.now()).date, 3);

const declare = () =>
  anna.post('/api/sick-days', {
    unitId: clinic.unitId,
    resourceId: calendar.doctorId,
    firstDay: sickDay,
    lastDay: sickDay,
  });
const planOf = async (id: string) => SickDayPlan.parse((await anna.get(`/api/sick-days/${id}`)).body);

test('a sick day is declared once, listed, settled visit by visit, and ended', async () => {
  await database.storage.withAudit(clinic.administrator, CONTEXT, async (transaction) => {
    await bookHour(transaction, clinic, calendar, `${sickDay}T08:00:00Z`);
    await bookHour(transaction, clinic, calendar, `${sickDay}T10:00:00Z`);
  });
  const declared = SickDayView.parse((await declare()).body);
  expect(declared).toMatchObject({ visitCount: 2, openCount: 2, resourceName: 'Elin Lind' });
  expect((await declare()).body).toMatchObject({ status: 409, code: 'TIME_TAKEN' });

  const { visits } = await planOf(declared.id);
  const [first, second] = visits as [SickDayPlan['visits'][0], SickDayPlan['visits'][0]];
  expect(first).toMatchObject({
    state: 'open',
    targetDate: null,
    proposal: { isSamePerson: true, givesUp: [], visits: [{ appointmentId: first.appointment.id }] },
  });
  const url = `/api/sick-days/${declared.id}/visits`;
  const { items } = SickDayChoices.parse((await anna.get(`${url}/${first.id}/choices`)).body);
  expect(items.length).toBeGreaterThan(1);

  const [to] = first.proposal!.visits;
  const body = {
    visits: [{ appointmentId: to!.appointmentId, performerId: to!.performer.id, startsAt: to!.startsAt.toISOString() }],
  };
  expect((await anna.post(`${url}/${first.id}/move`, body)).status).toBe(428);
  const moved = SickDayOutcome.parse((await anna.post(`${url}/${first.id}/move`, body, first.version)).body);
  expect(moved.appointments).toMatchObject([{ id: to!.appointmentId, startsAt: to!.startsAt }]);
  expect((await anna.post(`${url}/${first.id}/move`, body, first.version)).status).toBe(412);
  expect((await anna.post(`${url}/${first.id}/move`, body, first.version + 1)).body).toMatchObject({
    status: 409,
    code: 'STATE_NOT_ALLOWED',
  });
  const foreign = { visits: [{ ...body.visits[0], appointmentId: first.appointment.id }] };
  expect((await anna.post(`${url}/${second.id}/move`, foreign, second.version)).body).toMatchObject({ status: 404 });
  expect((await anna.post(`${url}/${second.id}/give-back`, {}, second.version)).status).toBe(200);

  const after = await planOf(declared.id);
  expect(after.visits.map(({ state }) => state)).toEqual(['moved', 'cancelled']);
  expect(after.sickDay.openCount).toBe(0);
  const ended = await anna.post(`/api/sick-days/${declared.id}/end`, {}, declared.version);
  expect(SickDayView.parse(ended.body).endedAt).not.toBeNull();
  expect((await anna.post(`/api/sick-days/${declared.id}/end`, {}, declared.version + 1)).status).toBe(412);
  const list = SickDayList.parse((await anna.get(`/api/sick-days?unit=${clinic.unitId}`)).body);
  expect(list.items.map(({ id }) => id)).toEqual([declared.id]);
});

test('days that have passed, and too many of them, are not declared', async () => {
  for (const days of [
    { firstDay: '2020-01-01', lastDay: '2020-01-02' },
    { firstDay: sickDay, lastDay: addWorkingDays(sickDay, 40) },
    { firstDay: sickDay, lastDay: addWorkingDays(sickDay, -1) },
  ]) {
    const body = { unitId: clinic.unitId, resourceId: calendar.doctorId, ...days };
    expect((await anna.post('/api/sick-days', body)).body).toMatchObject({ status: 400, code: 'REQUEST_INVALID' });
  }
  const elsewhere = await plantClinic(database.storage, 'Annan');
  const theirs = { unitId: elsewhere.unitId, resourceId: calendar.doctorId, firstDay: sickDay, lastDay: sickDay };
  expect((await anna.post('/api/sick-days', theirs)).body).toMatchObject({ status: 404, code: 'NOT_FOUND' });
});

test('who was told of the old time is written to with the new one', async () => {
  const { storage } = database;
  const planted = await plantLetterClinic(storage);
  const { app } = await runApp({ clinic: { storage } });
  const bo = await requestsAs(app, storage, planted.clinic.administrator.id);
  const day = addWorkingDays(addDays(stockholmClockAt(Date.now()).date, 20), 1);
  const inDays = daysBetween(stockholmClockAt(Date.now()).date, day);
  const tasks = [await plantBooked(storage, planted, inDays)];
  await sendLetter(storage, planted, tasks[0]!);
  const body = { unitId: planted.clinic.unitId, resourceId: planted.calendar.doctorId, firstDay: day, lastDay: day };
  const { id } = SickDayView.parse((await bo.post('/api/sick-days', body)).body);
  const plan = SickDayPlan.parse((await bo.get(`/api/sick-days/${id}`)).body);
  const [visit] = plan.visits as [SickDayPlan['visits'][0]];
  // The planted måldatum has passed.
  const { visits, givesUp } = visit.alternative!;
  expect(givesUp.map(({ wish }) => wish)).toEqual(['late']);
  const times = visits.map(({ appointmentId, performer, startsAt }) => ({
    appointmentId,
    performerId: performer.id,
    startsAt: startsAt.toISOString(),
  }));
  const url = `/api/sick-days/${id}/visits/${visit.id}/move`;
  expect((await bo.post(url, { visits: times, sendsLetter: true }, visit.version)).body).toMatchObject({
    code: 'TIME_NOT_OFFERED',
  });
  const moved = await bo.post(url, { visits: times, givesUp: ['late'], sendsLetter: true }, visit.version);
  expect(moved.body).toMatchObject({ letter: 'sent' });
  const letters = await asAdministrator(storage, planted.clinic, (transaction) =>
    lettersOfChain(transaction, tasks[0]!.chainId),
  );
  expect(letters.map(({ kind, state }) => [kind, state])).toEqual([
    ['ombokning', 'queued'],
    ['kallelse', 'replaced'],
  ]);
});
