import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookTimes } from '../../src/appointments/book.ts';
import { AppError, type ErrorCode } from '../../src/contracts/errors.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { addDays, type LocalDate } from '../../src/followup/calendar/local-date.ts';
import { addWorkingDays } from '../../src/followup/calendar/swedish-days.ts';
import { type AdminTask, claimTask, createTask } from '../../src/storage/repositories/admin-tasks.ts';
import { createPatient } from '../../src/storage/repositories/patients.ts';
import {
  type Clinic,
  CONTEXT,
  confirmAndSign,
  madeUpNumber,
  newFollowUp,
  plantClinic,
  plantDraft,
  WORKER,
} from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';
import { asAdministrator, NOW_MS } from './planted-chain.ts';

const SLOTS = 100;
const PATIENTS = 10;
const SLOTS_A_DAY = 10;
const FIRST_DAY = '2026-04-13' as LocalDate;

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let calendar: PlantedCalendar;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
  clinic = await plantClinic(database.storage);
  // Ten half hours a day.
  calendar = await plantCalendar(database.storage, clinic, { fromMinute: 480, untilMinute: 780 });
});
afterAll(() => cluster.close());

const ASKED: FollowUpRequest = {
  id: 'R1',
  type: 'aterbesok',
  role: 'lakare',
  time: { kind: 'inom', expr: 'inom', earliest: FIRST_DAY, latest: '2026-05-30', mal_datum: '2026-05-30' },
};

/** A patient with a claimed task for each slot. */
async function plantPatient(): Promise<AdminTask[]> {
  const { storage } = database;
  const { id: patientId } = await asAdministrator(storage, clinic, (transaction) =>
    createPatient(transaction, {
      unitId: clinic.unitId,
      personalNumber: madeUpNumber(),
      personalNumberKind: 'personnummer',
      givenName: 'Bo',
      familyName: 'Kö',
    }),
  );
  const followUps = Array.from({ length: SLOTS }, () => newFollowUp({ fields: ASKED, chainId: randomUUID() }));
  const { note } = await plantDraft(storage, { ...clinic, patientId }, followUps);
  const requests = await storage.withAudit(clinic.doctor, CONTEXT, (transaction) =>
    confirmAndSign(transaction, note.id),
  );
  const tasks = await storage.withAudit(WORKER, CONTEXT, async (transaction) => {
    const made: AdminTask[] = [];
    for (const request of requests) made.push((await createTask(transaction, request, { role: 'lakare' })).task);
    return made;
  });
  return asAdministrator(storage, clinic, async (transaction) => {
    const claimed: AdminTask[] = [];
    for (const { id } of tasks) claimed.push((await claimTask(transaction, id)).task);
    return claimed;
  });
}

function startOf(slot: number): number {
  const day = addWorkingDays(addDays(FIRST_DAY, -1), 1 + Math.floor(slot / SLOTS_A_DAY));
  return Date.parse(`${day}T08:00:00+02:00`) + (slot % SLOTS_A_DAY) * 1_800_000;
}

/** Until it is booked or refused: what is busy is tried again, as a client does. */
async function tryToBook({ id: taskId, version }: AdminTask, slot: number): Promise<'booked' | ErrorCode> {
  const choice = { times: [{ taskId, performerId: calendar.doctorId, startMs: startOf(slot) }], givesUp: [] };
  for (;;) {
    try {
      await asAdministrator(database.storage, clinic, (transaction) =>
        bookTimes(transaction, { taskId, version }, choice, NOW_MS),
      );
      return 'booked';
    } catch (error) {
      const { code, retryable } = AppError.from(error);
      if (!retryable) return code;
    }
  }
}

test('of a thousand bookings at once for the same hundred slots a hundred succeed, each slot one', async () => {
  const patients: AdminTask[][] = [];
  for (let patient = 0; patient < PATIENTS; patient++) patients.push(await plantPatient());
  const tries = patients.flatMap((tasks) => tasks.map((task, slot) => ({ task, slot })));
  expect(tries).toHaveLength(1000);
  const results = await Promise.all(tries.map(({ task, slot }) => tryToBook(task, slot)));
  const counted = Map.groupBy(results, (result) => result);
  expect(counted.get('booked')).toHaveLength(SLOTS);
  expect([...counted.keys()].filter((result) => result !== 'booked' && result !== 'TIME_TAKEN')).toEqual([
    'TIME_NOT_OFFERED',
  ]);
  const { rows } = await database.owner.query(
    `select (select count(*)::int from appointments where state = 'booked') as booked,
      (select count(distinct starts_at)::int from appointments) as times,
      (select count(*)::int from admin_tasks where state = 'booked') as tasks,
      (select count(*)::int from encounters) as visits`,
  );
  expect(rows).toEqual([{ booked: SLOTS, times: SLOTS, tasks: SLOTS, visits: SLOTS }]);
}, 120_000);
