import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalDate } from '../../src/followup/calendar/local-date.ts';
import { slackScale } from '../../src/server/routes/queue-order.ts';
import { setTargetDate } from '../../src/storage/repositories/booking-requests.ts';
import { listAuditOfPatient } from '../../src/storage/repositories/logs.ts';
import { createNote, draftOf, noteById, saveDraft } from '../../src/storage/repositories/notes.ts';
import { createPatient, findPatient, patientById, searchPatients } from '../../src/storage/repositories/patients.ts';
import { listQueue } from '../../src/storage/repositories/task-queue.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { type Clinic, CONTENT, CONTEXT, madeUpNumber, plantClinic, plantDraft, plantTask, WORKER } from './clinic.ts';
import { startTestCluster, type TestCluster, type TestDatabase } from './database.ts';

const scale = slackScale('2026-03-10' as LocalDate);

let cluster: TestCluster;
let database: TestDatabase;
let storage: Storage;
let here: Clinic;
let elsewhere: Clinic;

beforeAll(async () => {
  cluster = await startTestCluster();
  database = await cluster.fresh();
  storage = database.storage;
  here = await plantClinic(storage, 'Här');
  elsewhere = await plantClinic(storage, 'Där');
});
afterAll(() => cluster.close());

/** Lines of the log since a mark, by its newest. */
async function logSince(mark: number) {
  return storage.plain
    .selectFrom('auditEvents')
    .select(['actorKind', 'actorId', 'action', 'objectKind', 'objectId', 'patientIds', 'purpose', 'requestId'])
    .where('id', '>', mark)
    .orderBy('id')
    .execute();
}

async function mark(): Promise<number> {
  const { rows } = await database.owner.query<{ id: string }>('select coalesce(max(id), 0) as id from audit_events');
  return Number(rows[0]!.id);
}

test('each read of a patient leaves a line with actor, purpose and request, in the same transaction', async () => {
  const before = await mark();
  await storage.withAudit(here.doctor, { purpose: 'booking', requestId: 'req-1' }, (transaction) =>
    patientById(transaction, here.patientId),
  );
  expect(await logSince(before)).toEqual([
    {
      actorKind: 'staff',
      actorId: here.doctor.id,
      action: 'read',
      objectKind: 'patients',
      objectId: here.patientId,
      patientIds: [here.patientId],
      purpose: 'booking',
      requestId: 'req-1',
    },
  ]);
});

test('each write leaves one too, written by the database', async () => {
  const { note } = await plantDraft(storage, here);
  const before = await mark();
  await storage.withAudit(here.doctor, CONTEXT, (transaction) =>
    transaction.write.updateTable('notes').set({ deputyId: here.administrator.id }).where('id', '=', note.id).execute(),
  );
  expect(await logSince(before)).toMatchObject([
    { action: 'update', objectKind: 'notes', objectId: note.id, patientIds: [here.patientId], actorId: here.doctor.id },
  ]);
});

test('a transaction that fails leaves neither its changes nor lines', async () => {
  const before = await mark();
  const failing = storage.withAudit(here.doctor, CONTEXT, async (transaction) => {
    await patientById(transaction, here.patientId);
    throw new Error('on purpose');
  });
  await expect(failing).rejects.toThrow('on purpose');
  expect(await logSince(before)).toEqual([]);
});

test('a list names every patient that was on it in one line', async () => {
  await plantTask(storage, here);
  const before = await mark();
  const rows = await storage.withAudit(here.administrator, CONTEXT, (transaction) =>
    listQueue(transaction, {}, { limit: 50, scale }),
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(await logSince(before)).toMatchObject([{ action: 'list', objectKind: 'queue', patientIds: [here.patientId] }]);
});

test('a patient, note and task of another unit are not there: neither by id, nor searched, nor listed', async () => {
  const { note, request } = await plantTask(storage, elsewhere);
  await storage.withAudit(here.doctor, CONTEXT, async (transaction) => {
    await expect(patientById(transaction, elsewhere.patientId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(noteById(transaction, note.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const found = await searchPatients(transaction, 'prov', 50);
    expect(found.map(({ id }) => id)).toEqual([here.patientId]);
    const rows = await listQueue(transaction, { unitIds: [here.unitId, elsewhere.unitId] }, { limit: 500, scale });
    expect(new Set(rows.map(({ unitId }) => unitId))).toEqual(new Set([here.unitId]));
    const target = { targetDate: null, earliestDate: null, questionId: request.id };
    await expect(setTargetDate(transaction, request.id, target)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

test('nothing can be written into another unit', async () => {
  const number = { personalNumber: madeUpNumber(), personalNumberKind: 'personnummer' } as const;
  const patient = { ...number, unitId: elsewhere.unitId, givenName: 'A', familyName: 'B' };
  await expect(
    storage.withAudit(here.doctor, CONTEXT, (transaction) => createPatient(transaction, patient)),
  ).rejects.toMatchObject({ code: 'UNIT_NOT_ALLOWED' });
});

test('a patient is seen at a unit from the first note or encounter there', async () => {
  await storage.withAudit(elsewhere.doctor, CONTEXT, (transaction) =>
    createNote(
      transaction,
      { unitId: elsewhere.unitId, patientId: here.patientId, authorId: elsewhere.doctor.id, writtenOn: '2026-03-10' },
      CONTENT,
    ),
  );
  const seen = await storage.withAudit(elsewhere.doctor, CONTEXT, (transaction) =>
    patientById(transaction, here.patientId),
  );
  expect(seen.unitId).toBe(here.unitId);
});

test('the application without an actor sees no patient at all, whatever it asks', async () => {
  for (const table of [
    'patients',
    'notes',
    'note_drafts',
    'follow_ups',
    'booking_requests',
    'admin_tasks',
    'questions',
  ]) {
    expect((await database.application.query(`select * from ${table}`)).rows, table).toEqual([]);
  }
});

test('a system actor sees every unit', async () => {
  const seen = await storage.withAudit(WORKER, CONTEXT, (transaction) =>
    Promise.all([here, elsewhere].map(({ patientId }) => patientById(transaction, patientId))),
  );
  expect(seen).toHaveLength(2);
});

test('the log of a patient has names and pages, and looking at it is logged', async () => {
  const read = (before?: number) =>
    storage.withAudit(here.doctor, CONTEXT, (transaction) =>
      listAuditOfPatient(transaction, here.patientId, { before, limit: 3 }),
    );
  const first = await read();
  expect(first).toHaveLength(3);
  const second = await read(first.at(-1)!.id);
  expect(second[0]!.id).toBeLessThan(first.at(-1)!.id);
  const third = await read();
  expect(third[0]).toMatchObject({ action: 'read', objectKind: 'audit_events', actorName: 'Test Lind' });
});

test('names are found by their beginnings in any order and by number, and sorted as in Swedish', async () => {
  const number = madeUpNumber();
  await storage.withAudit(here.doctor, CONTEXT, async (transaction) => {
    for (const [familyName, personalNumber] of [
      ['Öst', number],
      ['Ås', madeUpNumber()],
      ['Zetterlund', madeUpNumber()],
      ['Ängmark', madeUpNumber()],
    ] as const) {
      const kind = { personalNumber, personalNumberKind: 'personnummer' } as const;
      await createPatient(transaction, { ...kind, unitId: here.unitId, givenName: 'Örjan', familyName });
    }
    const names = async (text: string) => (await searchPatients(transaction, text, 50)).map((row) => row.familyName);
    expect(await names('örjan')).toEqual(['Zetterlund', 'Ås', 'Ängmark', 'Öst']);
    expect(await names('Örj zet')).toEqual(['Zetterlund']);
    expect(await names('zet ÖR')).toEqual(['Zetterlund']);
    expect(await names(number.slice(2, 9))).toContain('Öst');
    expect(await names('%')).toEqual([]);
    expect(await names('  ')).toEqual([]);
    expect((await findPatient(transaction, number))?.familyName).toBe('Öst');
  });
});

test('of two who write the same draft, the second is told', async () => {
  const { note } = await plantDraft(storage, here);
  const save = (text: string) =>
    storage.withAudit(here.doctor, CONTEXT, async (transaction) => {
      const sections = [{ id: 'a', heading: 'Status', text }];
      return saveDraft(transaction, note.id, 1, { sections, spans: [] });
    });
  const results = await Promise.allSettled([save('ett'), save('två')]);
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'CONFLICT' } });
  const draft = await storage.withAudit(here.doctor, CONTEXT, (transaction) => draftOf(transaction, note.id));
  expect(draft.version).toBe(2);
});

test('an error of the database names the constraint and never the value', async () => {
  const number = madeUpNumber();
  const patient = { unitId: here.unitId, personalNumberKind: 'personnummer', givenName: 'A', familyName: 'B' } as const;
  const create = () =>
    storage.withAudit(here.doctor, CONTEXT, (transaction) =>
      createPatient(transaction, { ...patient, personalNumber: number }),
    );
  await create();
  const error = await create().catch((thrown: Error) => thrown);
  expect(error).toMatchObject({ code: 'CONFLICT' });
  expect((error as Error).message).not.toContain(number);
});

test('a statement that takes too long, and a lock that is not free, are refused as retryable', async () => {
  const limited = await cluster.fresh();
  const { Storage } = await import('../../src/storage/storage.ts');
  const hurried = await Storage.connect(limited.storage.ownerConnection, {
    limits: {
      maxConnections: 2,
      connectTimeoutMs: 300,
      statementTimeoutMs: 100,
      lockTimeoutMs: 50,
      idleInTransactionTimeoutMs: 100,
    },
  });
  await expect(sql`select pg_sleep(5)`.execute(hurried.plain)).rejects.toMatchObject({
    code: 'DATABASE_BUSY',
    retryable: true,
  });
  await limited.owner.query('begin; lock table units');
  await expect(hurried.plain.selectFrom('units').selectAll().execute()).rejects.toMatchObject({
    code: 'DATABASE_BUSY',
  });
  await limited.owner.query('rollback');
  const both = [1, 2].map(() => sql`select pg_sleep(0.09)`.execute(hurried.plain).catch(() => undefined));
  await Promise.all(both);
  await hurried.close();
});
