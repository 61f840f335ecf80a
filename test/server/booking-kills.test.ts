import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import { addDays, type LocalDate } from '../../src/followup/calendar/local-date.ts';
import { stockholmClockAt } from '../../src/followup/calendar/local-time.ts';
import { addWorkingDays } from '../../src/followup/calendar/swedish-days.ts';
import type { AdminTask } from '../../src/storage/repositories/admin-tasks.ts';
import { LAB, plantChain, VISIT } from '../appointments/planted-chain.ts';
import { at } from '../freed-times/offered-times.ts';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { asPatientOf, BUSY, hrefsIn, sendForm, staffRequests } from './asked-of-killed.ts';
import { KILLS_TIMEOUT_MS, KilledClinic, type Wish } from './killed-clinic.ts';
import { expectTold, expectWhole } from './whole-clinic.ts';

/** Visits, each with a test a week before: a day's eight half hours, two days long. */
const CHAINS = 16;
const CHAINS_A_DAY = 8;
/** What becomes of each once it is booked and its letter has gone out. */
const ENDINGS = ['moved by staff', 'moved by the patient', 'cancelled by staff', 'cancelled by the patient'] as const;

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

const target = addWorkingDays(addDays(stockholmClockAt(Date.now()).date, 42), 1);
const ASKED: FollowUpRequest = {
  ...VISIT,
  time: { kind: 'om', expr: 'om en tid', target, mal_datum: addDays(target, 28) },
};
const ending = (index: number) => ENDINGS[index % ENDINGS.length]!;

test(
  'of bookings, letters, moves and cancellations that servers are killed in the middle of none is lost, halved or made twice',
  async () => {
    const killed = await KilledClinic.open(cluster);
    const { database, calendar } = killed;
    const chains: AdminTask[][] = [];
    for (let index = 0; index < CHAINS; index++) {
      chains.push(await plantChain(database.storage, await killed.patient(index), [ASKED, LAB]));
    }
    const { send, rowOf } = staffRequests(killed);
    const whole = () => expectWhole(killed);
    const dayOf = (index: number): LocalDate => addWorkingDays(target, -Math.floor(index / CHAINS_A_DAY));
    const taskOf = (index: number) => rowOf<AdminTask>('admin_tasks', 'id', chains[index]![0]!.id);
    const visitOf = (index: number) =>
      rowOf<{ id: string; version: number }>('appointments', 'task_id', chains[index]![0]!.id);

    const booked: Wish[] = chains.map(([visit, lab], index) => async (server) => {
      const [day, slot] = [dayOf(index), index % CHAINS_A_DAY];
      const minutes = (each: number) => [8 + Math.floor((slot * each) / 60), (slot * each) % 60] as const;
      const visits = [
        { taskId: visit!.id, performerId: calendar.doctorId, startsAt: at(day, ...minutes(30)) },
        { taskId: lab!.id, performerId: calendar.labId, startsAt: at(addWorkingDays(day, -5), ...minutes(15)) },
      ];
      const body = { what: 'chosen', visits, givesUp: ['early', 'offset', 'lent'] };
      // Another version: it was booked, and the server died before it said so.
      return send(server, `/api/tasks/${visit!.id}/booking`, body, visit!.version, [201, 412]);
    });
    await killed.ask(booked, { kills: 3, seed: 1, whole });

    const told: Wish[] = chains.map((_, index) => async (server) => {
      const { id, version, state } = await taskOf(index);
      const body = { kind: 'kallelse', preparations: [], replaces: null };
      return state === 'called' || send(server, `/api/tasks/${id}/letter/send`, body, version, [201, 409, 412]);
    });
    await killed.ask(told, { kills: 3, seed: 2, whole });

    const ended: Wish[] = chains.map((_, index) => async (server) => {
      const { id, version } = await visitOf(index);
      if (version > 1) return true;
      const path = `/min-tid/bokningar/${id}`;
      const how = ending(index);
      switch (how) {
        case 'moved by staff': {
          const startsAt = at(addWorkingDays(dayOf(index), 2), 8 + Math.floor(index / 4), 0);
          const body = { performerId: calendar.doctorId, startsAt, reason: 'clinic', givesUp: ['offset', 'lent'] };
          return send(server, `/api/appointments/${id}/move`, body, version, [200, 412]);
        }
        case 'cancelled by staff':
          return send(
            server,
            `/api/appointments/${id}/cancel`,
            { reason: 'clinic', task: 'requeue' },
            version,
            [200, 412],
          );
        case 'moved by the patient': {
          const client = await asPatientOf(killed, server, id);
          const choices = hrefsIn(await client.get(`${path}/andra`), /bekrafta/);
          if (choices.length === 0) return false;
          const page = choices[(index * 3) % choices.length]!;
          const status = await sendForm(client, { page, action: `${path}/andra` });
          // Somebody else was faster: another time is chosen.
          expect([303, 409, BUSY]).toContain(status);
          return status === 303;
        }
        case 'cancelled by the patient': {
          const client = await asPatientOf(killed, server, id);
          const chosen = { orsak: 'passar_inte', ny_tid: 'nej' };
          const status = await sendForm(client, { page: `${path}/avboka`, action: `${path}/avboka`, chosen });
          expect([303, 409, BUSY]).toContain(status);
          return status === 303;
        }
        default:
          return how satisfies never;
      }
    });
    await killed.ask(ended, { kills: 4, seed: 3, whole });
    await killed.settle();
    await whole();
    await expectTold(killed);

    const rows = await killed.rows<{ task_id: string; state: string; steps: string[] }>(
      `select appointments.task_id, admin_tasks.state,
       array_agg(step || ' ' || actor_kind order by step.id) filter (where step <> 'booked') as steps
     from appointments join admin_tasks on admin_tasks.id = appointments.task_id
       join appointment_steps as step on step.appointment_id = appointments.id
     where appointments.type = 'aterbesok' group by 1, 2`,
    );
    const outcome = new Map(rows.map((row) => [row.task_id, [row.state, row.steps]]));
    const expected = {
      'moved by staff': ['called', ['moved staff']],
      'moved by the patient': ['called', ['moved patient']],
      'cancelled by staff': ['new', ['cancelled staff']],
      'cancelled by the patient': ['cancelled', ['cancelled patient']],
    };
    expect(chains.map(([visit]) => outcome.get(visit!.id))).toEqual(chains.map((_, index) => expected[ending(index)]));
    const letters = await killed.rows(
      `select count(*)::int as letters, count(distinct chain_id)::int as chains from letters where kind = 'kallelse'`,
    );
    expect(letters).toEqual([{ letters: CHAINS, chains: CHAINS }]);
  },
  KILLS_TIMEOUT_MS,
);
