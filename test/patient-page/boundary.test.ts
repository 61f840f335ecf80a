import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../src/contracts/access.ts';
import { changeTask, listTasks, taskById } from '../../src/storage/repositories/admin-tasks.ts';
import { appointmentById } from '../../src/storage/repositories/appointments.ts';
import { noteById } from '../../src/storage/repositories/notes.ts';
import { changePatient, createPatient, patientById } from '../../src/storage/repositories/patients.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { type Clinic, CONTEXT, madeUpNumber, plantClinic, plantTask } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { bookHour, plantCalendar } from '../storage/planted-calendar.ts';

let cluster: TestCluster;
let database: TestDatabase;
let storage: Storage;
let clinic: Clinic;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
  storage = database.storage;
  clinic = await plantClinic(storage);
});
afterAll(() => cluster.close());

async function another(birthDate: string, guardianId: string | null = null): Promise<Clinic> {
  const { id } = await storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
    createPatient(transaction, {
      unitId: clinic.unitId,
      personalNumber: madeUpNumber(),
      personalNumberKind: 'personnummer',
      givenName: 'Bo',
      familyName: 'Annan',
      birthDate,
      guardianId,
    }),
  );
  return { ...clinic, patientId: id };
}

function as<Result>(
  patientId: string,
  chainId: string | null,
  work: Parameters<typeof storage.withAudit<Result>>[2],
): Promise<Result> {
  const actor: Actor = { kind: 'patient', id: patientId, unitIds: [clinic.unitId], chainId };
  return storage.withAudit(actor, { purpose: 'own-data', requestId: 'test' }, work);
}

test('every table with rows of patients shows a patient the own ones, or none', async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace = 'public'::regnamespace and relrowsecurity
       and (relname = 'patients' or exists (select from pg_attribute
         where attrelid = pg_class.oid and attname in ('patient_id', 'note_id') and not attisdropped))
       and not exists (select from pg_policy
         where polrelid = pg_class.oid and polname in ('own_rows', 'closed_to_patients') and not polpermissive)`,
  );
  expect(rows).toEqual([]);
});

test('a patient reads the own rows and nobody else’s of the same unit, whatever the query says', async () => {
  const other = await another('1960-05-05');
  const own = await plantTask(storage, clinic);
  const theirs = await plantTask(storage, other);
  const calendar = await plantCalendar(storage, clinic);
  const visit = await storage.withAudit(clinic.administrator, CONTEXT, (transaction) =>
    bookHour(transaction, other, calendar, '2027-01-05T08:00:00Z'),
  );
  await as(clinic.patientId, null, async (transaction) => {
    expect((await patientById(transaction, clinic.patientId)).id).toBe(clinic.patientId);
    expect((await taskById(transaction, own.task.id)).id).toBe(own.task.id);
    expect(await listTasks(transaction, { patientId: other.patientId })).toEqual([]);
    await expect(patientById(transaction, other.patientId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(taskById(transaction, theirs.task.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(appointmentById(transaction, visit.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // The record of care is staff's, also where it is about oneself.
    await expect(noteById(transaction, own.note.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(changeTask(transaction, theirs.task.id, 1, { state: 'new' })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });
  const intoAnother = as(clinic.patientId, null, (transaction) =>
    bookHour(transaction, other, calendar, '2027-01-06T08:00:00Z'),
  );
  await expect(intoAnother).rejects.toMatchObject({ code: 'UNIT_NOT_ALLOWED' });
});

test('whoever came by a letter’s code sees its chain alone', async () => {
  const here = await another('1970-01-01');
  const [one, two] = [await plantTask(storage, here), await plantTask(storage, here)];
  await as(here.patientId, one.task.chainId, async (transaction) => {
    expect((await listTasks(transaction, { patientId: here.patientId })).map(({ id }) => id)).toEqual([one.task.id]);
    await expect(taskById(transaction, two.task.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('a guardian sees a child that is not of age, and not by a letter’s code', async () => {
  const parent = await another('1985-03-03');
  const child = await another('2020-02-02', parent.patientId);
  const grown = await another('2001-02-02', parent.patientId);
  const { task } = await plantTask(storage, child);
  await as(parent.patientId, null, async (transaction) => {
    expect((await taskById(transaction, task.id)).id).toBe(task.id);
    await expect(patientById(transaction, grown.patientId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  await as(parent.patientId, task.chainId, async (transaction) => {
    await expect(patientById(transaction, child.patientId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
  await as(child.patientId, null, async (transaction) => {
    await expect(patientById(transaction, parent.patientId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('staff and the parts of the product see what they saw, after a patient used the same connection', async () => {
  const here = await another('1971-01-01');
  const { task } = await plantTask(storage, here);
  await as(here.patientId, task.chainId, (transaction) => taskById(transaction, task.id));
  await storage.withAudit(clinic.administrator, CONTEXT, async (transaction) => {
    const { version, id } = await patientById(transaction, here.patientId);
    await changePatient(transaction, id, version, { phone: '070-174 06 05' });
    expect((await taskById(transaction, task.id)).chainId).toBe(task.chainId);
  });
});
