import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../src/followup/calendar/local-date.ts';
import type { Appointment } from '../../src/storage/repositories/appointments.ts';
import { LAB } from '../appointments/planted-chain.ts';
import { sendLetter } from '../delivery/planted-letter.ts';
import { asPatientOf, BUSY, sendForm, staffRequests } from '../server/asked-of-killed.ts';
import { KILLS_TIMEOUT_MS, KilledClinic, type LivingServer, type Wish, whileAlive } from '../server/killed-clinic.ts';
import { expectTold, expectWhole } from '../server/whole-clinic.ts';
import { startTestCluster, type TestCluster } from '../storage/database.ts';
import { at, bookAt, LATE, LATEST, SOON, visitBy } from './offered-times.ts';

const FREED = 4;
/** Half of the freed times are declined by the first who is asked. */
const WAITING = 6;

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());

interface StandingOffer {
  readonly id: string;
  readonly appointmentId: string;
  readonly asked: number;
}

test(
  'whatever moment servers are killed at, a freed time is told to one after another and taken by exactly one',
  async () => {
    const killed = await KilledClinic.open(cluster);
    const { database, calendar } = killed;
    const { storage } = database;
    const visits: Appointment[] = [];
    for (let index = 0; index < WAITING; index++) {
      const clinic = await killed.patient(index);
      const requests = index % 2 === 0 ? [visitBy(LATEST)] : [visitBy(LATEST), LAB];
      const times = [
        at(LATE, 8 + Math.floor(index / 2), (index % 2) * 30),
        at(addDays(LATE, -7), 8, Math.floor(index / 2) * 15),
      ];
      const visit = (await bookAt(storage, clinic, calendar, requests, times)).find(
        ({ type }) => type === 'aterbesok',
      )!;
      await sendLetter(storage, { clinic, calendar }, { id: visit.taskId! });
      visits.push(visit);
    }
    const early: Appointment[] = [];
    for (let index = 0; index < FREED; index++) {
      const clinic = await killed.patient(WAITING + index);
      early.push((await bookAt(storage, clinic, calendar, [visitBy(LATEST)], [at(SOON, 8 + index)]))[0]!);
    }
    const whole = () => expectWhole(killed);
    const { send } = staffRequests(killed);

    const asked: Wish[] = visits.map(({ id }) => async (server) => {
      if ((await killed.rows('select from earlier_wishes where appointment_id = $1', id)).length > 0) return true;
      const client = await asPatientOf(killed, server, id);
      const action = `/min-tid/bokningar/${id}/tidigare`;
      const status = await sendForm(client, { page: '/min-tid', action });
      expect([303, BUSY]).toContain(status);
      return status === 303;
    });
    await killed.ask(asked, { kills: 2, seed: 11, whole });

    const cancelled: Wish[] = early.map(({ id, version }) => async (server) => {
      const body = { reason: 'patient', task: 'close' };
      return send(server, `/api/appointments/${id}/cancel`, body, version, [200, 412]);
    });
    await killed.ask(cancelled, { kills: 2, seed: 12, whole });

    const freed = await killed.rows<{ id: string }>('select id from freed_times order by starts_at');
    expect(freed).toHaveLength(FREED);
    const standing = (freedTimeId: string) =>
      killed.rows<StandingOffer>(
        `select offers.id, appointment_id as "appointmentId",
         (select count(*)::int from offers as each where each.freed_time_id = $1) as asked
       from offers join earlier_wishes on earlier_wishes.id = wish_id
       where freed_time_id = $1 and offers.state = 'offered'`,
        freedTimeId,
      );
    const isTold = (id: string) =>
      killed.mail.received.some(({ messageId }) => messageId.includes(id)) ||
      killed.sms.received.some(({ headers }) => headers['webhook-id'] === `letter_${id}`);
    const answer = async (server: LivingServer, offer: StandingOffer, svar: 'ja' | 'nej') => {
      const client = await asPatientOf(killed, server, offer.appointmentId);
      const action = `/min-tid/erbjudande/${offer.id}`;
      const status = await sendForm(client, { page: '/min-tid', action, chosen: { svar } });
      // The answer before was heard, and the server died before it said so.
      expect([303, 409, BUSY]).toContain(status);
    };
    const taken: Wish[] = freed.map(
      ({ id }, index) =>
        (server) =>
          whileAlive(server, async () => {
            const [offer] = await standing(id);
            if (offer === undefined) {
              return (
                (await killed.rows('select from freed_times where id = $1 and over_at is not null', id)).length > 0
              );
            }
            if (isTold(offer.id)) await answer(server, offer, offer.asked === 1 && index % 2 === 0 ? 'nej' : 'ja');
            return false;
          }),
    );
    await killed.ask(taken, { kills: 4, seed: 13, whole });
    await killed.settle();
    await whole();
    await expectTold(killed);

    const offers = await killed.rows<{ states: string[] }>(
      `select array_agg(state order by created_at) as states from offers
     where freed_time_id = any ($1) group by freed_time_id order by 1`,
      freed.map(({ id }) => id),
    );
    expect(offers.map(({ states }) => states)).toEqual([
      ...Array(FREED / 2).fill(['accepted']),
      ...Array(FREED / 2).fill(['declined', 'accepted']),
    ]);
    // Each of the freed times has a patient of those who waited, and nobody has lost a visit or moved twice.
    const now = await killed.rows<{ isEarly: boolean; moved: number }>(
      `select starts_at < $1 as "isEarly",
       (select count(*)::int from appointment_steps where appointment_id = appointments.id and step = 'moved') as moved
     from appointments where id = any ($2) and state = 'booked' order by 1`,
      at(LATE, 0),
      visits.map(({ id }) => id),
    );
    expect(now).toEqual([
      ...Array(WAITING - FREED).fill({ isEarly: false, moved: 0 }),
      ...Array(FREED).fill({ isEarly: true, moved: 1 }),
    ]);
    const times = await killed.rows(
      `select starts_at from appointments where state = 'booked' and starts_at >= $1 and starts_at < $2 order by 1`,
      at(SOON, 0),
      at(addDays(SOON, 1), 0),
    );
    expect(times).toEqual(early.map(({ startsAt }) => ({ starts_at: startsAt })));
  },
  KILLS_TIMEOUT_MS,
);
