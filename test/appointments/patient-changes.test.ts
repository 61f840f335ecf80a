import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bookTimes } from '../../src/appointments/book.ts';
import { bookOpenTimes } from '../../src/appointments/book-open.ts';
import { moveAppointment } from '../../src/appointments/move.ts';
import { openChoices, rebookChoices } from '../../src/appointments/rebook.ts';
import { wishesIn } from '../../src/booking/wishes.ts';
import type { FollowUpRequest } from '../../src/contracts/followup.ts';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { type AdminTask, letTaskWait, taskById } from '../../src/storage/repositories/admin-tasks.ts';
import { type Appointment, stepsOf } from '../../src/storage/repositories/appointments.ts';
import { changeVisitType, createTemplate, visitTypeById } from '../../src/storage/repositories/calendar-setup.ts';
import { visitsAhead } from '../../src/storage/repositories/patient-visits.ts';
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
// Mornings are care's own; afternoons are lent to patients until a week before.
beforeEach(async () => {
  const { storage } = database;
  clinic = await plantClinic(storage);
  calendar = await plantCalendar(storage, clinic);
  await asAdministrator(storage, clinic, async (transaction) => {
    for (const weekday of [1, 2, 3, 4, 5]) {
      for (const [resourceId, slotMinutes] of [[calendar.doctorId, 30] as const, [calendar.labId, 15] as const]) {
        await createTemplate(transaction, {
          ...{ unitId: clinic.unitId, resourceId, weekday, slotMinutes, fromMinute: 780, untilMinute: 900 },
          ...{ validFrom: '2026-01-01', validUntil: null, lentUntilDays: 7, roomId: null },
        });
      }
    }
  });
});

const booking = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>) =>
  asAdministrator(database.storage, clinic, work);
const asPatient = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>) =>
  database.storage.withAudit(
    { kind: 'patient', id: clinic.patientId, unitIds: [clinic.unitId], chainId: null },
    { ...CONTEXT, purpose: 'own-data' },
    work,
  );
const at = (when: string) => Date.parse(`${when.replace(' ', 'T')}:00+02:00`);
const local = (appointments: readonly Appointment[]) =>
  appointments.map(({ startsAt }) => startsAt.toISOString().slice(0, 16)).sort();

/** The wishes of the patient do not bind the patient. */
const WISHED: FollowUpRequest = { ...VISIT, patient_pref: { daypart: 'formiddag' } };

async function bookedVisit(): Promise<{ tasks: AdminTask[]; visit: Appointment }> {
  const tasks = await plantChain(database.storage, clinic, [WISHED, LAB]);
  const [visit, lab] = tasks as [AdminTask, AdminTask];
  const times = [
    { taskId: visit.id, performerId: calendar.doctorId, startMs: at('2026-04-21 08:00') },
    { taskId: lab.id, performerId: calendar.labId, startMs: at('2026-04-14 08:00') },
  ];
  const made = await booking((transaction) =>
    bookTimes(transaction, { taskId: visit.id, version: visit.version }, { times, givesUp: [] }, NOW_MS),
  );
  return { tasks, visit: made.find(({ type }) => type === 'aterbesok')! };
}

const moveTo = (visit: Appointment, when: string) =>
  asPatient((transaction) =>
    moveAppointment(
      transaction,
      visit,
      { performerId: calendar.doctorId, startMs: at(when), givesUp: ['late', 'lent'] },
      NOW_MS,
    ),
  );

/** Changes what patients read and do of the planted visit type. */
const setVisitType = (changes: { publicName?: string; patientsBook?: boolean; patientsRebook?: boolean }) =>
  booking(async (transaction) =>
    changeVisitType(transaction, await visitTypeById(transaction, calendar.visitTypeId), changes),
  );

describe('a patient who has a time', () => {
  test('is offered those that are lent to patients, within måldatum, nearest to what was ordained first', async () => {
    const { visit } = await bookedVisit();
    const { proposals, alternatives } = await asPatient((transaction) => rebookChoices(transaction, visit.id, NOW_MS));
    const offered = proposals.map(({ visits }) => visits[0]!);
    expect(offered.length).toBeGreaterThan(3);
    expect(offered[0]!.startMs).toBe(at('2026-04-21 13:00'));
    for (const { startMs, date } of offered) {
      expect(date >= '2026-04-13' && date <= '2026-04-21').toBe(true);
      expect(new Date(startMs).getUTCHours()).toBeGreaterThanOrEqual(11);
    }
    expect(alternatives).toEqual([]);
  });

  test('is offered the same by staff on the phone', async () => {
    const { visit } = await bookedVisit();
    const choices = (transaction: AuditedTransaction) => rebookChoices(transaction, visit.id, NOW_MS);
    const starts = ({ proposals }: Awaited<ReturnType<typeof choices>>) =>
      proposals.map(({ visits }) => visits[0]!.startMs);
    expect(starts(await booking(choices))).toEqual(starts(await asPatient(choices)));
  });

  test('is offered none that care has taken back', async () => {
    const { visit } = await bookedVisit();
    const laterMs = at('2026-04-16 07:00');
    const { proposals } = await asPatient((transaction) => rebookChoices(transaction, visit.id, laterMs));
    expect(proposals).toEqual([]);
  });

  test('moves it there, with its test where it is, and the history says on whose account', async () => {
    const { visit } = await bookedVisit();
    const moved = await moveTo(visit, '2026-04-20 13:00');
    expect(local(moved)).toEqual(['2026-04-20T11:00']);
    expect(moved.flatMap(({ givesUp }) => givesUp)).toEqual(['daypart']);
    const steps = await booking((transaction) => stepsOf(transaction, visit.id));
    expect(steps.map(({ step, reason, actorKind }) => [step, reason, actorKind])).toEqual([
      ['booked', null, 'staff'],
      ['moved', 'patient', 'patient'],
    ]);
  });

  test('is refused a day past måldatum by its own name, and a time of care’s own, whatever is said', async () => {
    const { visit } = await bookedVisit();
    await expect(moveTo(visit, '2026-04-22 13:00')).rejects.toMatchObject({
      code: 'BEYOND_TARGET_DATE',
      expected: 'a day until 2026-04-21',
      got: '2026-04-22',
    });
    await expect(moveTo(visit, '2026-04-20 08:00')).rejects.toMatchObject({ code: 'TIME_NOT_OFFERED' });
  });

  test('moves no visit that staff move, which staff still do', async () => {
    const { visit } = await bookedVisit();
    await setVisitType({ patientsRebook: false });
    expect(await asPatient((transaction) => rebookChoices(transaction, visit.id, NOW_MS))).toMatchObject({
      proposals: [],
    });
    await expect(moveTo(visit, '2026-04-20 13:00')).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
    const to = {
      performerId: calendar.doctorId,
      startMs: at('2026-04-20 13:00'),
      givesUp: ['lent', 'daypart'],
    } as const;
    const moved = await booking((transaction) => moveAppointment(transaction, visit, to, NOW_MS));
    expect(local(moved)).toEqual(['2026-04-20T11:00']);
  });

  test('reads what the visit is called in public', async () => {
    await bookedVisit();
    await setVisitType({ publicName: 'Besök hos läkare' });
    const ahead = await asPatient((transaction) => visitsAhead(transaction, clinic.patientId, new Date(NOW_MS)));
    expect(ahead.map(({ visitTypeName }) => visitTypeName)).toEqual(['Provtagning', 'Besök hos läkare']);
  });
});

describe('a patient whose letter asks to book', () => {
  const waiting = async () => {
    const tasks = await plantChain(database.storage, clinic, [WISHED, LAB]);
    const wait = { wakesAt: null, wakesOn: 'patientens bokning' };
    const visit = await booking((transaction) => letTaskWait(transaction, tasks[0]!.id, tasks[0]!.version, wait));
    return [visit, tasks[1]!] as const;
  };

  test('books a visit and its test at once, and nobody has to have the task', async () => {
    const [visit, lab] = await waiting();
    const { proposals } = await asPatient((transaction) => openChoices(transaction, visit.id, NOW_MS));
    const [best] = proposals;
    expect(best!.visits.map(({ date }) => date)).toEqual(['2026-04-14', '2026-04-21']);
    expect(wishesIn(best!.givesUp)).toEqual(['daypart']);
    const times = best!.visits.map(({ fit, performerId, startMs }) => ({
      taskId: fit.need.taskId,
      performerId,
      startMs,
    }));
    const made = await asPatient((transaction) =>
      bookOpenTimes(transaction, { taskId: visit.id, version: visit.version }, { times, givesUp: [] }, NOW_MS),
    );
    expect(local(made)).toEqual(['2026-04-14T11:00', '2026-04-21T11:00']);
    for (const { id } of [visit, lab]) {
      expect(await booking((transaction) => taskById(transaction, id))).toMatchObject({
        state: 'booked',
        claimedBy: null,
      });
    }
  });

  test('books no visit that staff book', async () => {
    const [visit] = await waiting();
    const choices = () => asPatient((transaction) => openChoices(transaction, visit.id, NOW_MS));
    const [best] = (await choices()).proposals;
    const times = best!.visits.map(({ fit, performerId, startMs }) => ({
      taskId: fit.need.taskId,
      performerId,
      startMs,
    }));
    await setVisitType({ patientsBook: false });
    expect(await choices()).toMatchObject({ proposals: [] });
    const booked = asPatient((transaction) =>
      bookOpenTimes(transaction, { taskId: visit.id, version: visit.version }, { times, givesUp: [] }, NOW_MS),
    );
    await expect(booked).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
  });

  test('books nothing twice, nor in another version than was seen', async () => {
    const [visit] = await waiting();
    const book = (version: number) =>
      asPatient((transaction) =>
        bookOpenTimes(transaction, { taskId: visit.id, version }, { times: [], givesUp: [] }, NOW_MS),
      );
    await expect(book(visit.version + 1)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(book(visit.version)).rejects.toMatchObject({ code: 'TIME_NOT_OFFERED' });
  });
});
