import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '../../src/contracts/access.ts';
import { changeTask, listTasks, taskById } from '../../src/storage/repositories/admin-tasks.ts';
import { appointmentById } from '../../src/storage/repositories/appointments.ts';
import { putContact } from '../../src/storage/repositories/named-contacts.ts';
import { noteById } from '../../src/storage/repositories/notes.ts';
import { ownChildren } from '../../src/storage/repositories/patient-plans.ts';
import { changePatient, createPatient, patientById } from '../../src/storage/repositories/patients.ts';
import { Storage } from '../../src/storage/storage.ts';
import { type Clinic, CONTEXT, madeUpNumber, plantClinic, plantTask } from '../storage/clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from '../storage/database.ts';
import { bookHour, type PlantedCalendar, plantCalendar } from '../storage/planted-calendar.ts';

let cluster: TestCluster;
let database: TestDatabase;
let storage: Storage;
let clinic: Clinic;
let calendar: PlantedCalendar;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
  storage = database.storage;
  clinic = await plantClinic(storage);
  calendar = await plantCalendar(storage, clinic);
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

test('every table with rows of patients shows one chain alone to who came by a letter’s code, or nothing', async () => {
  const { rows } = await database.owner.query<{ name: string }>(
    `select relname as name from pg_class
     join pg_policy on polrelid = pg_class.oid and polname = 'own_rows'
     where not exists (select from pg_attribute
         where attrelid = pg_class.oid and attname = 'chain_id' and not attisdropped)
       and not exists (select from pg_policy as of_code
         where of_code.polrelid = pg_class.oid and of_code.polname in ('with_its_chain', 'not_by_code')
           and not of_code.polpermissive)
     order by relname`,
  );
  // Who it is, and that the unit of the letter knows them.
  expect(rows.map(({ name }) => name)).toEqual(['patient_units', 'patients']);
});

test('who came by a letter’s code reads nothing of another chain: neither visits, nor their steps, nor the clinician’s day', async () => {
  const here = await another('1972-01-01');
  const { task } = await plantTask(storage, here);
  await storage.withAudit(clinic.administrator, CONTEXT, async (transaction) => {
    const of = { taskId: task.id, chainId: task.chainId };
    await bookHour(transaction, here, calendar, '2027-02-02T08:00:00Z', of);
    await bookHour(transaction, here, calendar, '2027-02-03T08:00:00Z');
  });
  const seen = (chainId: string | null) =>
    as(here.patientId, chainId, async (transaction) => {
      const record = { action: 'list', object: 'test', patientOf: () => null } as const;
      const count = async (table: 'encounters' | 'appointmentSteps' | 'appointments') =>
        (await transaction.read(record, (tables) => tables.selectFrom(table).select('patientId').execute())).length;
      return [await count('appointments'), await count('appointmentSteps'), await count('encounters')];
    });
  expect(await seen(null)).toEqual([2, 2, 2]);
  expect(await seen(task.chainId)).toEqual([1, 1, 0]);
});

test('a patient changes nothing that staff write about a patient', async () => {
  const here = await another('1973-01-01');
  const asOwn = (change: Parameters<typeof as<unknown>>[2]) => as(here.patientId, null, change);
  const refused = { code: 'UNIT_NOT_ALLOWED' };
  const change = asOwn((transaction) => changePatient(transaction, here.patientId, 1, { phone: '070-174 06 05' }));
  await expect(change).rejects.toMatchObject(refused);
  const contact = { ...here, staffId: clinic.doctor.id, phone: null };
  await expect(asOwn((transaction) => putContact(transaction, contact))).rejects.toMatchObject(refused);
  await asOwn((transaction) => transaction.write.deleteFrom('patients').where('id', '=', here.patientId).execute());
  expect(await asOwn((transaction) => patientById(transaction, here.patientId))).toMatchObject({ phone: null });
});

test('a patient reads the own rows and nobody else’s of the same unit, whatever the query says', async () => {
  const other = await another('1960-05-05');
  const own = await plantTask(storage, clinic);
  const theirs = await plantTask(storage, other);
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

test('a guardian sees a child up to the site’s age limit, and not by a letter’s code', async () => {
  const parent = await another('1985-03-03');
  const thisYear = new Date().getFullYear();
  const child = await another(`${thisYear - 12}-12-31`, parent.patientId);
  const grown = await another(`${thisYear - 14}-12-31`, parent.patientId);
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
  const site = await Storage.connect(storage.ownerConnection, { guardiansSeeUnderYears: 16 });
  const actor: Actor = { kind: 'patient', id: parent.patientId, unitIds: [clinic.unitId], chainId: null };
  const children = await site.withAudit(actor, { purpose: 'own-data', requestId: 'test' }, ownChildren);
  await site.close();
  expect(children.map(({ id }) => id)).toEqual([grown.patientId, child.patientId]);
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
