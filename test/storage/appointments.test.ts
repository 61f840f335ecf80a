import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuditedTransaction } from '../../src/storage/audited-transaction.ts';
import { changeTask, claimTask, taskById } from '../../src/storage/repositories/admin-tasks.ts';
import {
  appointmentById,
  cancelAppointment,
  changeAppointment,
  moveAppointments,
  namedAppointments,
  stepsOf,
  tidyReservations,
} from '../../src/storage/repositories/appointments.ts';
import { withdrawRequest } from '../../src/storage/repositories/booking-requests.ts';
import { changeResource, createTemplate, listResources } from '../../src/storage/repositories/calendar-setup.ts';
import { encounterById, listEncounters } from '../../src/storage/repositories/encounters.ts';
import { createPatient } from '../../src/storage/repositories/patients.ts';
import { takenTimes } from '../../src/storage/repositories/taken-times.ts';
import { type Clinic, CONTEXT, madeUpNumber, plantClinic, plantTask, WORKER } from './clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from './database.ts';
import { bookHour, type PlantedCalendar, plantCalendar } from './planted-calendar.ts';

let cluster: TestCluster;
let database: TestDatabase;
let clinic: Clinic;
let planted: PlantedCalendar;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
});
afterAll(() => cluster.close());
beforeEach(async () => {
  clinic = await plantClinic(database.storage);
  planted = await plantCalendar(database.storage, clinic);
});

const booking = <Result>(work: (transaction: AuditedTransaction) => Promise<Result>, of: Clinic = clinic) =>
  database.storage.withAudit(of.administrator, CONTEXT, work);

const NINE = '2026-04-21T07:00:00Z';
const TEN = '2026-04-21T08:00:00Z';
const HALF_PAST_NINE = '2026-04-21T07:30:00Z';

async function anotherPatient({ unitId, administrator }: Clinic = clinic): Promise<string> {
  const { id } = await database.storage.withAudit(administrator, CONTEXT, (transaction) =>
    createPatient(transaction, {
      unitId,
      personalNumber: madeUpNumber(),
      personalNumberKind: 'personnummer',
      givenName: 'Bo',
      familyName: 'Annan',
    }),
  );
  return id;
}

describe('nobody is at two places at once:', () => {
  test('a doctor who is booked is taken for everybody else', async () => {
    await booking((transaction) => bookHour(transaction, clinic, planted, NINE));
    const patientId = await anotherPatient();
    const second = booking((transaction) => bookHour(transaction, clinic, planted, HALF_PAST_NINE, { patientId }));
    await expect(second).rejects.toMatchObject({ code: 'TIME_TAKEN' });
    await booking((transaction) => bookHour(transaction, clinic, planted, TEN, { patientId }));
  });

  test('nor a patient, nor a room', async () => {
    await booking((transaction) =>
      bookHour(transaction, clinic, planted, NINE, { otherResourceIds: [planted.roomId] }),
    );
    const { labId: performerId, roomId } = planted;
    const patientId = await anotherPatient();
    for (const over of [{ performerId }, { performerId, patientId, otherResourceIds: [roomId] }]) {
      await expect(
        booking((transaction) => bookHour(transaction, clinic, planted, HALF_PAST_NINE, over)),
      ).rejects.toMatchObject({ code: 'TIME_TAKEN' });
    }
  });

  test('a doctor who works at two units is one person, and the other unit sees that she is busy but not with what', async () => {
    const elsewhere = await plantClinic(database.storage, 'Annan');
    const theirs = await plantCalendar(database.storage, { ...elsewhere, doctor: clinic.doctor });
    await booking((transaction) => bookHour(transaction, clinic, planted, NINE));
    await booking(async (transaction) => {
      const span = { from: new Date('2026-04-21T00:00:00Z'), to: new Date('2026-04-22T00:00:00Z') };
      const taken = await takenTimes(transaction, { resourceIds: [theirs.doctorId], patientId: null }, span);
      expect(taken.map(([whose, read]) => [whose, read()])).toEqual([
        [clinic.doctor.id, { taken: [{ startMs: Date.parse(NINE), endMs: Date.parse(TEN) }], freed: [] }],
      ]);
      expect(
        await takenTimes(transaction, { resourceIds: [planted.doctorId], patientId: clinic.patientId }, span),
      ).toEqual([]);
      expect(await namedAppointments(transaction, { unitId: clinic.unitId, ...span })).toEqual([]);
    }, elsewhere);
    const second = booking((transaction) => bookHour(transaction, elsewhere, theirs, HALF_PAST_NINE), elsewhere);
    await expect(second).rejects.toMatchObject({ code: 'TIME_TAKEN' });
  });

  test('not even for the owner of the database, who writes past the application', async () => {
    const { id } = await booking((transaction) => bookHour(transaction, clinic, planted, NINE));
    const again = database.owner.query(
      `select set_config('taltid.actor_kind', 'system', false), set_config('taltid.actor_id', 'setup', false),
        set_config('taltid.purpose', 'operation', false), set_config('taltid.request_id', 'test', false)`,
    );
    await again;
    await expect(
      database.owner.query(
        `insert into appointments (unit_id, patient_id, visit_type_id, type, state, starts_at, ends_at, performer_id)
         select unit_id, $2, visit_type_id, type, state, starts_at, ends_at, performer_id from appointments where id = $1`,
        [id, await anotherPatient()],
      ),
    ).rejects.toMatchObject({ code: '23P01' });
  });

  test('no visit begins or ends between two minutes, whoever writes', async () => {
    for (const off of ['2026-04-21T07:00:30Z', '2026-04-21T07:00:00.250Z']) {
      await expect(booking((transaction) => bookHour(transaction, clinic, planted, off))).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
      });
    }
    const { id } = await booking((transaction) => bookHour(transaction, clinic, planted, NINE));
    await expect(
      database.owner.query("update appointments set ends_at = ends_at + interval '1 second' where id = $1", [id]),
    ).rejects.toMatchObject({ constraint: 'times_are_whole_minutes' });
  });

  test('and the application cannot write what is taken itself', async () => {
    for (const sql of ['select * from taken_times', 'delete from taken_times']) {
      expect((await database.application.query(sql)).rowCount).toBe(0);
    }
  });
});

describe('a reservation', () => {
  const until = (ms: number) => ({ state: 'reserved' as const, reservedUntil: new Date(Date.now() + ms) });

  test('holds its time until it runs out, and then is in nobody’s way', async () => {
    const patientId = await anotherPatient();
    const held = await booking((transaction) => bookHour(transaction, clinic, planted, NINE, until(60_000)));
    const take = () => booking((transaction) => bookHour(transaction, clinic, planted, NINE, { patientId }));
    await expect(take()).rejects.toMatchObject({ code: 'TIME_TAKEN' });
    await booking((transaction) => changeAppointment(transaction, held, { reservedUntil: new Date(Date.now() - 1) }));
    await take();
    const late = booking(async (transaction) =>
      changeAppointment(transaction, await appointmentById(transaction, held.id), {
        state: 'booked',
        reservedUntil: null,
      }),
    );
    await expect(late).rejects.toMatchObject({ code: 'TIME_TAKEN' });
  });

  test('that has run out is booked all the same, where nobody has taken its time', async () => {
    const held = await booking((transaction) => bookHour(transaction, clinic, planted, NINE, until(-1)));
    const booked = await booking((transaction) =>
      changeAppointment(transaction, held, { state: 'booked', reservedUntil: null }),
    );
    expect(booked.state).toBe('booked');
  });

  test('is let go by the round of the workers', async () => {
    const { id } = await booking((transaction) => bookHour(transaction, clinic, planted, NINE, until(-1)));
    await database.storage.withAudit(WORKER, CONTEXT, (transaction) => tidyReservations(transaction, new Date()));
    expect((await booking((transaction) => appointmentById(transaction, id))).state).toBe('lapsed');
  });

  test('is let go with the task, and a cancelled task frees its booked time', async () => {
    const { task, request } = await plantTask(database.storage, clinic);
    const ofTask = { taskId: task.id, chainId: task.chainId };
    const held = await booking(async (transaction) => {
      await claimTask(transaction, task.id);
      return bookHour(transaction, clinic, planted, NINE, { ...ofTask, ...until(60_000) });
    });
    await booking(async (transaction) => {
      const { version } = await taskById(transaction, task.id);
      await changeTask(transaction, task.id, version, { state: 'new', claimedBy: null, claimedAt: null });
    });
    expect((await booking((transaction) => appointmentById(transaction, held.id))).state).toBe('lapsed');
    const booked = await booking((transaction) => bookHour(transaction, clinic, planted, NINE, ofTask));
    await database.storage.withAudit(clinic.doctor, CONTEXT, (transaction) =>
      withdrawRequest(transaction, request.id, request.version, 'fel patient'),
    );
    expect(await booking((transaction) => appointmentById(transaction, booked.id))).toMatchObject({
      state: 'cancelled',
      cancelReason: 'task_cancelled',
    });
  });
});

test('a booked task is not new again while its time stands, nor where it never had one', async () => {
  const { task } = await plantTask(database.storage, clinic);
  const requeue = () =>
    booking(async (transaction) => {
      const { version } = await taskById(transaction, task.id);
      return changeTask(transaction, task.id, version, { state: 'new', claimedBy: null, claimedAt: null });
    });
  await booking(async (transaction) => {
    const { version } = (await claimTask(transaction, task.id)).task;
    await changeTask(transaction, task.id, version, { state: 'booked' });
  });
  await expect(requeue()).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
  const made = await booking((transaction) => bookHour(transaction, clinic, planted, NINE, { taskId: task.id }));
  await expect(requeue()).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
  await booking((transaction) => cancelAppointment(transaction, made, { reason: 'patient', note: null }));
  expect((await requeue()).state).toBe('new');
});

describe('an appointment', () => {
  test('is a visit in the doctor’s day, which follows where it is moved, and how it goes', async () => {
    const made = await booking((transaction) => bookHour(transaction, clinic, planted, NINE));
    const span = { from: new Date('2026-04-21T00:00:00Z'), to: new Date('2026-04-22T00:00:00Z') };
    const visits = () =>
      database.storage.withAudit(clinic.doctor, CONTEXT, (transaction) =>
        listEncounters(transaction, { staffId: clinic.doctor.id, ...span }),
      );
    expect(await visits()).toMatchObject([{ id: made.encounterId, kind: 'aterbesok', startsAt: new Date(NINE) }]);
    const to = { startsAt: new Date(TEN), endsAt: new Date('2026-04-21T09:00:00Z') };
    const moved = await booking((transaction) => changeAppointment(transaction, made, to));
    expect(await visits()).toMatchObject([to]);
    const arrived = await booking((transaction) => changeAppointment(transaction, moved, { state: 'arrived' }));
    expect(await visits()).toMatchObject([{ state: 'arrived' }]);
    await booking((transaction) => changeAppointment(transaction, arrived, { state: 'fulfilled' }));
    expect(await visits()).toMatchObject([{ state: 'done' }]);
  });

  test('with a line without a name is no visit of a clinician; one that is cancelled frees its time', async () => {
    const { labId: performerId } = planted;
    const lab = await booking((transaction) => bookHour(transaction, clinic, planted, NINE, { performerId }));
    expect(lab.encounterId).toBeNull();
    await booking((transaction) => cancelAppointment(transaction, lab, { reason: 'patient', note: null }));
    const visit = await booking((transaction) => bookHour(transaction, clinic, planted, NINE));
    await booking((transaction) => cancelAppointment(transaction, visit, { reason: 'clinic', note: 'sjuk' }));
    expect((await booking((transaction) => encounterById(transaction, visit.encounterId!))).state).toBe('cancelled');
    await booking((transaction) => bookHour(transaction, clinic, planted, NINE));
  });

  test('changes places with another in one transaction, and not with one that stays', async () => {
    const patientId = await anotherPatient();
    const [one, other] = await booking(async (transaction) => [
      await bookHour(transaction, clinic, planted, NINE),
      await bookHour(transaction, clinic, planted, TEN, { patientId }),
    ]);
    const timeOf = ({ startsAt, endsAt, performerId, otherResourceIds, givesUp }: typeof one) => ({
      startsAt,
      endsAt,
      performerId,
      otherResourceIds,
      givesUp,
    });
    const moved = await booking((transaction) =>
      moveAppointments(transaction, [
        { appointment: one, to: timeOf(other) },
        { appointment: other, to: timeOf(one) },
      ]),
    );
    expect(moved.map(({ startsAt }) => startsAt.toISOString())).toEqual(
      [other, one].map((a) => a.startsAt.toISOString()),
    );
    const onto = booking((transaction) => moveAppointments(transaction, [{ appointment: moved[0]!, to: timeOf(one) }]));
    await expect(onto).rejects.toMatchObject({ code: 'TIME_TAKEN' });
  });

  test('is moved while it is ahead only, in the version that was seen', async () => {
    const made = await booking((transaction) => bookHour(transaction, clinic, planted, NINE));
    const arrived = await booking((transaction) => changeAppointment(transaction, made, { state: 'arrived' }));
    const to = { startsAt: new Date(TEN), endsAt: new Date('2026-04-21T09:00:00Z') };
    for (const [seen, code] of [
      [made, 'CONFLICT'],
      [arrived, 'STATE_NOT_ALLOWED'],
    ] as const) {
      await expect(booking((transaction) => changeAppointment(transaction, seen, to))).rejects.toMatchObject({ code });
    }
    await expect(
      booking((transaction) => changeAppointment(transaction, arrived, { state: 'booked' })),
    ).rejects.toMatchObject({ code: 'STATE_NOT_ALLOWED' });
  });

  test('keeps each of its steps with who took it, and tells each as an event; nobody changes them', async () => {
    const made = await booking((transaction) => bookHour(transaction, clinic, planted, NINE));
    const to = { startsAt: new Date(TEN), endsAt: new Date('2026-04-21T09:00:00Z') };
    const moved = await booking((transaction) => changeAppointment(transaction, made, to));
    await database.storage.withAudit(clinic.doctor, CONTEXT, (transaction) =>
      cancelAppointment(transaction, moved, { reason: 'clinic', note: null }),
    );
    const steps = await booking((transaction) => stepsOf(transaction, made.id));
    expect(steps.map(({ step, by, startsAt }) => [step, by, startsAt.toISOString().slice(11, 16)])).toEqual([
      ['booked', 'Test Öberg', '07:00'],
      ['moved', 'Test Öberg', '08:00'],
      ['cancelled', 'Test Lind', '08:00'],
    ]);
    const { rows } = await database.owner.query(
      "select change, state from events where object = 'appointment' and object_id = $1 order by id",
      [made.id],
    );
    expect(rows.map(({ state }) => state)).toEqual(['booked', 'booked', 'cancelled']);
    const log = await database.owner.query(
      "select action, patient_ids from audit_events where object_kind = 'appointments' and object_id = $1 and action in ('create', 'update')",
      [made.id],
    );
    expect(log.rows.map(({ patient_ids: ids }) => ids)).toEqual(Array(3).fill([clinic.patientId]));
    await expect(database.owner.query('update appointment_steps set step = step')).rejects.toMatchObject({
      code: 'TT002',
    });
  });
});

describe('the unit boundary', () => {
  test('holds for appointments and for what a unit has set up', async () => {
    const made = await booking((transaction) => bookHour(transaction, clinic, planted, NINE));
    const elsewhere = await plantClinic(database.storage, 'Annan');
    await booking(async (transaction) => {
      await expect(appointmentById(transaction, made.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await listResources(transaction, clinic.unitId)).toEqual([]);
      const seen = { id: planted.doctorId, version: 1 };
      await expect(changeResource(transaction, seen, { name: 'X' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }, elsewhere);
    const template = {
      unitId: elsewhere.unitId,
      resourceId: planted.doctorId,
      weekday: 1,
      fromMinute: 480,
      untilMinute: 600,
      slotMinutes: 30,
      validFrom: '2026-01-01',
      validUntil: null,
      roomId: null,
      lentUntilDays: null,
    };
    await expect(booking((transaction) => createTemplate(transaction, template), elsewhere)).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const foreign = { ...template, unitId: clinic.unitId, visitTypeIds: [elsewhere.unitId] };
    await expect(booking((transaction) => createTemplate(transaction, foreign))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });
});
