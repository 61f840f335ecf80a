import { afterAll, beforeAll, expect, test } from 'vitest';
import { bookTimes } from '../../src/appointments/book.ts';
import { ImportPreview } from '../../src/contracts/exchange-api.ts';
import { SickDayPlan } from '../../src/contracts/sick-day-api.ts';
import { parseLocalDate } from '../../src/followup/calendar/local-date.ts';
import { addWorkingDays } from '../../src/followup/calendar/swedish-days.ts';
import type { Appointment } from '../../src/storage/repositories/appointments.ts';
import { asAdministrator, NOW_MS, plantChain, VISIT } from '../appointments/planted-chain.ts';
import { sendLetter } from '../delivery/planted-letter.ts';
import { at, bookAt, LATE, LATEST, SOON, visitBy } from '../freed-times/offered-times.ts';
import { madeUpNumber } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { BUSY, staffRequests } from './asked-of-killed.ts';
import { KILLS_TIMEOUT_MS, KilledClinic, type Wish, whileAlive } from './killed-clinic.ts';
import type { Death } from './mortal-clinic.ts';
import { expectTold, expectWhole } from './whole-clinic.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

/** A day for which `NOW_MS` is early enough to book. */
const PAST = parseLocalDate('2026-04-21')!;

/** What is done about visits to which nobody came. */
const NEXT = [{ next: 'requeue' }, { next: 'close', note: 'Ny remiss' }, { next: 'ask', text: 'Ny tid?' }] as const;

/** Visits of the doctor's half hours of a day, each told to its patient by a letter. */
async function told(killed: KilledClinic, count: number, day = SOON): Promise<Appointment[]> {
  const { calendar, database } = killed;
  const visits: Appointment[] = [];
  for (let index = 0; index < count; index++) {
    const clinic = await killed.patient(index);
    const time = at(day, 8 + Math.floor(index / 2), (index % 2) * 30);
    const [visit] = await bookAt(database.storage, clinic, calendar, [visitBy(LATEST)], [time]);
    await sendLetter(database.storage, { clinic, calendar }, { id: visit!.taskId! });
    visits.push(visit!);
  }
  return visits;
}

test(
  'a sick day whose visits are rebooked while servers are killed settles each once, and each patient is written to once',
  async () => {
    const killed = await KilledClinic.open(cluster);
    const { clinic, calendar, headers } = killed;
    const visits = await told(killed, 6);
    const { send } = staffRequests(killed);
    const whole = () => expectWhole(killed);
    const days = { unitId: clinic.unitId, resourceId: calendar.doctorId, firstDay: SOON, lastDay: SOON };
    const declared: Wish = (server) => send(server, '/api/sick-days', days, undefined, [201, 409]);
    await killed.ask([declared], { kills: 1, seed: 21, whole });
    const [sickDay, ...others] = await killed.rows<{ id: string }>('select id from sick_days');
    expect(others).toEqual([]);
    const url = `/api/sick-days/${sickDay!.id}`;
    const settled: Wish[] = visits.map(({ id }, index) => async (server) => {
      const plan = await fetch(server.url + url, { headers });
      if (plan.status === BUSY) return false;
      const line = SickDayPlan.parse(await plan.json()).visits.find(({ appointment }) => appointment.id === id)!;
      if (line.state !== 'open') return true;
      const path = `${url}/visits/${line.id}`;
      if (index % 2 === 0)
        return send(server, `${path}/give-back`, { sendsLetter: true }, line.version, [200, 409, 412]);
      const { visits: to, givesUp } = (line.proposal ?? line.alternative)!;
      const times = to.map(({ appointmentId, performer, startsAt }) => ({
        appointmentId,
        performerId: performer.id,
        startsAt,
      }));
      const body = { visits: times, givesUp: givesUp.map(({ wish }) => wish), sendsLetter: true };
      await send(server, `${path}/move`, body, line.version, [200, 404, 409, 412]);
      return false;
    });
    // The moment that a visit is settled, and nobody has been written to unless it was done at once.
    const between: Death = { after: 'update "sick_day_visits"', of: 'commit', count: 1, isSent: true };
    await killed.ask(settled, { kills: 2, seed: 22, deaths: [between, between], whole });
    await killed.settle();
    await whole();
    await expectTold(killed);
    const rows = await killed.rows(
      `select appointments.state, line.state as line, array_agg(letters.kind order by letters.created_at) as letters
     from appointments join sick_day_visits as line on appointment_id = appointments.id join letters using (chain_id)
     group by appointments.id, line.id order by line.starts_at`,
    );
    expect(rows).toEqual(
      visits.map((_, index) =>
        index % 2 === 0
          ? { state: 'cancelled', line: 'requeued', letters: ['kallelse', 'avbokning'] }
          : { state: 'booked', line: 'moved', letters: ['kallelse', 'ombokning'] },
      ),
    );
  },
  KILLS_TIMEOUT_MS,
);

test(
  'missed visits, reminders, an import and piles of paper are done once and whole, whatever is killed',
  async () => {
    const killed = await KilledClinic.open(cluster);
    const { clinic, calendar, database, headers } = killed;
    const { storage } = database;
    const whole = () => expectWhole(killed);
    const { send, rowOf } = staffRequests(killed);

    const missed: Appointment[] = [];
    for (let index = 0; index < 2 * NEXT.length; index++) {
      const [task] = await plantChain(storage, await killed.patient(100 + index), [VISIT]);
      const startMs = at(PAST, 8 + Math.floor(index / 2), (index % 2) * 30).getTime();
      const times = [{ taskId: task!.id, performerId: calendar.doctorId, startMs }];
      const [visit] = await asAdministrator(storage, clinic, (transaction) =>
        bookTimes(transaction, { taskId: task!.id, version: task!.version }, { times, givesUp: ['lent'] }, NOW_MS),
      );
      missed.push(visit!);
    }
    const noShows: Wish[] = missed.map(
      ({ id, version }, index) =>
        (server) =>
          send(server, `/api/appointments/${id}/no-show`, NEXT[index % NEXT.length]!, version, [200, 412]),
    );
    await killed.ask(noShows, { kills: 2, seed: 31, whole });
    const steps = await killed.rows(
      `select tasks.state, (select count(*)::int from appointment_steps where appointment_id = visit.id and step = 'no_show') as steps,
       (select count(*)::int from questions where questions.task_id = tasks.id) as questions
     from appointments as visit join admin_tasks as tasks on tasks.id = task_id order by visit.starts_at`,
    );
    const after = ['new', 'cancelled', 'question'].map((state) => ({
      state,
      steps: 1,
      questions: state === 'question' ? 1 : 0,
    }));
    expect(steps).toEqual([...after, ...after]);

    const numbers = Array.from({ length: 40 }, madeUpNumber);
    const file = ['Personnummer;Förnamn;Efternamn', ...numbers.map((number, index) => `${number};Eva;Ny${index}`)].join(
      '\r\n',
    );
    const target = `kind=patients&unit=${clinic.unitId}`;
    const imported: Wish = async (server) => {
      const post = (path: string) =>
        fetch(server.url + path, { method: 'POST', headers: { ...headers, 'content-type': 'text/csv' }, body: file });
      const preview = await post(`/api/imports/preview?${target}`);
      if (preview.status === BUSY) return false;
      const { token } = ImportPreview.parse(await preview.json());
      if (token === null) return true;
      const { status } = await post(`/api/imports?${target}&token=${token}`);
      // It was taken in since the preview, by a server that died before it said so.
      expect([200, 409, BUSY]).toContain(status);
      return status === 200;
    };
    await killed.ask([imported], { kills: 2, seed: 32, whole });
    const names = await killed.rows(
      `select count(*)::int as patients, count(distinct personal_number)::int as numbers,
       (select count(*)::int from audit_events where object_kind = 'patients' and action = 'create' and object_id = any (array_agg(patients.id::text))) as lines
     from patients where given_name = 'Eva'`,
    );
    expect(names).toEqual([{ patients: 40, numbers: 40, lines: 40 }]);

    const visits = await told(killed, 6, LATE);
    killed.remindsAt = at(addWorkingDays(LATE, -2), 10).toISOString();
    const reminded: Wish[] = visits.map(
      ({ id }) =>
        (server) =>
          whileAlive(
            server,
            async () => (await killed.rows('select from visit_reminders where appointment_id = $1', id)).length === 1,
          ),
    );
    await killed.ask(reminded, { kills: 3, seed: 33, whole });
    killed.remindsAt = undefined;
    await killed.settle();
    const reminders = await killed.rows(
      `select count(*)::int as letters, count(distinct chain_id)::int as chains from letters where kind = 'paminnelse'`,
    );
    expect(reminders).toEqual([{ letters: visits.length, chains: visits.length }]);

    const ready = () =>
      killed.rows<{ batch: string | null }>(`select batch_id as batch from letter_deliveries where state = 'ready'`);
    expect(await ready()).toHaveLength(visits.length);
    const printed: Wish = async (server) => {
      const [first] = await ready();
      if (first === undefined) return true;
      if (first.batch === null)
        await send(server, '/api/print-batches', { unitId: clinic.unitId }, undefined, [201, 409]);
      else {
        const { version } = await rowOf<{ version: number }>('print_batches', 'id', first.batch);
        await send(server, `/api/print-batches/${first.batch}/printed`, {}, version, [200, 412]);
      }
      return false;
    };
    await killed.ask([printed, printed], { kills: 3, seed: 34, whole });
    await whole();
    await expectTold(killed);
    const piles = await killed.rows(
      `select count(*)::int as letters, count(distinct letter_id)::int as sent from letter_deliveries
     where channel = 'print' and state = 'sent' and batch_id is not null`,
    );
    expect(piles).toEqual([{ letters: visits.length, sent: visits.length }]);
  },
  KILLS_TIMEOUT_MS,
);
