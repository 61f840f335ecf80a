import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cancelBooking } from '../../src/appointments/cancel.ts';
import { moveAppointment } from '../../src/appointments/move.ts';
import type { Actor } from '../../src/contracts/access.ts';
import type { Outcome } from '../../src/delivery/channel.ts';
import type { Notice, SendNotice } from '../../src/delivery/channels/notice.ts';
import { addDays } from '../../src/followup/calendar/local-date.ts';
import { acceptOffer, declineOffer } from '../../src/freed-times/answer-offer.ts';
import { askForEarlier, takeBackWish } from '../../src/freed-times/ask-earlier.ts';
import { noticeOfOffer } from '../../src/freed-times/notice.ts';
import { offerFreedTime } from '../../src/freed-times/offer-time.ts';
import type { TakenJob } from '../../src/queue/backends/backend.ts';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { type Appointment, appointmentById } from '../../src/storage/repositories/appointments.ts';
import { lapseOffers, type Offer, offersOfPatient } from '../../src/storage/repositories/offers.ts';
import { changePatient, patientById } from '../../src/storage/repositories/patients.ts';
import { asAdministrator, LAB } from '../appointments/planted-chain.ts';
import { eventually, runQueue } from '../queue/running-queue.ts';
import { type Clinic, CONTEXT, plantClinic, WORKER } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { bookHour, type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';
import { anotherPatient, at, bookAt, LATE, LATEST, offerWhatIsFree, SOON, visitBy } from './offered-times.ts';

let cluster: TestCluster;
let database: TestDatabase;
/** Whose early time becomes free. */
let clinic: Clinic;
let calendar: PlantedCalendar;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  database = await cluster.fresh();
  clinic = await plantClinic(database.storage);
  calendar = await plantCalendar(database.storage, clinic);
});

const booking = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>) =>
  asAdministrator(database.storage, clinic, work);

/** As the patient does it on the own page. */
function asPatient<Result>(
  { patientId, unitId }: Clinic,
  work: (transaction: AuditedTransaction) => Promise<Result>,
  chainId: string | null = null,
): Promise<Result> {
  const actor: Actor = { kind: 'patient', id: patientId, unitIds: [unitId], chainId };
  return database.storage.withAudit(actor, { purpose: 'own-data', requestId: 'test' }, work);
}

const book = (
  of: Clinic,
  ...rest: Parameters<typeof bookAt> extends [unknown, unknown, unknown, ...infer Rest] ? Rest : never
) => bookAt(database.storage, of, calendar, ...rest);

interface Waiting {
  readonly of: Clinic;
  readonly visit: Appointment;
}

/** A patient with a late time who wants an earlier one. */
async function waiting(hour: number, minute: number, target = LATEST): Promise<Waiting> {
  const of = await anotherPatient(database.storage, clinic);
  const [visit] = await book(of, [visitBy(target)], [at(LATE, hour, minute)]);
  await asPatient(of, (transaction) => askForEarlier(transaction, { appointmentId: visit!.id, notBefore: null }));
  return { of, visit: visit! };
}

async function cancelled(visit: Appointment): Promise<void> {
  await booking((transaction) => cancelBooking(transaction, visit, { reason: 'patient', note: null, task: 'close' }));
}

/** Somebody's early time is cancelled. */
async function freeTime(): Promise<void> {
  const [visit] = await book(clinic, [visitBy(LATEST)], [at(SOON, 8)]);
  await cancelled(visit!);
}

const startOf = ({ of, visit }: Waiting) =>
  asPatient(of, async (transaction) => (await appointmentById(transaction, visit.id)).startsAt);
/** By the code of a letter, which shows its own chain alone. */
const accept = ({ of, visit }: Waiting, { id }: Offer, now = new Date()) =>
  asPatient(of, (transaction) => acceptOffer(transaction, id, now), visit.chainId);
const offersOf = ({ of }: Waiting) =>
  asPatient(of, (transaction) => offersOfPatient(transaction, of.patientId, new Date()));

async function count(query: string): Promise<number> {
  const { rows } = await database.owner.query<{ count: string }>(`select count(*) from ${query}`);
  return Number(rows[0]!.count);
}

describe('a time that becomes free', () => {
  test('is offered to the one whose måldatum is nearest, then to the next, who takes it; nothing is doubled', async () => {
    const patient = await waiting(8, 0, LATEST);
    const hurried = await waiting(8, 30, LATE);
    await freeTime();

    const [first, ...others] = await offerWhatIsFree(database);
    expect([first!.patientId, others]).toEqual([hurried.of.patientId, []]);
    expect(await offersOf(hurried)).toMatchObject([
      {
        startsAt: at(SOON, 8),
        insteadOf: at(LATE, 8, 30),
        visitTypeName: 'Återbesök läkare',
        unitName: 'Mottagningen',
      },
    ]);
    expect(await offersOf(patient)).toEqual([]);
    // It is held: nobody else gets it meanwhile.
    await expect(
      booking((transaction) => bookHour(transaction, clinic, calendar, at(SOON, 8).toISOString())),
    ).rejects.toMatchObject({ code: 'TIME_TAKEN' });

    await database.storage.withAudit(WORKER, CONTEXT, (transaction) => lapseOffers(transaction, first!.expiresAt));
    const [second] = await offerWhatIsFree(database);
    expect(second!.patientId).toBe(patient.of.patientId);
    await expect(accept(hurried, first!)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
    await expect(accept(hurried, second!)).rejects.toMatchObject({ code: 'NOT_FOUND' });

    await accept(patient, second!);
    expect([await startOf(patient), await startOf(hurried)]).toEqual([at(SOON, 8), at(LATE, 8, 30)]);
    expect(await count("appointments where state = 'booked'")).toBe(2);
    expect(await count("appointments where state = 'reserved'")).toBe(0);
    expect(await count("earlier_wishes where state = 'fulfilled'")).toBe(1);
    // Who was asked is not asked again, and the time that was given up is no earlier day for anybody.
    expect(await offerWhatIsFree(database)).toEqual([]);
    await expect(accept(patient, second!)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
  });

  test('is left to everybody when nobody wants it', async () => {
    const patient = await waiting(8, 0);
    await freeTime();
    const [offer] = await offerWhatIsFree(database);
    await asPatient(patient.of, (transaction) => declineOffer(transaction, offer!.id, new Date()));
    expect(await offerWhatIsFree(database)).toEqual([]);
    expect(await count('freed_times where over_at is null')).toBe(0);
    await booking((transaction) => bookHour(transaction, clinic, calendar, at(SOON, 8).toISOString()));
    expect(await startOf(patient)).toEqual(at(LATE, 8));
  });

  test('is offered once, however often and by how many workers it is looked at', async () => {
    await waiting(8, 0);
    await waiting(8, 30);
    await freeTime();
    const { rows } = await database.owner.query<{ id: string }>('select id from freed_times');
    const offerOnce = () =>
      offerFreedTime((work) => database.storage.withAudit(WORKER, CONTEXT, work), rows[0]!.id, new Date());
    const offers = await Promise.all(Array.from({ length: 5 }, offerOnce));
    expect(offers.filter((offer) => offer !== undefined)).toHaveLength(1);
    expect(await offerOnce()).toBeUndefined();
    expect(await count('offers')).toBe(1);
    expect(await count("appointments where state = 'reserved'")).toBe(1);
  });

  test('comes to the patient by the job queue, with a message that they are to be told', async () => {
    await waiting(8, 0);
    await runQueue(database.storage, undefined, {
      offerFreedTime: (inTransaction, id) => offerFreedTime(inTransaction, id, new Date()),
    });
    await freeTime();
    await eventually(async () => expect(await count("outbox where topic = 'offer.made'")).toBe(1));
  });
});

describe('an offer', () => {
  test('is of the visit with what hangs on it, and moves all or nothing', async () => {
    const of = await anotherPatient(database.storage, clinic);
    const test = addDays(LATE, -7);
    const [lab, visit] = await book(of, [visitBy(LATEST), LAB], [at(LATE, 8), at(test, 8)]);
    await asPatient(of, (transaction) => askForEarlier(transaction, { appointmentId: visit!.id, notBefore: null }));
    await freeTime();
    const [offer] = await offerWhatIsFree(database);
    expect(await count("appointments where state = 'reserved'")).toBe(2);
    const moved = await accept({ of, visit: visit! }, offer!);
    expect(moved.map(({ id }) => id).sort()).toEqual([visit!.id, lab!.id].sort());
    expect(await startOf({ of, visit: visit! })).toEqual(at(SOON, 8));
    const weekBefore = addDays(SOON, -7);
    expect((await startOf({ of, visit: lab! })).toISOString().slice(0, 10)).toBe(weekBefore);
  });

  test('is not made for what is earlier or sooner than was asked, or is not theirs to have', async () => {
    const patient = await waiting(8, 0);
    const ask = (asked: object) =>
      asPatient(patient.of, (transaction) =>
        askForEarlier(transaction, { appointmentId: patient.visit.id, notBefore: null, ...asked }),
      );
    await ask({ notBefore: addDays(SOON, 1) });
    await freeTime();
    expect(await offerWhatIsFree(database)).toEqual([]);
    await ask({ noticeHours: 30 * 24 });
    await freeTime();
    expect(await offerWhatIsFree(database)).toEqual([]);
    await ask({});
    const [lab, visit] = await book(clinic, [visitBy(LATEST), LAB], [at(addDays(SOON, 7), 8), at(SOON, 8)]);
    await cancelled(lab!);
    expect(visit!.state).toBe('booked');
    expect(await offerWhatIsFree(database)).toEqual([]);
    await asPatient(patient.of, (transaction) => takeBackWish(transaction, patient.visit.id));
    await freeTime();
    expect(await offerWhatIsFree(database)).toEqual([]);
  });

  test('is taken back when the visit is moved or cancelled otherwise, and goes to the next', async () => {
    const [first, second] = [await waiting(8, 0, LATE), await waiting(8, 30)];
    await freeTime();
    await offerWhatIsFree(database);
    const move = { performerId: calendar.doctorId, startMs: at(LATE, 9).getTime(), givesUp: [] };
    await booking((transaction) => moveAppointment(transaction, first.visit, move, Date.now()));
    expect(await offersOf(first)).toEqual([]);
    const [next] = await offerWhatIsFree(database);
    expect(next!.patientId).toBe(second.of.patientId);
    await cancelled(second.visit);
    expect(await count("offers where state = 'withdrawn'")).toBe(2);
    expect(await count("earlier_wishes where state = 'over'")).toBe(1);
    expect(await count("appointments where state = 'reserved'")).toBe(0);
  });

  test('that nobody answered in time is over by itself, whether or not anybody has looked', async () => {
    const patient = await waiting(8, 0);
    await freeTime();
    const [offer] = await offerWhatIsFree(database);
    await expect(accept(patient, offer!, offer!.expiresAt)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
  });
});

describe('the notice of an offer', () => {
  const job = { id: 'job', name: 'offer.made', data: {}, start: 1 } as TakenJob;

  async function tell(offerId: string, outcome: Outcome) {
    const sent: Notice[] = [];
    const send: SendNotice = async (notice) => {
      sent.push(notice);
      return outcome;
    };
    const world = { storage: database.storage, send, publicUrl: 'https://tid.example' };
    return { sent, postponed: await noticeOfOffer(world, job, offerId) };
  }

  async function offered(told: Parameters<typeof changePatient>[3]): Promise<{ of: Clinic; offer: Offer }> {
    const { of } = await waiting(8, 0);
    await booking(async (transaction) => {
      const { version } = await patientById(transaction, of.patientId);
      await changePatient(transaction, of.patientId, version, told);
    });
    await freeTime();
    const [offer] = await offerWhatIsFree(database);
    return { of, offer: offer! };
  }

  test('says that something waits and where, never what; and is tried again while the offer stands', async () => {
    const { of, offer } = await offered({ phone: '070-174 06 05' });
    const { sent, postponed } = await tell(offer.id, { is: 'delayed', reason: 'no_answer' });
    expect(sent).toMatchObject([{ id: offer.id, to: { phone: '070-174 06 05', email: null } }]);
    expect(sent[0]!.words.text).toBe(
      'Du har ett meddelande från vården som behöver ditt svar snart. Läs det på https://tid.example/min-tid',
    );
    expect(postponed).toEqual({ postponeMs: expect.any(Number) });
    await asPatient(of, (transaction) => declineOffer(transaction, offer.id, new Date()));
    expect(await tell(offer.id, { is: 'sent' })).toEqual({ sent: [], postponed: undefined });
  });

  test('of a child goes to the guardian, and with a protected identity tells not even that it is from care', async () => {
    const guardian = await anotherPatient(database.storage, clinic);
    await booking(async (transaction) => {
      const { version } = await patientById(transaction, guardian.patientId);
      await changePatient(transaction, guardian.patientId, version, { email: 'foralder@example.se' });
    });
    const birthDate = addDays(SOON, -5 * 365);
    const { offer } = await offered({ birthDate, guardianId: guardian.patientId, protectedIdentity: true });
    const { sent } = await tell(offer.id, { is: 'sent' });
    expect(sent).toMatchObject([
      { to: { email: 'foralder@example.se' }, words: { text: 'Du har ett nytt meddelande.' } },
    ]);
    await booking(async (transaction) => {
      const { version } = await patientById(transaction, offer.patientId);
      await changePatient(transaction, offer.patientId, version, { birthDate: addDays(SOON, -14 * 365) });
    });
    // From the age limit on the guardian sees nothing of it on the page, and is told nothing.
    expect((await tell(offer.id, { is: 'sent' })).sent).toMatchObject([{ to: { phone: null, email: null } }]);
  });
});

describe('a wish for an earlier time', () => {
  test('is for a booked visit ahead of one’s own, and one at a time', async () => {
    const patient = await waiting(8, 0);
    const stranger = await anotherPatient(database.storage, clinic);
    const ask = (of: Clinic, notBefore: string | null) =>
      asPatient(of, (transaction) => askForEarlier(transaction, { appointmentId: patient.visit.id, notBefore }));
    await expect(ask(stranger, null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(ask(patient.of, addDays(LATE, 1))).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
    await ask(patient.of, SOON);
    expect(await count("earlier_wishes where state = 'open'")).toBe(1);
    await cancelled(patient.visit);
    await expect(ask(patient.of, null)).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
  });
});
