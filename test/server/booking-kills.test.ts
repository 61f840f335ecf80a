import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { addDays, type LocalDate } from '../../src/followup/calendar/local-date.ts';
import { parseLocalTime, stockholmClockAt, stockholmInstant } from '../../src/followup/calendar/local-time.ts';
import { addWorkingDays } from '../../src/followup/calendar/swedish-days.ts';
import type { AdminTask } from '../../src/storage/repositories/admin-tasks.ts';
import { createPatient } from '../../src/storage/repositories/patients.ts';
import { asAdministrator, LAB, plantChain, VISIT } from '../appointments/planted-chain.ts';
import { type Clinic, madeUpNumber, plantClinic } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';
import { type SignedInHeaders, signedInAs } from './signed-in.ts';

/** Visits, each with a test a week before: a day's eight half hours, three days long. */
const CHAINS = 24;
const CHAINS_A_DAY = 8;
/** After so many bookings that were answered the server is killed in the middle of the others. */
const KILLED_AFTER = [3, 9, 15];

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let calendar: PlantedCalendar;
let headers: SignedInHeaders;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
  clinic = await plantClinic(database.storage);
  calendar = await plantCalendar(database.storage, clinic);
  headers = await signedInAs(database.storage, clinic.administrator.id);
});
afterAll(() => cluster.close());

const target = addWorkingDays(addDays(stockholmClockAt(Date.now()).date, 42), 1);
const ASKED: FollowUpRequest = { ...VISIT, time: { kind: 'om', expr: 'om en tid', target, mal_datum: target } };

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
  return plantChain(storage, { ...clinic, patientId }, [ASKED, LAB]);
}

function instant(date: LocalDate, minute: number): string {
  const clock = `${String(8 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return new Date(stockholmInstant(date, parseLocalTime(clock)!).instantMs).toISOString();
}

/** What is posted for a chain: a time of its own for the visit and for the test. */
function bookingOf([visit, lab]: readonly AdminTask[], index: number) {
  const day = addWorkingDays(target, -Math.floor(index / CHAINS_A_DAY));
  const slot = index % CHAINS_A_DAY;
  return {
    what: 'chosen',
    visits: [
      { taskId: visit!.id, performerId: calendar.doctorId, startsAt: instant(day, slot * 30) },
      { taskId: lab!.id, performerId: calendar.labId, startsAt: instant(addWorkingDays(day, -5), slot * 15) },
    ],
    givesUp: ['early', 'offset'],
  };
}

async function startServer(): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(join(import.meta.dirname, 'booking-child.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  child.send(database.storage.connection);
  const [url] = (await once(child, 'message')) as [string];
  return { child, url };
}

/** Chains that are booked in part: by what is stored of their appointments, tasks and taken times. */
async function halfBooked(): Promise<unknown[]> {
  const { rows } = await database.owner.query(
    `select chain_id, count(*) filter (where admin_tasks.state = 'booked') as tasks,
       (select count(*) from appointments as booked where booked.chain_id = admin_tasks.chain_id) as appointments,
       (select count(*) from taken_times join appointments as of on of.id = appointment_id
         where of.chain_id = admin_tasks.chain_id) as taken
     from admin_tasks group by chain_id`,
  );
  return rows.filter(
    ({ tasks, appointments, taken }) => !['0 0 0', '2 2 4'].includes(`${tasks} ${appointments} ${taken}`),
  );
}

test('of bookings that a server is killed in the middle of none is lost, halved or made twice', async () => {
  const chains: AdminTask[][] = [];
  for (let chain = 0; chain < CHAINS; chain++) chains.push(await plantPatient());
  const answered = new Set<number>();
  let cutOff = 0;
  for (const killedAfter of [...KILLED_AFTER, CHAINS]) {
    const { child, url } = await startServer();
    const statuses = await Promise.all(
      chains.map(async (tasks, index) => {
        if (answered.has(index)) return undefined;
        const { id, version } = tasks[0]!;
        const answer = await fetch(`${url}/api/tasks/${id}/booking`, {
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/json', 'if-match': `"${version}"` },
          body: JSON.stringify(bookingOf(tasks, index)),
        }).catch(() => undefined);
        if (answer === undefined) cutOff++;
        // Another version: it was booked, and the server died before it said so.
        if (answer?.status === 201 || answer?.status === 412) answered.add(index);
        if (answered.size >= killedAfter) child.kill('SIGKILL');
        return answer?.status;
      }),
    );
    expect(statuses.filter((status) => status !== undefined && status !== 201 && status !== 412)).toEqual([]);
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(await halfBooked()).toEqual([]);
  }
  expect(answered.size).toBe(CHAINS);
  expect(cutOff).toBeGreaterThan(0);
  const { rows } = await database.owner.query(
    `select count(*)::int as booked, count(distinct (performer_id, starts_at))::int as times,
       count(distinct task_id)::int as tasks from appointments where state = 'booked'`,
  );
  expect(rows).toEqual([{ booked: 2 * CHAINS, times: 2 * CHAINS, tasks: 2 * CHAINS }]);
}, 120_000);
