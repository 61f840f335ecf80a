import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TaskTimes, TimeProposals } from '../../src/contracts/appointments-api.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { TaskDetail } from '../../src/contracts/queue-api.ts';
import { addDays, type LocalDate } from '../../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { nextWorkingDay } from '../../src/followup/calendar/swedish-days.ts';
import { askForEarlier } from '../../src/freed-times/ask-earlier.ts';
import { LAB, plantChain, VISIT } from '../appointments/planted-chain.ts';
import { type Clinic, CONTEXT, plantClinic } from '../storage/clinic.ts';
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
});
afterAll(() => cluster.close());
beforeEach(async () => {
  database = await cluster.fresh();
  clinic = await plantClinic(database.storage);
  await plantCalendar(database.storage, clinic);
  const { app } = await runApp({ clinic: { storage: database.storage } });
  anna = await requestsAs(app, database.storage, clinic.administrator.id);
});

const target: LocalDate = nextWorkingDay(addDays(stockholmClockAt(Date.now()).date, 42));
const inSixWeeks: FollowUpRequest = {
  ...VISIT,
  patient_pref: { daypart: 'formiddag' },
  time: { kind: 'om', expr: 'om sex veckor', target, mal_datum: target },
};
const NO_WISHES = { preference: {}, note: null, interpreterLanguage: null };

async function plantedTaskIds(): Promise<readonly [visit: string, lab: string]> {
  const [visit, lab] = await plantChain(database.storage, clinic, [inSixWeeks, LAB]);
  return [visit!.id, lab!.id];
}

const detailOf = async (id: string) => TaskDetail.parse((await anna.get(`/api/tasks/${id}`)).body);
const proposalsOf = async (id: string) => TimeProposals.parse((await anna.get(`/api/tasks/${id}/proposals`)).body);

async function state(id: string, body: object): Promise<number> {
  const { version } = await detailOf(id);
  return (await anna.put(`/api/tasks/${id}/wishes`, { ...NO_WISHES, ...body }, version)).status;
}

async function booked(id: string): Promise<TaskTimes> {
  const [best] = (await proposalsOf(id)).proposals;
  const visits = best!.visits.map(({ taskId, performer, startsAt }) => ({
    taskId,
    performerId: performer.id,
    startsAt: startsAt.toISOString(),
  }));
  const { version } = await detailOf(id);
  const answer = await anna.post(`/api/tasks/${id}/booking`, { what: 'chosen', visits, givesUp: [] }, version);
  return TaskTimes.parse(answer.body);
}

describe('what a patient says on the phone of times', () => {
  test('holds in place of the note for all that hangs together, with who wrote it down', async () => {
    const [visit, lab] = await plantedTaskIds();
    expect((await detailOf(visit)).wishes).toMatchObject({ preference: { daypart: 'formiddag' }, stated: null });
    const preference = { daypart: 'eftermiddag', not_dates: [[target, target]], weekdays: [] };
    expect(await state(visit, { preference, note: 'Hämtar barnbarn kl. 15' })).toBe(204);
    const held = { preference: { daypart: 'eftermiddag', not_dates: [[target, target]] } };
    for (const id of [visit, lab]) {
      expect((await detailOf(id)).wishes).toMatchObject({ ...held, stated: { note: 'Hämtar barnbarn kl. 15' } });
    }
    expect((await detailOf(visit)).wishes.stated!.by).not.toBe('');
  });

  test('is followed by the proposals at once, until the note holds again', async () => {
    const [visit] = await plantedTaskIds();
    const days = async () => (await proposalsOf(visit)).proposals.map(({ visits }) => dayOf(visits));
    expect(await days()).toContain(target);
    await state(visit, { preference: { not_dates: [[target, target]] } });
    const changed = await days();
    expect(changed).not.toContain(target);
    expect(changed.length).toBeGreaterThan(0);
    const { version } = await detailOf(visit);
    expect((await anna.delete(`/api/tasks/${visit}/wishes`, version)).status).toBe(204);
    expect(await days()).toContain(target);
    expect((await detailOf(visit)).wishes).toMatchObject({ preference: { daypart: 'formiddag' }, stated: null });
  });

  test('is refused for a version that is over, and for days the wrong way round', async () => {
    const [visit] = await plantedTaskIds();
    const { version } = await detailOf(visit);
    await state(visit, { note: 'Ring på kvällen' });
    expect((await anna.put(`/api/tasks/${visit}/wishes`, NO_WISHES, version)).status).toBe(412);
    expect(await state(visit, { preference: { not_dates: [[target, '2020-01-01']] } })).toBe(400);
  });

  test('gives all that is not booked an interpreter, and lets go of times held without', async () => {
    const [visit, lab] = await plantedTaskIds();
    const [best] = (await proposalsOf(visit)).proposals;
    const visits = best!.visits.map((one) => ({
      taskId: one.taskId,
      performerId: one.performer.id,
      startsAt: one.startsAt.toISOString(),
    }));
    await anna.post(`/api/tasks/${visit}/reservation`, { visits, givesUp: [] }, (await detailOf(visit)).version);
    expect((await proposalsOf(visit)).held).toHaveLength(2);
    expect(await state(visit, { interpreterLanguage: 'ar' })).toBe(204);
    for (const id of [visit, lab]) expect((await detailOf(id)).interpreterLanguage).toBe('ar');
    expect((await proposalsOf(visit)).held).toEqual([]);
  });

  test('does not change the interpreter of what is booked', async () => {
    const [visit] = await plantedTaskIds();
    await booked(visit);
    expect(await state(visit, { interpreterLanguage: 'ar' })).toBe(409);
    expect(await state(visit, { note: 'Kommer med dottern' })).toBe(204);
  });
});

describe('an earlier time', () => {
  test('is wanted by the patient on the own page, or written down by staff, who see which', async () => {
    const [visit] = await plantedTaskIds();
    const { appointments } = await booked(visit);
    const own = appointments.find(({ taskId }) => taskId === visit)!;
    const wishes = async () => (await detailOf(visit)).wishes.earlier;
    expect(await wishes()).toMatchObject([{ appointmentId: own.id, wanted: null }]);
    const { patientId, unitId } = clinic;
    await database.storage.withAudit(
      { kind: 'patient', id: patientId, unitIds: [unitId], chainId: null },
      CONTEXT,
      (transaction) => askForEarlier(transaction, { appointmentId: own.id, notBefore: null }),
    );
    expect(await wishes()).toMatchObject([{ wanted: { by: null, notBefore: null } }]);
    expect((await anna.delete(`/api/appointments/${own.id}/earlier-time`)).status).toBe(204);
    expect(await wishes()).toMatchObject([{ wanted: null }]);
    expect((await anna.put(`/api/appointments/${own.id}/earlier-time`, { notBefore: null })).status).toBe(204);
    expect((await wishes())[0]!.wanted!.by).toMatch(/\w/);
  });
});

function dayOf(visits: readonly { readonly startsAt: Date }[]): string {
  return stockholmClockAt(visits.at(-1)!.startsAt.getTime()).date;
}
